#pragma once

// Recursive descent over HCL: files and blocks in hcl_body.cc, expressions in hcl_parser.cc,
// strings and heredocs in hcl_template.cc. One level of `Limits::max_depth` is one function that
// calls itself.

#include <string_view>

#include "document/hcl.h"
#include "document/hcl_scanner.h"

namespace iamcheck {

class HclParser {
 public:
  /// `nodes`: values that were counted already.
  HclParser(const Source& source, const Limits& limits, std::size_t nodes = 0)
      : scan_(source, source.span(), limits, nodes) {}
  HclParser(const Source& source, const Span& part, const Limits& limits)
      : scan_(source, part, limits, 0) {}

  /// The quoted string at `span`, quotes included; throws `HclStop`. Counts on in `nodes`.
  static HclExpression read_string(const Source& source, const Span& span, const Limits& limits,
                                   std::size_t& nodes);

  /// The whole file, item by item into `body`, so that what stands before an error is kept.
  void read_file(HclBody& body);

 private:
  using Kind = HclExpression::Kind;

  // Counts the nesting of what is being read.
  class Level {
   public:
    explicit Level(HclParser& parser);
    ~Level() { --parser_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    HclParser& parser_;
  };

  // Inside of brackets a line end is a space.
  class Newlines {
   public:
    Newlines(HclParser& parser, bool are_space) : parser_(parser), before_(parser.newlines_) {
      parser_.newlines_ = are_space;
    }
    ~Newlines() { parser_.newlines_ = before_; }
    Newlines(const Newlines&) = delete;
    Newlines& operator=(const Newlines&) = delete;

   private:
    HclParser& parser_;
    bool before_;
  };

  // What ends a template: a quote, the line of a heredoc's marker, or a directive.
  struct Ending {
    std::string_view marker;  // of a heredoc; empty: a quote
    std::size_t begin = 0;    // of the string, for errors
  };
  enum class Directive : std::uint8_t { kNone, kElse, kEndIf, kEndFor };

  void read_item(HclBody& body);
  void read_attribute(HclBody& body, std::string_view name, std::size_t begin);
  void read_block(HclBody& body, std::string_view type, std::size_t begin);
  std::string read_label();
  void end_item();

  HclExpression expression();
  HclExpression binary(int least);
  HclExpression unary();
  HclExpression postfix();
  bool at_step();
  HclExpression step();
  HclExpression primary();
  HclExpression number();
  HclExpression name_or_call();
  HclExpression call(std::string_view name, std::size_t begin);
  HclExpression list();
  HclExpression object();
  HclExpression object_key();
  HclExpression for_expression(std::size_t begin, bool object);
  void for_head(HclExpression& loop);

  HclExpression quoted();
  HclExpression heredoc();
  // Appends the parts of a template up to its end, or to a directive that closes one.
  Directive template_parts(HclExpression& out, const Ending& ending);
  void literal(HclExpression& out, const Ending& ending);
  void escape(HclExpression& out);
  void interpolation(HclExpression& out);
  Directive directive(HclExpression& out, const Ending& ending);
  void if_directive(HclExpression& out, const Ending& ending, std::size_t begin);
  void for_directive(HclExpression& out, const Ending& ending, std::size_t begin);
  void close_directive();
  void add_text(HclExpression& out, std::size_t begin, std::string text);
  bool at_marker(std::string_view marker) const;

  void skip() { scan_.skip_blank(newlines_); }
  // Behind an operator or a comma nothing else can follow, so that a line end is forgiven.
  void skip_lines() { scan_.skip_blank(true); }
  HclExpression start(Kind kind, std::size_t begin);
  void finish(HclExpression& expression) {
    expression.span.end = static_cast<std::uint32_t>(scan_.at());
  }
  bool sees_word(std::string_view word) const { return scan_.see_identifier() == word; }
  void expect(std::string_view word, std::string_view wanted, std::string_view help);

  HclScanner scan_;
  std::size_t depth_ = 0;
  bool newlines_ = false;   // line ends are spaces
  bool trim_next_ = false;  // `~}`: the space behind is to go
};

}  // namespace iamcheck
