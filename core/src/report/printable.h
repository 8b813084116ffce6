#pragma once

// What hostile text looks like on a terminal, and how much room it takes there.

#include <cstdint>
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

/// Columns that `text` takes on a terminal: 2 for wide East Asian characters and emoji, 0 for
/// combining marks, 1 for everything else (UAX #11; blocks, not single characters).
std::size_t display_width(std::string_view text);

}  // namespace iamcheck
