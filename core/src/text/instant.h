#pragma once

// Points in time, read from text and compared exactly.
//
// The forms that IAM documents for dates: W3C's profile of ISO 8601 (`2026-11`, `2026-11-20`,
// `2026-11-20T16:00Z`, `2026-11-20T16:00:05.25+01:00`), and seconds since 1970 in digits, with or
// without a fraction. A text without a zone is UTC. Four digits are seconds, not a year, unless
// asked otherwise. Letters are upper case as in the profile; 24:00 and leap seconds (`:60`) are not
// in it. Source: IAM User Guide, "Date condition operators"; W3C Note "Date and Time Formats".

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace iamcheck {

/// A point in time; the fraction is a view into the text it was read from, which must outlive it.
class Instant {
 public:
  /// Texts longer than this are no instant; seconds have at most 18 digits besides leading zeros.
  static constexpr std::size_t kMaxLength = 256;

  /// Nothing when `text` is no instant: another form, or a month, day, hour, minute, second or zone
  /// that does not exist.
  static std::optional<Instant> parse(std::string_view text, bool four_digits_are_a_year = false);

  /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
  std::int64_t seconds() const { return seconds_; }

  friend std::strong_ordering operator<=>(const Instant& a, const Instant& b);
  friend bool operator==(const Instant& a, const Instant& b) { return (a <=> b) == 0; }

 private:
  std::int64_t seconds_ = 0;
  std::string_view fraction_;  // digits behind the point
};

}  // namespace iamcheck
