#pragma once

// Lower case without a locale.
//
// The simple lower-case mapping of Unicode: one character becomes one character, the same
// everywhere. Complete as of Unicode 14. Not done, on purpose: full case folding (`ß` stays apart
// from `ss`), normalization (`é` as one character stays apart from `e` with an accent), final
// sigma, Turkish rules.

#include <string>
#include <string_view>

namespace iamcheck {

/// The lower-case form of one character.
char32_t to_lower(char32_t character);

/// `text` in lower case; bytes that are no UTF-8 stay as they are.
std::string to_lower(std::string_view text);

/// Whether `to_lower(text) == lower`; `lower` is in lower case already. Allocates nothing.
bool lowers_to(std::string_view text, std::string_view lower);

/// A hash of `to_lower(text)` (FNV-1a, the same on every machine). Allocates nothing.
std::size_t hash_lower(std::string_view text);

}  // namespace iamcheck
