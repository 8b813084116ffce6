#pragma once

// Where YAML values end. yaml-cpp says where they begin; the rest is read off the text, which it
// has already found well-formed.

#include <cstddef>
#include <string_view>

namespace iamcheck {

class YamlExtent {
 public:
  explicit YamlExtent(std::string_view text) : text_(text) {}

  /// Behind tags (`!Sub`) and anchors (`&name`), which stand before the value itself.
  std::size_t skip_properties(std::size_t at) const;
  /// Exact for quoted and plain scalars, also over several lines. A block scalar (`|`, `>`) ends
  /// with its last line that is indented like its first, which is exact unless it has an explicit
  /// indentation indicator. `npos` for a quoted scalar without its closing quote, which yaml-cpp
  /// lets end with the text.
  std::size_t end_of_scalar(std::size_t begin, std::string_view value) const;
  /// Behind `null` or `~`; `begin` when neither stands there.
  std::size_t end_of_null(std::size_t begin) const;
  /// Behind an alias or another word without spaces.
  std::size_t end_of_word(std::size_t begin) const;
  /// Behind the closing bracket of a flow collection whose last value ended at `from`.
  std::size_t behind(std::size_t from, char bracket) const;

 private:
  std::size_t end_of_line(std::size_t at) const;
  std::size_t skip_blank(std::size_t at) const;
  std::size_t end_of_quoted(std::size_t begin) const;
  std::size_t end_of_plain(std::size_t begin, std::string_view value) const;
  std::size_t end_of_block(std::size_t begin) const;

  std::string_view text_;
};

}  // namespace iamcheck
