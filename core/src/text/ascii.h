#pragma once

// ASCII letters without their case, whatever the locale. AWS folds no other letters in the names of
// services, actions, operators and elements; values that fold all of Unicode use letter_case.h.

#include <algorithm>
#include <string>
#include <string_view>

namespace iamcheck {

constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = ascii_lower(c);
  return lower;
}

inline bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

}  // namespace iamcheck
