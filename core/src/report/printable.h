#pragma once

// How much room hostile text takes on a terminal.

#include <cstddef>
#include <string_view>

#include "text/utf8.h"

namespace iamcheck {

/// Columns that `text` takes on a terminal: 2 for wide East Asian characters and emoji, 0 for
/// combining marks, 1 for everything else (UAX #11; blocks, not single characters).
std::size_t display_width(std::string_view text);

}  // namespace iamcheck
