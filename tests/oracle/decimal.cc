#include "decimal.h"

#include <cstddef>

#include "characters.h"

namespace iamcheck::oracle {
namespace {

std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

// The sign at the front, if there is one, is taken away.
bool take_minus(std::string_view& text) {
  if (text.empty() || (text.front() != '-' && text.front() != '+')) return false;
  const bool minus = text.front() == '-';
  text.remove_prefix(1);
  return minus;
}

int compare_magnitude(const Decimal& a, const Decimal& b) {
  if (a.digits.empty() || b.digits.empty()) {
    return static_cast<int>(!a.digits.empty()) - static_cast<int>(!b.digits.empty());
  }
  if (a.point != b.point) return a.point < b.point ? -1 : 1;
  const int order = a.digits.compare(b.digits);  // no trailing zeros, so text order is value order
  return order < 0 ? -1 : (order > 0 ? 1 : 0);
}

}  // namespace

Decimal make_decimal(bool negative, std::string_view whole, std::string_view fraction,
                     std::int64_t exponent) {
  Decimal result;
  result.digits = std::string(whole) + std::string(fraction);
  result.point = static_cast<std::int64_t>(whole.size()) + exponent;
  while (!result.digits.empty() && result.digits.front() == '0') {
    result.digits.erase(0, 1);
    --result.point;
  }
  while (!result.digits.empty() && result.digits.back() == '0') result.digits.pop_back();
  if (result.digits.empty()) result.point = 0;
  result.negative = negative && !result.digits.empty();
  return result;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  const bool negative = take_minus(text);
  const std::string_view whole = take_digits(text);
  if (whole.empty()) return std::nullopt;
  std::string_view fraction;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    fraction = take_digits(text);
    if (fraction.empty()) return std::nullopt;
  }
  std::int64_t exponent = 0;
  if (!text.empty() && (text.front() == 'e' || text.front() == 'E')) {
    text.remove_prefix(1);
    const bool negative_exponent = take_minus(text);
    const std::string_view digits = take_digits(text);
    if (digits.empty() || digits.size() > 15) return std::nullopt;
    for (const char c : digits) exponent = exponent * 10 + (c - '0');
    if (negative_exponent) exponent = -exponent;
  }
  if (!text.empty()) return std::nullopt;
  return make_decimal(negative, whole, fraction, exponent);
}

int compare(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  return a.negative ? compare_magnitude(b, a) : compare_magnitude(a, b);
}

}  // namespace iamcheck::oracle
