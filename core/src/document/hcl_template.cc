// Strings, heredocs, and the templates in them. Source: HCL Native Syntax Specification,
// "Template Expressions".
#include <algorithm>
#include <charconv>
#include <utility>

#include "document/hcl_parser.h"

namespace iamcheck {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

void append_utf8(std::string& out, std::uint32_t c) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      byte(0xE0 | (c >> 12));
    } else {
      byte(0xF0 | (c >> 18));
      byte(0x80 | ((c >> 12) & 0x3F));
    }
    byte(0x80 | ((c >> 6) & 0x3F));
  }
  byte(0x80 | (c & 0x3F));
}

// `~` takes the space before it away, over as many runs of text as there is.
void trim_end(HclExpression& out) {
  while (!out.parts.empty() && out.parts.back().kind == HclExpression::Kind::kText) {
    HclExpression& last = out.parts.back();
    const bool plain = last.text.size() == last.span.size();
    const std::size_t kept = last.text.find_last_not_of(kSpace) + 1;  // npos + 1 is 0
    if (kept == last.text.size()) return;
    if (plain) last.span.end -= static_cast<std::uint32_t>(last.text.size() - kept);
    last.text.resize(kept);
    if (kept > 0) return;
    out.parts.pop_back();
  }
}

std::size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

// A line of nothing; space before an interpolation is indentation.
bool is_blank(std::string_view line) {
  return line.ends_with('\n') && line.find_first_not_of(kSpace) == line.npos;
}

bool begins_line(const HclExpression& part, std::string_view before) {
  return part.kind == HclExpression::Kind::kText && part.text.size() == part.span.size() &&
         before.ends_with('\n');
}

}  // namespace

void HclParser::add_text(HclExpression& out, std::size_t begin, std::string text) {
  if (trim_next_) {
    // Behind `~}`: up to the first character that is no space.
    const std::size_t space = std::min(text.find_first_not_of(kSpace), text.size());
    if (text.size() == scan_.at() - begin) begin += space;
    text.erase(0, space);
    if (text.empty()) return;
    trim_next_ = false;
  }
  HclExpression run = start(Kind::kText, begin);
  run.text = std::move(text);
  out.parts.push_back(std::move(run));
}

HclExpression HclParser::read_string(const Source& source, const Span& span, const Limits& limits,
                                     std::size_t& nodes) {
  HclParser parser(source, limits, nodes);
  parser.scan_.go_to(span.begin);
  HclExpression value = parser.quoted();
  nodes = parser.scan_.nodes();
  if (value.span != span) parser.scan_.fail(span, "this is no string of HCL", "");
  return value;
}

HclExpression HclParser::quoted() {
  const Level level(*this);
  const std::size_t begin = scan_.at();
  HclExpression value = start(Kind::kTemplate, begin);
  scan_.advance();
  trim_next_ = false;
  if (template_parts(value, {{}, begin}) != Directive::kNone)
    scan_.fail(scan_.span_from(begin), "a directive ends that was not begun", "remove it");
  scan_.advance();
  finish(value);
  return value;
}

HclExpression HclParser::heredoc() {
  const Level level(*this);
  const std::size_t begin = scan_.at();
  HclExpression value = start(Kind::kTemplate, begin);
  scan_.advance(2);
  const bool flush = scan_.take("-");
  const std::string_view marker = scan_.take_identifier();
  if (marker.empty())
    scan_.fail_here("the marker of a heredoc was expected", "write `<<EOF` or `<<-EOF`");
  finish(value);
  if (!scan_.take("\n") && !scan_.take("\r\n"))
    scan_.fail_here("the line of a heredoc's marker has to end", "begin its text in a new line");
  trim_next_ = false;
  if (template_parts(value, {marker, begin}) != Directive::kNone)
    scan_.fail(value.span, "a directive ends that was not begun", "remove it");
  while (!scan_.sees(marker)) scan_.advance();
  scan_.advance(marker.size());
  finish(value);
  if (!flush) return value;
  // The least indentation of all lines goes away, from each of them.
  std::size_t least = std::string_view::npos;
  const auto before = [&](const HclExpression& part) {
    return scan_.between(begin, part.span.begin);
  };
  for (const HclExpression& part : value.parts) {
    if (begins_line(part, before(part)) && !is_blank(part.text))
      least = std::min(least, indent_of(part.text));
    else if (part.kind != Kind::kText && before(part).ends_with('\n'))
      least = 0;
  }
  if (least == 0 || least == std::string_view::npos) return value;
  for (HclExpression& part : value.parts) {
    if (!begins_line(part, before(part))) continue;
    const std::size_t gone = std::min(least, indent_of(part.text));
    part.text.erase(0, gone);
    part.span.begin += static_cast<std::uint32_t>(gone);
  }
  return value;
}

bool HclParser::at_marker(std::string_view marker) const {
  std::size_t ahead = 0;
  while (scan_.peek(ahead) == ' ' || scan_.peek(ahead) == '\t') ++ahead;
  const std::size_t begin = scan_.at() + ahead;
  if (scan_.between(begin, begin + marker.size()) != marker) return false;
  ahead += marker.size();
  while (scan_.peek(ahead) == ' ' || scan_.peek(ahead) == '\t') ++ahead;
  const char next = scan_.peek(ahead);
  return next == '\n' || next == '\r' || next == '\0';
}

HclParser::Directive HclParser::template_parts(HclExpression& out, const Ending& ending) {
  while (true) {
    if (scan_.at_end())
      scan_.fail(
          scan_.span(ending.begin, ending.begin + 1),
          ending.marker.empty() ? "the text ends inside of a string"
                                : "the text ends inside of a heredoc",
          ending.marker.empty() ? "close this quote" : "write its marker in a line of its own");
    if (ending.marker.empty() && scan_.peek() == '"') return Directive::kNone;
    if (!ending.marker.empty() && scan_.between(scan_.at() - 1, scan_.at()) == "\n" &&
        at_marker(ending.marker))
      return Directive::kNone;
    if (scan_.sees("$${") || scan_.sees("%%{")) {
      const std::size_t begin = scan_.at();
      scan_.advance(3);
      add_text(out, begin, scan_.between(begin, begin + 1) == "$" ? "${" : "%{");
    } else if (scan_.sees("${")) {
      interpolation(out);
    } else if (scan_.sees("%{")) {
      const Directive closed = directive(out, ending);
      if (closed != Directive::kNone) return closed;
    } else if (ending.marker.empty() && scan_.peek() == '\\') {
      escape(out);
    } else {
      literal(out, ending);
    }
  }
}

// A run of characters that stand for themselves; in a heredoc one line at the most.
void HclParser::literal(HclExpression& out, const Ending& ending) {
  const std::size_t begin = scan_.at();
  const bool in_quotes = ending.marker.empty();
  while (!scan_.at_end()) {
    const char c = scan_.peek();
    if (in_quotes && (c == '"' || c == '\\')) break;
    if ((c == '$' || c == '%') &&
        (scan_.peek(1) == '{' || (scan_.peek(1) == c && scan_.peek(2) == '{')))
      break;
    if (in_quotes && c == '\n')
      scan_.fail(scan_.span(ending.begin, ending.begin + 1), "the line ends inside of a string",
                 "close this quote, or write a heredoc");
    scan_.advance();
    if (c == '\n') break;
  }
  add_text(out, begin, std::string(scan_.between(begin, scan_.at())));
}

void HclParser::escape(HclExpression& out) {
  const std::size_t begin = scan_.at();
  const char c = scan_.peek(1);
  constexpr std::string_view kNames = "nrt\"\\";
  constexpr std::string_view kMeant = "\n\r\t\"\\";
  if (const std::size_t which = kNames.find(c); which != kNames.npos && c != '\0') {
    scan_.advance(2);
    return add_text(out, begin, std::string(1, kMeant[which]));
  }
  const std::size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
  const std::string_view hex = scan_.between(begin + 2, begin + 2 + digits);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
  const bool read = digits != 0 && hex.size() == digits && error == std::errc() &&
                    end == hex.data() + hex.size() && code <= 0x10FFFF &&
                    !(code >= 0xD800 && code < 0xE000);
  if (!read)
    scan_.fail(
        scan_.span(begin, begin + 1), "no escape of HCL begins here",
        "write `\\\\` for a backslash; escapes are \\n \\r \\t \\\" \\\\ \\uNNNN \\UNNNNNNNN");
  scan_.advance(2 + digits);
  std::string text;
  append_utf8(text, code);
  add_text(out, begin, std::move(text));
}

void HclParser::interpolation(HclExpression& out) {
  const Newlines inside(*this, true);
  const std::size_t begin = scan_.at();
  HclExpression part = start(Kind::kInterpolation, begin);
  scan_.advance(2);
  if (scan_.take("~")) trim_end(out);
  skip();
  part.parts.push_back(expression());
  close_directive();
  finish(part);
  out.parts.push_back(std::move(part));
}

// `}` or `~}` behind what stands in `${` or `%{`.
void HclParser::close_directive() {
  skip();
  trim_next_ = scan_.take("~");
  expect("}", "`}` was expected", "close the template's `{`");
}

HclParser::Directive HclParser::directive(HclExpression& out, const Ending& ending) {
  const Newlines inside(*this, true);
  const std::size_t begin = scan_.at();
  scan_.advance(2);
  if (scan_.take("~")) trim_end(out);
  skip();
  const std::string_view word = scan_.see_identifier();
  if (word == "if") {
    if_directive(out, ending, begin);
    return Directive::kNone;
  }
  if (word == "for") {
    for_directive(out, ending, begin);
    return Directive::kNone;
  }
  const Directive closed = word == "else"     ? Directive::kElse
                           : word == "endif"  ? Directive::kEndIf
                           : word == "endfor" ? Directive::kEndFor
                                              : Directive::kNone;
  if (closed == Directive::kNone)
    scan_.fail_here("a directive was expected",
                    "directives are if, else, endif, for, endfor; write `%%{` for the text `%{`");
  scan_.take_identifier();
  close_directive();
  return closed;
}

void HclParser::if_directive(HclExpression& out, const Ending& ending, std::size_t begin) {
  const Level level(*this);
  HclExpression choice = start(Kind::kIfText, begin);
  scan_.take_identifier();
  skip();
  choice.parts.push_back(expression());
  close_directive();
  choice.parts.push_back(start(Kind::kTemplate, scan_.at()));
  Directive closed = template_parts(choice.parts.back(), ending);
  finish(choice.parts.back());
  choice.parts.push_back(start(Kind::kTemplate, scan_.at()));
  if (closed == Directive::kElse) closed = template_parts(choice.parts.back(), ending);
  finish(choice.parts.back());
  finish(choice);
  if (closed != Directive::kEndIf)
    scan_.fail(scan_.span(begin, begin + 2), "this `if` has no `endif`", "write `%{ endif }`");
  out.parts.push_back(std::move(choice));
}

void HclParser::for_directive(HclExpression& out, const Ending& ending, std::size_t begin) {
  const Level level(*this);
  HclExpression loop = start(Kind::kForText, begin);
  for_head(loop);
  close_directive();
  loop.parts.push_back(start(Kind::kNull, scan_.at()));
  loop.parts.push_back(start(Kind::kTemplate, scan_.at()));
  const Directive closed = template_parts(loop.parts.back(), ending);
  finish(loop.parts.back());
  finish(loop);
  if (closed != Directive::kEndFor)
    scan_.fail(scan_.span(begin, begin + 2), "this `for` has no `endfor`", "write `%{ endfor }`");
  out.parts.push_back(std::move(loop));
}

}  // namespace iamcheck
