#pragma once

// Decimal numbers of any length, compared exactly.
//
// `[+-] digits [. digits] [e|E [+-] digits]`, as in JSON but for a plus and leading zeros. No
// binary fraction is ever involved: `0.1` and `1e-1` are equal, `0.30000000000000001` and `0.3` are
// not.

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace iamcheck {

/// A number as a view into the text it was read from, which must outlive it.
class Decimal {
 public:
  /// Texts longer than this are no number: a bound on the work of one comparison.
  static constexpr std::size_t kMaxLength = 4096;
  /// Exponents beyond this, either way, are no number.
  static constexpr std::int64_t kMaxExponent = 1'000'000;

  /// Nothing when `text` is no number: empty, white space, hex, `10abc`, `inf`, or past a limit.
  static std::optional<Decimal> parse(std::string_view text);

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  bool negative_ = false;
  // From the first to the last digit that is not zero, perhaps with a point among them; empty for
  // zero.
  std::string_view digits_;
  // The power of ten of the first of those digits.
  std::int64_t magnitude_ = 0;
};

/// How two runs of digits compare as the places behind a common point: `5` above `49`, `50` as `5`.
/// Points inside them are skipped.
std::strong_ordering compare_digits(std::string_view a, std::string_view b);

}  // namespace iamcheck
