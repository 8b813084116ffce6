#include "match/character.h"

#include <algorithm>

namespace iamcheck {
namespace {

unsigned byte_at(std::string_view text, std::size_t position) {
  return static_cast<unsigned char>(text[position]);
}

bool is_continuation(std::string_view text, std::size_t position) {
  return (byte_at(text, position) & 0xC0u) == 0x80u;
}

// The Unicode Standard, table 3-7 "Well-formed UTF-8 byte sequences": the second byte has a
// narrower range behind E0, ED, F0 and F4, which rules out overlong forms, surrogates and values
// above 10FFFF.
bool is_second_byte(unsigned first, unsigned second) {
  const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  return second >= low && second <= high;
}

std::size_t multibyte_size(std::string_view text, std::size_t position) {
  const unsigned first = byte_at(text, position);
  if (first < 0xC2 || first > 0xF4) return 1;
  const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() - position < size) return 1;
  if (!is_second_byte(first, byte_at(text, position + 1))) return 1;
  for (std::size_t i = 2; i < size; ++i) {
    if (!is_continuation(text, position + i)) return 1;
  }
  return size;
}

}  // namespace

std::size_t character_size(std::string_view text, std::size_t position) {
  return byte_at(text, position) < 0x80 ? 1 : multibyte_size(text, position);
}

bool is_character_start(std::string_view text, std::size_t position) {
  if (position >= text.size() || !is_continuation(text, position)) return true;
  return previous_character(text, position + 1) == position;
}

std::size_t previous_character(std::string_view text, std::size_t position) {
  // The nearest byte that is no continuation begins the only sequence that could reach this far.
  const std::size_t last = position - 1;
  for (std::size_t back = 0; back < 4 && back <= last; ++back) {
    const std::size_t start = last - back;
    if (is_continuation(text, start)) continue;
    return start + character_size(text, start) > last ? start : last;
  }
  return last;
}

}  // namespace iamcheck
