#pragma once

// Steps over the bytes of an HCL file, and says what is wrong with them.

#include <string>
#include <string_view>

#include "iamcheck/limits.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// Ends the reading from inside; never leaves the reader.
struct HclStop {
  Error error;
};

class HclScanner {
 public:
  HclScanner(const Source& source, const Span& part, const Limits& limits, std::size_t nodes)
      : text_(source.text().substr(0, part.end)),
        at_(part.begin),
        source_(source.id()),
        limits_(limits),
        nodes_(nodes) {}

  bool at_end() const { return at_ >= text_.size(); }
  std::size_t at() const { return at_; }
  void advance(std::size_t count = 1) { at_ += count; }
  void go_to(std::size_t at) { at_ = at; }
  /// NUL behind the end.
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool sees(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  /// Steps over `word` when it stands here.
  bool take(std::string_view word);
  std::string_view between(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }

  /// Spaces and comments; line ends too when `newlines`.
  void skip_blank(bool newlines);
  bool at_line_end() const { return at_end() || peek() == '\n' || sees("\r\n"); }
  /// An identifier, which may hold `-`; empty when none begins here.
  std::string_view take_identifier();
  /// The identifier that would be taken.
  std::string_view see_identifier() const;

  Span span_from(std::size_t begin) const { return span(begin, at_); }
  Span span(std::size_t begin, std::size_t end) const {
    return {source_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  /// One more value of the tree.
  void count();
  std::size_t nodes() const { return nodes_; }
  [[noreturn]] void fail(const Span& span, std::string message, std::string help) const;
  /// The byte here is none that may stand here; `wanted` says what may.
  [[noreturn]] void fail_here(std::string_view wanted, std::string help) const;
  [[noreturn]] void fail_limit(const Span& span, std::string message) const;

  const Limits& limits() const { return limits_; }

 private:
  std::string_view text_;
  std::size_t at_;
  std::uint32_t source_;
  const Limits& limits_;
  std::size_t nodes_;
};

/// Whether a byte may begin an identifier. Letters beyond ASCII are taken as they come: whether
/// Unicode calls them letters is for Terraform to say.
bool begins_hcl_identifier(char c);

}  // namespace iamcheck
