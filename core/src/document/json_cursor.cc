#include "document/json_cursor.h"

namespace iamcheck {

void JsonCursor::skip_separators() {
  constexpr std::string_view kSeparators = " \t\r\n,:";
  while (at_ < text_.size() && kSeparators.find(text_[at_]) != std::string_view::npos) ++at_;
}

Span JsonCursor::take_string() {
  skip_separators();
  std::size_t begin = at_;
  ++at_;  // the opening quote
  while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
  at_ = at_ < text_.size() ? at_ + 1 : text_.size();
  return span_from(begin);
}

Span JsonCursor::take_word() {
  skip_separators();
  std::size_t begin = at_;
  if (begin >= text_.size()) return span_from(begin);
  using std::string_view_literals::operator""sv;
  constexpr std::string_view kEnd = " \t\r\n,:]}\0"sv;  // the parser takes NUL for the end
  while (at_ < text_.size() && kEnd.find(text_[at_]) == std::string_view::npos) ++at_;
  // Of `01` the parser accepts the `0` and refuses what follows.
  std::size_t zero = begin + (text_[begin] == '-' ? 1 : 0);
  if (zero + 1 < at_ && text_[zero] == '0' && text_[zero + 1] >= '0' && text_[zero + 1] <= '9')
    at_ = zero + 1;
  return span_from(begin);
}

Span JsonCursor::take_bracket() {
  skip_separators();
  std::size_t begin = at_;
  if (at_ < text_.size()) ++at_;
  return span_from(begin);
}

std::size_t JsonCursor::refused_token(char separator) const {
  auto skip_space = [&](std::size_t at) {
    while (at < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at]) != std::string_view::npos)
      ++at;
    return at;
  };
  std::size_t at = skip_space(at_);
  if (separator != 0 && at < text_.size() && text_[at] == separator) at = skip_space(at + 1);
  return at;
}

}  // namespace iamcheck
