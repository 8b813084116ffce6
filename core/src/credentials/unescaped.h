#pragma once

// A text as a reader of JSON strings sees it: `\u0041` is the letter A.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

class UnescapedText {
 public:
  /// Takes out the escapes that stand for printable ASCII, but for quotes and backslashes, which
  /// would change where strings end. Nothing when there is no such `\u` escape.
  static std::optional<UnescapedText> of(std::string_view raw);

  const std::string& text() const { return text_; }
  /// The place in the raw text of a place in `text`. A character ends behind its escape: ask for
  /// the end of a range with `raw_end`.
  std::uint32_t raw_begin(std::size_t at) const;
  std::uint32_t raw_end(std::size_t at) const {
    return at == 0 ? 0 : raw_begin(at - 1) + size_of(at - 1);
  }

 private:
  struct Mark {
    std::uint32_t at = 0;    // of an unescaped character in `text_`
    std::uint32_t raw = 0;   // where its escape begins
    std::uint32_t size = 0;  // of its escape
  };
  const Mark* mark_before(std::size_t at) const;
  std::uint32_t size_of(std::size_t at) const;

  std::string text_;
  std::vector<Mark> marks_;
};

/// `raw` without the escapes that `UnescapedText` takes out.
std::string unescaped(std::string_view raw);

}  // namespace iamcheck
