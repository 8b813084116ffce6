#include "text/instant.h"

#include "text/decimal.h"

namespace iamcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads one text from left to right; every `take` leaves `rest` alone when it fails.
struct Reader {
  std::string_view rest;

  bool take(char c) {
    if (rest.empty() || rest[0] != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  // Exactly `count` digits with a value from `low` to `high`.
  bool take_number(std::size_t count, int low, int high, int& value) {
    if (rest.size() < count) return false;
    int number = 0;
    for (char c : rest.substr(0, count)) {
      if (!is_digit(c)) return false;
      number = number * 10 + (c - '0');
    }
    if (number < low || number > high) return false;
    value = number;
    rest.remove_prefix(count);
    return true;
  }
  std::string_view take_digits() {
    std::size_t end = 0;
    while (end < rest.size() && is_digit(rest[end])) ++end;
    std::string_view digits = rest.substr(0, end);
    rest.remove_prefix(end);
    return digits;
  }
};

bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  if (month == 2) return is_leap_year(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Days from 1970-01-01 in the Gregorian calendar, also before it. Years are counted from March, so
// that the leap day is the last of its year; 400 such years are 146,097 days.
std::int64_t days_since_1970(int year, int month, int day) {
  std::int64_t y = month > 2 ? year : year - 1;
  std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  std::int64_t year_of_era = y - era * 400;
  std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  constexpr std::int64_t kDaysBefore1970 = 719'468;  // from 0000-03-01
  return era * 146'097 + day_of_era - kDaysBefore1970;
}

// `hh:mm`, as seconds.
bool take_clock(Reader& reader, std::int64_t& seconds) {
  int hour = 0;
  int minute = 0;
  if (!reader.take_number(2, 0, 23, hour) || !reader.take(':')) return false;
  if (!reader.take_number(2, 0, 59, minute)) return false;
  seconds = hour * 3600 + minute * 60;
  return true;
}

// `Thh:mm[:ss[.s+]]` and the zone.
bool take_time(Reader& reader, std::int64_t& seconds, std::string_view& fraction) {
  std::int64_t clock = 0;
  if (!reader.take('T') || !take_clock(reader, clock)) return false;
  seconds += clock;
  if (reader.take(':')) {
    int second = 0;
    if (!reader.take_number(2, 0, 59, second)) return false;
    seconds += second;
    if (reader.take('.')) {
      fraction = reader.take_digits();
      if (fraction.empty()) return false;
    }
  }
  if (reader.rest.empty() || reader.take('Z')) return true;
  bool ahead = reader.take('+');
  std::int64_t offset = 0;
  if (!ahead && !reader.take('-')) return false;
  if (!take_clock(reader, offset)) return false;
  seconds += ahead ? -offset : offset;
  return true;
}

// Digits and perhaps a fraction, the whole of `text`.
bool read_epoch(std::string_view text, std::int64_t& seconds, std::string_view& fraction) {
  Reader reader{text};
  std::string_view digits = reader.take_digits();
  if (digits.empty()) return false;
  if (reader.take('.')) {
    fraction = reader.take_digits();
    if (fraction.empty()) return false;
  }
  if (!reader.rest.empty()) return false;
  while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
  constexpr std::size_t kMaxDigits = 18;  // below the largest 64-bit number
  if (digits.size() > kMaxDigits) return false;
  for (char c : digits) seconds = seconds * 10 + (c - '0');
  return true;
}

bool read_calendar(std::string_view text, std::int64_t& seconds, std::string_view& fraction) {
  Reader reader{text};
  int year = 0;
  int month = 1;
  int day = 1;
  if (!reader.take_number(4, 0, 9999, year)) return false;
  bool with_day = false;
  if (reader.take('-')) {
    if (!reader.take_number(2, 1, 12, month)) return false;
    if (reader.take('-')) {
      if (!reader.take_number(2, 1, days_in_month(year, month), day)) return false;
      with_day = true;
    }
  }
  seconds = days_since_1970(year, month, day) * 86'400;
  if (with_day && !reader.rest.empty() && !take_time(reader, seconds, fraction)) return false;
  return reader.rest.empty();
}

}  // namespace

std::optional<Instant> Instant::parse(std::string_view text, bool four_digits_are_a_year) {
  if (text.size() > kMaxLength) return std::nullopt;
  Instant instant;
  bool epoch = text.find_first_not_of("0123456789.") == std::string_view::npos;
  if (epoch && four_digits_are_a_year && text.size() == 4) epoch = false;
  bool valid = epoch ? read_epoch(text, instant.seconds_, instant.fraction_)
                     : read_calendar(text, instant.seconds_, instant.fraction_);
  if (!valid) return std::nullopt;
  return instant;
}

std::strong_ordering operator<=>(const Instant& a, const Instant& b) {
  if (a.seconds_ != b.seconds_) return a.seconds_ <=> b.seconds_;
  return compare_digits(a.fraction_, b.fraction_);
}

}  // namespace iamcheck
