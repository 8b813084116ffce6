#pragma once

// Dates of S7: W3C's profile of ISO 8601, or seconds since 1970. Held as an exact decimal number of
// seconds, so a fraction never rounds.

#include <optional>
#include <string_view>

#include "decimal.h"

namespace iamcheck::oracle {

std::optional<Decimal> parse_instant(std::string_view text);

}  // namespace iamcheck::oracle
