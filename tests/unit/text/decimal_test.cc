#include "text/decimal.h"

#include <string>
#include <vector>

#include "catch.h"

using iamcheck::Decimal;

namespace {

Decimal number(const std::string& text) {  // views into text: callers keep it
  auto parsed = Decimal::parse(text);
  REQUIRE(parsed);
  return *parsed;
}

}  // namespace

TEST_CASE("decimals: every number of an ascending list is below the next, and not equal to it") {
  const std::vector<std::string> ascending = {"-1e1000000",
                                              "-1e3",
                                              "-999.5",
                                              "-10",
                                              "-9",
                                              "-0.5",
                                              "-0.05",
                                              "-1e-1000000",
                                              "0",
                                              "1e-1000000",
                                              "0.04999999999999999999999999999999",
                                              "0.05",
                                              "0.0500000000000000000000000000001",
                                              "0.3",
                                              "0.30000000000000001",
                                              "0.5",
                                              "1",
                                              "1.0000000000000000000000001",
                                              "2",
                                              "9",
                                              "10",
                                              "10.01",
                                              "11",
                                              "99",
                                              "100",
                                              "1e3",
                                              "9007199254740992",
                                              "9007199254740993",
                                              "123456789012345678901234567890",
                                              "123456789012345678901234567891",
                                              "1e1000000"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      CAPTURE(ascending[i], ascending[j]);
      CHECK((number(ascending[i]) <=> number(ascending[j])) == (i <=> j));
    }
  }
}

TEST_CASE("decimals: the spellings of one number are equal") {
  const std::vector<std::vector<std::string>> groups = {
      {"0", "-0", "+0", "0.0", "000", "0e9", "-0.000e-5"},
      {"1000", "1e3", "1E3", "1e+3", "+1000", "1000.00", "0001000", "10000e-1", "0.1e4"},
      {"-0.1", "-1e-1", "-0.10", "-00.1", "-10e-2"},
      {"12.5", "125e-1", "1.25e1", "0.00125e4", "12.500"},
      {"1002", "1.002e3", "100.2e1"}};
  for (const auto& group : groups) {
    for (const auto& a : group) {
      for (const auto& b : group) {
        CAPTURE(a, b);
        CHECK(number(a) == number(b));
      }
    }
  }
}

TEST_CASE("S11 row 16: what is no number is refused") {
  const std::string text = GENERATE(
      as<std::string>{}, "", "10abc", "abc", "1 ", " 1", "1,5", "0x10", "--1", "+-1", "+", "-", ".",
      "e3", ".5", "5.", "-.5", "5.e1", ".e3", "1e", "1e+", "1e1.5", "1.2.3", "inf", "nan", "1_000",
      "1e1000001", "1e-1000001", "1e99999999999999999999", "\xd9\xa1");
  CAPTURE(text);
  CHECK_FALSE(Decimal::parse(text).has_value());
}

TEST_CASE("decimals: the length is bounded") {
  CHECK(Decimal::parse(std::string(Decimal::kMaxLength, '9')).has_value());
  CHECK_FALSE(Decimal::parse(std::string(Decimal::kMaxLength + 1, '9')).has_value());
}
