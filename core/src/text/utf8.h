#pragma once

// Characters of UTF-8 text, and those that no output may show as they are.

#include <cstdint>
#include <string>
#include <string_view>

namespace iamcheck {

/// One character of UTF-8 text. `length` is 1 and `valid` false for a byte that begins none.
struct Character {
  std::uint32_t code = 0;
  std::uint32_t length = 1;
  bool valid = false;
};

/// The character at the beginning of `text`, which is not empty. Overlong forms, surrogates and
/// what lies above U+10FFFF are not valid (RFC 3629).
Character first_character(std::string_view text);

/// A terminal obeys it, or it hides or reorders what people see.
bool is_hidden(std::uint32_t code);

/// `text` with the bytes of hidden characters, and bytes that are not UTF-8, written as `\xNN`.
std::string escape_hidden(std::string_view text);

}  // namespace iamcheck
