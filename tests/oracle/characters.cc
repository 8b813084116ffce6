#include "characters.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace iamcheck::oracle {
namespace {

bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the valid sequence that begins at `at`, 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  std::size_t length = 0;
  if (lead < 0x80U) length = 1;
  if (lead >= 0xC2U && lead <= 0xDFU) length = 2;
  if (lead >= 0xE0U && lead <= 0xEFU) length = 3;
  if (lead >= 0xF0U && lead <= 0xF4U) length = 4;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(static_cast<unsigned char>(text[at + i]))) return 0;
  }
  if (length > 1) {
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if (lead == 0xE0U && second < 0xA0U) return 0;  // overlong
    if (lead == 0xEDU && second > 0x9FU) return 0;  // surrogate
    if (lead == 0xF0U && second < 0x90U) return 0;  // overlong
    if (lead == 0xF4U && second > 0x8FU) return 0;  // beyond U+10FFFF
  }
  return length;
}

}  // namespace

std::u32string characters(std::string_view text) {
  // A stray byte gets a number above every code point, so that it equals only itself.
  constexpr char32_t kStrayByte = 0x200000;
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    const auto lead = static_cast<unsigned char>(text[at]);
    if (length == 0) {
      result.push_back(kStrayByte + lead);
      at += 1;
      continue;
    }
    char32_t value = lead;
    if (length == 2) value = lead & 0x1FU;
    if (length == 3) value = lead & 0x0FU;
    if (length == 4) value = lead & 0x07U;
    for (std::size_t i = 1; i < length; ++i) {
      value = (value << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    result.push_back(value);
    at += length;
  }
  return result;
}

char32_t ascii_lower(char32_t character) {
  return character >= U'A' && character <= U'Z' ? character + (U'a' - U'A') : character;
}

std::string ascii_lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool equal_ignoring_ascii_case(std::string_view a, std::string_view b) {
  return ascii_lower(a) == ascii_lower(b);
}

std::u32string simple_lower(std::u32string text) {
  for (char32_t& c : text) c = simple_lower(c);
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

}  // namespace iamcheck::oracle
