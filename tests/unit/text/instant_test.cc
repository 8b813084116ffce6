#include "text/instant.h"

#include <string>
#include <vector>

#include "catch.h"

using iamcheck::Instant;

namespace {

Instant instant(const std::string& text) {  // views into text: callers keep it
  auto parsed = Instant::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

}  // namespace

TEST_CASE("instants: known seconds") {
  CHECK(instant("1970-01-01T00:00:00Z").seconds() == 0);
  CHECK(instant("1970-01").seconds() == 0);
  CHECK(instant("1969-12-31T23:59:59Z").seconds() == -1);
  CHECK(instant("2000-02-29").seconds() == 951782400);
  CHECK(instant("2000-03-01").seconds() == 951868800);
  CHECK(instant("2001-09-09T01:46:40Z").seconds() == 1000000000);
  CHECK(instant("2038-01-19T03:14:08Z").seconds() == 2147483648);
  CHECK(instant("0000-01-01").seconds() == -62167219200);
  CHECK(instant("9999-12-31T23:59:59Z").seconds() == 253402300799);
  CHECK(instant("1700000000").seconds() == 1700000000);
  CHECK(instant("000000000000000000000000000007").seconds() == 7);
}

TEST_CASE("S7 Date: every day of 1890 to 2110 is one day after the one before") {
  // Counted day by day, independently of the formula.
  const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  auto two = [](int n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  std::int64_t expected = instant("1890-01-01").seconds();
  for (int year = 1890; year <= 2110; ++year) {
    bool leap = (year % 4 == 0 && year % 100 != 0) || year == 2000;
    for (int month = 1; month <= 12; ++month) {
      int last = lengths[month - 1] + (month == 2 && leap ? 1 : 0);
      std::string prefix = std::to_string(year) + "-" + two(month) + "-";
      for (int day = 1; day <= last; ++day) {
        if (instant(prefix + two(day)).seconds() != expected) FAIL(prefix << day);
        expected += 86400;
      }
      if (Instant::parse(prefix + two(last + 1))) FAIL(prefix << last + 1);
    }
  }
}

TEST_CASE("S12: zone offsets, and every form of one instant, are equal") {
  const std::vector<std::string> same = {"2023-11-14T22:13:20Z",
                                         "2023-11-14T22:13:20",
                                         "2023-11-14T23:13:20+01:00",
                                         "2023-11-15T03:43:20+05:30",
                                         "2023-11-14T14:13:20-08:00",
                                         "1700000000",
                                         "1700000000.000",
                                         "2023-11-14T22:13:20.0+00:00",
                                         "2023-11-15T22:12:20+23:59"};
  for (const auto& a : same) {
    for (const auto& b : same) {
      CAPTURE(a, b);
      CHECK(instant(a) == instant(b));
    }
  }
  const std::string date = "2023-11-14";
  const std::string midnight = "2023-11-14T00:00Z";
  CHECK(instant(date) == instant(midnight));
}

TEST_CASE("instants: fractions are compared exactly, whatever their length") {
  const std::vector<std::string> ascending = {"1969-12-31T23:59:59.9Z",
                                              "1970-01-01T00:00:00Z",
                                              "0.000000000000000000000000000000000001",
                                              "1970-01-01T00:00:00.1Z",
                                              "0.1000000000000000055511151231257827",
                                              "0.2",
                                              "1"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      CAPTURE(ascending[i], ascending[j]);
      CHECK((instant(ascending[i]) <=> instant(ascending[j])) == (i <=> j));
    }
  }
}

TEST_CASE("S7 Date: what is no instant is refused") {
  const std::string text = GENERATE(
      as<std::string>{}, "", "now", "-1", "+1", "1.", ".5", "1.2.3", "1e9", "2023-", "2023-13",
      "2023-00", "2023-1", "2023-02-29", "1900-02-29", "2023-04-31", "2023-01-00", "2023-1-01",
      "20230101T000000Z", "2023-11-14T", "2023-11-14T22", "2023-11-14T22:13:", "2023-11-14T24:00Z",
      "2023-11-14T22:60Z", "2023-11-14T22:13:60Z", "2023-11-14T22:13:20.Z",
      "2023-11-14T22:13:20,5Z", "2023-11-14 22:13:20Z", "2023-11-14T22:13:20z",
      "2023-11-14t22:13:20Z", "2023-11-14T22:13:20+1", "2023-11-14T22:13:20+0100",
      "2023-11-14T22:13:20+24:00", "2023-11-14T22:13:20+01:60", "2023-11-14T22:13:20ZZ",
      "2023-11-14Z", "2023-11T22:13Z", "02023-11-14", "2023-11-14T22:13.5Z", "1234567890123456789");
  CAPTURE(text);
  CHECK_FALSE(Instant::parse(text).has_value());
}

TEST_CASE("S7 Date [D]: four digits are seconds, a year only on request") {
  CHECK(instant("2024").seconds() == 2024);
  auto year = Instant::parse("2024", true);
  REQUIRE(year);
  CHECK(year->seconds() == 1704067200);
  auto digits = Instant::parse("20240", true);
  REQUIRE(digits);
  CHECK(digits->seconds() == 20240);
}
