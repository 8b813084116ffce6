#include "instant.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "characters.h"

namespace iamcheck::oracle {
namespace {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

// Counted year by year and month by month: slow and plain.
std::int64_t days_since_1970(int year, int month, int day) {
  std::int64_t days = day - 1;
  for (int m = 1; m < month; ++m) days += days_in_month(year, m);
  for (int y = 1970; y < year; ++y) days += is_leap(y) ? 366 : 365;
  for (int y = year; y < 1970; ++y) days -= is_leap(y) ? 366 : 365;
  return days;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Exactly `width` digits with a value from `low` to `high`, else failed.
  int number(std::size_t width, int low, int high) {
    if (rest_.size() < width || !all_digits(rest_.substr(0, width))) return fail();
    const int value = std::stoi(std::string(rest_.substr(0, width)));
    rest_.remove_prefix(width);
    return value < low || value > high ? fail() : value;
  }

  std::string digits() {
    std::string taken;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      taken.push_back(rest_.front());
      rest_.remove_prefix(1);
    }
    if (taken.empty()) failed_ = true;
    return taken;
  }

  void expect(char c) {
    if (!take(c)) failed_ = true;
  }

  bool at_end() const { return rest_.empty(); }
  bool failed() const { return failed_; }

 private:
  int fail() {
    failed_ = true;
    return 1;
  }

  std::string_view rest_;
  bool failed_ = false;
};

// Whole seconds can be negative while the fraction always counts upwards: -1 s + .25 s is -0.75 s.
Decimal seconds_with_fraction(std::int64_t seconds, const std::string& fraction) {
  if (seconds >= 0) return make_decimal(false, std::to_string(seconds), fraction, 0);
  bool any = false;
  std::string rest = fraction;
  for (const char c : rest) any = any || c != '0';
  if (!any) return make_decimal(true, std::to_string(-seconds), "", 0);
  // 1 - 0.FRACTION, digit by digit: nine's complement plus one in the last place.
  for (char& c : rest) c = static_cast<char>('9' - c + '0');
  for (std::size_t i = rest.size(); i-- > 0;) {
    if (rest[i] != '9') {
      rest[i] = static_cast<char>(rest[i] + 1);
      break;
    }
    rest[i] = '0';
  }
  return make_decimal(true, std::to_string(-(seconds + 1)), rest, 0);
}

// All digits, with a fraction allowed: seconds since 1970. So `2024` is an epoch, not a year.
std::optional<Decimal> parse_epoch(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (!all_digits(whole)) return std::nullopt;
  if (point == std::string_view::npos) return make_decimal(false, whole, "", 0);
  const std::string_view fraction = text.substr(point + 1);
  if (!all_digits(fraction)) return std::nullopt;
  return make_decimal(false, whole, fraction, 0);
}

}  // namespace

std::optional<Decimal> parse_instant(std::string_view text) {
  if (const auto epoch = parse_epoch(text)) return epoch;
  Reader in(text);
  const int year = in.number(4, 0, 9999);
  in.expect('-');
  const int month = in.number(2, 1, 12);
  if (in.failed()) return std::nullopt;
  int day = 1;
  std::int64_t seconds_of_day = 0;
  std::string fraction;
  if (in.take('-')) {
    day = in.number(2, 1, days_in_month(year, month));
    if (!in.failed() && in.take('T')) {
      seconds_of_day = in.number(2, 0, 23) * 3600;
      in.expect(':');
      seconds_of_day += in.number(2, 0, 59) * 60;
      if (in.take(':')) {
        seconds_of_day += in.number(2, 0, 59);
        if (in.take('.')) fraction = in.digits();
      }
      const bool plus = !in.failed() && in.take('+');
      const bool minus = !plus && !in.failed() && in.take('-');
      if (plus || minus) {
        std::int64_t offset = in.number(2, 0, 23) * 3600;
        in.expect(':');
        offset += in.number(2, 0, 59) * 60;
        seconds_of_day += plus ? -offset : offset;
      } else {
        in.take('Z');  // no zone means UTC as well
      }
    }
  }
  if (in.failed() || !in.at_end()) return std::nullopt;
  return seconds_with_fraction(days_since_1970(year, month, day) * 86400 + seconds_of_day,
                               fraction);
}

}  // namespace iamcheck::oracle
