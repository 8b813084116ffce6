#pragma once

// Colours of a terminal.

#include <string>
#include <string_view>

namespace iamcheck {

/// `text` between the ANSI codes of `code` (`1;31` is bold red) and of reset; as it is without
/// `colour`.
inline std::string paint(std::string_view text, std::string_view code, bool colour) {
  if (!colour) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace iamcheck
