#pragma once

// Where a token may begin and end. A key id inside a longer run of letters is chance, not a key.

#include <cstddef>
#include <string_view>

namespace iamcheck {

/// Whether the token `[begin, end)` stands alone: no letter, digit or underscore touches it, except
/// as the end of an escape (`\n`, `%2F`), and it is no piece of a base64 blob.
bool is_separate_token(std::string_view text, std::size_t begin, std::size_t end);

/// The half of `is_separate_token` that looks to the left; cheap enough to ask before matching.
bool begins_token(std::string_view text, std::size_t begin);

/// Whether a base64-like value that ends at `end` is whole there.
bool ends_value(std::string_view text, std::size_t end);

/// Whether `[begin, end)` stands in quotes or is a field of its own, between blanks, commas and
/// such.
bool is_whole_field(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace iamcheck
