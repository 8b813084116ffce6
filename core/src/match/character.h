#pragma once

// Characters of a text that claims to be UTF-8 and may lie.
//
// A character is one valid UTF-8 sequence, or one byte that belongs to none. Where characters begin
// is a local question: a byte that is no continuation byte always begins one.

#include <cstddef>
#include <string_view>

namespace iamcheck {

/// Bytes of the character that begins at `position`; `position` is inside the text.
std::size_t character_size(std::string_view text, std::size_t position);

/// Whether a character begins at `position`; the end of the text counts.
bool is_character_start(std::string_view text, std::size_t position);

/// Where the character before `position` begins; `position` is a character start above 0.
std::size_t previous_character(std::string_view text, std::size_t position);

}  // namespace iamcheck
