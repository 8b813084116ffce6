#include <cstdio>

#include "iamcheck/request.h"
#include "text/instant.h"

namespace iamcheck {
namespace {

struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
};

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// `days` since 1970-01-01, not negative. At most some ten thousand steps.
Date date_of(std::int64_t days) {
  Date date;
  while (days >= (is_leap(date.year) ? 366 : 365)) days -= is_leap(date.year++) ? 366 : 365;
  while (days >= days_in(date.year, date.month)) days -= days_in(date.year, date.month++);
  date.day += static_cast<int>(days);
  return date;
}

}  // namespace

std::optional<RequestTime> RequestTime::parse(std::string_view text) {
  const std::optional<Instant> instant = Instant::parse(text);
  constexpr std::int64_t kYear10000 = 253402300800;
  constexpr std::int64_t kDay = 86400;
  if (!instant || instant->seconds() < 0 || instant->seconds() >= kYear10000) return std::nullopt;
  const Date date = date_of(instant->seconds() / kDay);
  const int second = static_cast<int>(instant->seconds() % kDay);
  char iso[80];
  std::snprintf(iso, sizeof iso, "%04d-%02d-%02dT%02d:%02d:%02dZ", date.year, date.month, date.day,
                second / 3600, second / 60 % 60, second % 60);
  return RequestTime{iso, std::to_string(instant->seconds())};
}

}  // namespace iamcheck
