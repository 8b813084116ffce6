#pragma once

// The slow, obvious twin of the pattern matcher, written from the sentences of S3 and S6.1 alone.
// It shares no code with core. Its time is exponential in the number of stars: keep inputs short.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace naive {

using Characters = std::vector<std::uint32_t>;

// One number per character; a byte that belongs to no valid UTF-8 sequence becomes 0x110000 + byte.
inline Characters characters(std::string_view text) {
  Characters result;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u;
    };
    const std::size_t size = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    std::uint32_t value = size == 1   ? byte(0)
                          : size == 2 ? byte(0) & 0x1Fu
                          : size == 3 ? byte(0) & 0x0Fu
                                      : byte(0) & 0x07u;
    bool valid = size == 1 || (byte(0) >= 0xC0 && byte(0) < 0xF8);
    for (std::size_t k = 1; k < size; ++k) {
      valid = valid && byte(k) >= 0x80 && byte(k) < 0xC0;
      value = value << 6 | (byte(k) & 0x3Fu);
    }
    const std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    valid = valid && value >= least[size] && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
    result.push_back(valid ? value : 0x110000 + byte(0));
    i += valid ? size : 1;
  }
  return result;
}

struct Element {
  enum Kind { kCharacter, kOne, kRun } kind;
  std::uint32_t character = 0;
  bool ignore_case = false;
  bool inside_field = false;  // never a colon
  bool of_arn = false;        // the text's case counts behind its fifth colon (S6.2)
};
using Elements = std::vector<Element>;

inline std::uint32_t lower(std::uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

inline bool in_resource_part(const Characters& text, std::size_t j) {
  std::size_t colons = 0;
  for (std::size_t i = 0; i < j; ++i) colons += text[i] == ':' ? 1 : 0;
  return colons >= 5;
}

inline bool matches(const Elements& pattern, std::size_t i, const Characters& text, std::size_t j) {
  if (i == pattern.size()) return j == text.size();
  const Element& e = pattern[i];
  if (e.kind == Element::kRun && matches(pattern, i + 1, text, j)) return true;
  if (j == text.size()) return false;
  if (e.kind == Element::kCharacter) {
    const bool folds = e.ignore_case && !(e.of_arn && in_resource_part(text, j));
    const bool same = folds ? lower(e.character) == lower(text[j]) : e.character == text[j];
    return same && matches(pattern, i + 1, text, j + 1);
  }
  if (e.inside_field && text[j] == ':') return false;
  return matches(pattern, e.kind == Element::kRun ? i : i + 1, text, j + 1);
}

inline Elements like(std::string_view text, bool ignore_case) {
  Elements elements;
  for (const std::uint32_t c : characters(text)) {
    const auto kind = c == '*' ? Element::kRun : c == '?' ? Element::kOne : Element::kCharacter;
    elements.push_back({kind, c, ignore_case, false, false});
  }
  return elements;
}

// S6.1: "In the first five parts `*` and `?` match within their part, except that a `*` that is the
// last character of a part may run on past the colon. In the rest both cross freely."
inline Elements resource_arn(std::string_view text, bool component_wise) {
  Elements elements = like(text, false);
  std::size_t part = 0;
  for (std::size_t i = 0; i < elements.size() && part < 5; ++i) {
    if (elements[i].character == ':') {
      ++part;
      continue;
    }
    const bool ends_part = elements[i + 1].character == ':';
    elements[i].ignore_case = part > 0;
    elements[i].of_arn = true;
    elements[i].inside_field = component_wise || !(elements[i].kind == Element::kRun && ends_part);
  }
  return elements;
}

}  // namespace naive
