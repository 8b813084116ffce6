#include "document/hcl_scanner.h"

#include <algorithm>

#include "text/utf8.h"

namespace iamcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool begins_hcl_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool HclScanner::take(std::string_view word) {
  if (!sees(word)) return false;
  at_ += word.size();
  return true;
}

void HclScanner::skip_blank(bool newlines) {
  while (!at_end()) {
    const char c = peek();
    if (c == ' ' || c == '\t' || (newlines && (c == '\n' || c == '\r'))) {
      ++at_;
    } else if (c == '#' || sees("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
      // The line end of a comment may be `\r\n`.
      if (at_ > 0 && text_[at_ - 1] == '\r' && !at_end()) --at_;
    } else if (sees("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos)
        fail(span(at_, at_ + 2), "the text ends inside of a comment", "close it with `*/`");
      at_ = end + 2;
    } else {
      return;
    }
  }
}

std::string_view HclScanner::see_identifier() const {
  if (at_end() || !begins_hcl_identifier(peek())) return {};
  std::size_t end = at_ + 1;
  while (end < text_.size() &&
         (begins_hcl_identifier(text_[end]) || is_digit(text_[end]) || text_[end] == '-'))
    ++end;
  return between(at_, end);
}

std::string_view HclScanner::take_identifier() {
  const std::string_view name = see_identifier();
  at_ += name.size();
  return name;
}

void HclScanner::count() {
  if (++nodes_ > limits_.max_nodes)
    fail_limit(span(at_, at_),
               "the file has more than " + std::to_string(limits_.max_nodes) + " values");
}

void HclScanner::fail(const Span& span, std::string message, std::string help) const {
  throw HclStop{{ErrorCode::kHclSyntax, std::move(message), std::move(help), span}};
}

void HclScanner::fail_limit(const Span& span, std::string message) const {
  throw HclStop{{ErrorCode::kLimitExceeded, std::move(message), "split the file", span}};
}

void HclScanner::fail_here(std::string_view wanted, std::string help) const {
  if (at_end())
    fail(span(text_.size(), text_.size()), "the text ends where " + std::string(wanted),
         std::move(help));
  if (peek() == '\n' || peek() == '\r')
    fail(span(at_, at_ + 1), "the line ends where " + std::string(wanted), std::move(help));
  const std::size_t length = first_character(text_.substr(at_)).length;
  fail(
      span(at_, at_ + length),
      "unexpected `" + escape_hidden(between(at_, at_ + length)) + "` where " + std::string(wanted),
      std::move(help));
}

}  // namespace iamcheck
