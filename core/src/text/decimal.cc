#include "text/decimal.h"

#include <algorithm>

namespace iamcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The next digit of `text`, or `0` behind its end.
char next_digit(std::string_view text, std::size_t& at) {
  if (at < text.size() && text[at] == '.') ++at;
  return at < text.size() ? text[at++] : '0';
}

// `[+-] digits`, the whole of `text`.
std::optional<std::int64_t> parse_exponent(std::string_view text) {
  bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
    if (value > Decimal::kMaxExponent) return std::nullopt;
  }
  return negative ? -value : value;
}

}  // namespace

std::strong_ordering compare_digits(std::string_view a, std::string_view b) {
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    char x = next_digit(a, i);
    char y = next_digit(b, j);
    if (x != y) return x <=> y;
  }
  return std::strong_ordering::equal;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  if (text.empty() || text.size() > kMaxLength) return std::nullopt;
  Decimal number;
  number.negative_ = text[0] == '-';
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  std::int64_t exponent = 0;
  if (std::size_t mark = text.find_first_of("eE"); mark != std::string_view::npos) {
    std::optional<std::int64_t> written = parse_exponent(text.substr(mark + 1));
    if (!written) return std::nullopt;
    exponent = *written;
    text = text.substr(0, mark);
  }
  std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i != point && !is_digit(text[i])) return std::nullopt;
  }
  // Digits on both sides of a point.
  if (text.empty() || point == 0 || point + 1 == text.size()) return std::nullopt;
  constexpr std::string_view kNonZero = "123456789";
  std::size_t first = text.find_first_of(kNonZero);
  if (first == std::string_view::npos) {  // zero has no sign and no size
    number.negative_ = false;
    return number;
  }
  number.digits_ = text.substr(first, text.find_last_of(kNonZero) - first + 1);
  std::int64_t place = first < point ? static_cast<std::int64_t>(point - first) - 1
                                     : -static_cast<std::int64_t>(first - point);
  number.magnitude_ = place + exponent;
  return number;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  auto sign = [](const Decimal& n) { return n.digits_.empty() ? 0 : (n.negative_ ? -1 : 1); };
  if (sign(a) != sign(b)) return sign(a) <=> sign(b);
  if (sign(a) == 0) return std::strong_ordering::equal;
  std::strong_ordering size = a.magnitude_ <=> b.magnitude_;
  if (size == 0) size = compare_digits(a.digits_, b.digits_);
  return a.negative_ ? 0 <=> size : size;
}

}  // namespace iamcheck
