#pragma once

// Finds the spans of JSON tokens by walking the same bytes that the parser has accepted.
//
// nlohmann's SAX reader validates and unescapes but reports no positions. Its events arrive in
// document order, so a cursor that steps from token to token over the text knows where each one
// stands. It never has to judge: whatever it walks over has just been found well-formed.

#include <cstdint>
#include <string_view>

#include "iamcheck/source.h"

namespace iamcheck {

class JsonCursor {
 public:
  JsonCursor(std::string_view text, std::uint32_t source, std::uint32_t base)
      : text_(text), source_(source), base_(base) {}

  /// The next string, quotes included.
  Span take_string();
  /// The next number, `true`, `false` or `null`.
  Span take_word();
  /// The next bracket or brace.
  Span take_bracket();
  /// Where the token stands that the parser refused. `separator` is the one that could legally come
  /// first (`:` behind a name, `,` behind a value) or 0.
  std::size_t refused_token(char separator) const;
  std::string_view text_of(const Span& span) const {
    return text_.substr(span.begin - base_, span.size());
  }

 private:
  void skip_separators();
  Span span_from(std::size_t begin) const {
    return {source_, base_ + static_cast<std::uint32_t>(begin),
            base_ + static_cast<std::uint32_t>(at_)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t source_;
  std::uint32_t base_;
};

}  // namespace iamcheck
