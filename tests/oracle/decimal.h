#pragma once

// Decimal numbers of any length, compared exactly, without binary floating point (S7, Numeric row).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iamcheck::oracle {

/// The value 0.DIGITS times ten to the power `point`. No leading or trailing zero in `digits`;
/// zero itself has no digits.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t point = 0;
};

/// `[+-]digits[.digits][e[+-]digits]`; S11 row 16: `10abc` is no number, `1e3` is 1000.
std::optional<Decimal> parse_decimal(std::string_view text);

/// Digits before and after the point, already checked to be digits.
Decimal make_decimal(bool negative, std::string_view whole, std::string_view fraction,
                     std::int64_t exponent);

/// -1, 0 or 1.
int compare(const Decimal& a, const Decimal& b);

}  // namespace iamcheck::oracle
