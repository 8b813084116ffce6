#pragma once

// Text as the specification counts it: one character is one Unicode code point; a byte that belongs
// to no valid UTF-8 sequence is one character of its own.

#include <string>
#include <string_view>
#include <vector>

namespace iamcheck::oracle {

std::u32string characters(std::string_view text);

/// Lower-cases A to Z only: service prefixes, action names and the first parts of an ARN.
char32_t ascii_lower(char32_t character);
std::string ascii_lower(std::string_view text);
bool equal_ignoring_ascii_case(std::string_view a, std::string_view b);

/// One character to one character, by Unicode's simple lower-case mapping: no sharp-s to ss.
char32_t simple_lower(char32_t character);
std::u32string simple_lower(std::u32string text);

/// Cuts at every separator.
std::vector<std::string> split(std::string_view text, char separator);

bool all_digits(std::string_view text);
bool starts_with(std::string_view text, std::string_view prefix);

}  // namespace iamcheck::oracle
