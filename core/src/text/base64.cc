#include "text/base64.h"

#include <array>
#include <cstdint>

namespace iamcheck {
namespace {

using Digits = std::array<std::uint8_t, 256>;
constexpr std::uint8_t kForeign = 64;
constexpr std::size_t kMostPadding = 2;

constexpr Digits make_digits(bool url_safe_too) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  Digits digits{};
  digits.fill(kForeign);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  if (url_safe_too) {
    digits['-'] = digits['+'];
    digits['_'] = digits['/'];
  }
  return digits;
}
constexpr Digits kStandard = make_digits(false);
constexpr Digits kBothAlphabets = make_digits(true);

std::string_view without_padding(std::string_view text) {
  for (std::size_t i = 0; i < kMostPadding && text.ends_with('='); ++i) text.remove_suffix(1);
  return text;
}

// Hands the decoded bytes to `take` one by one; false when the text is no base64.
template <typename Take>
bool decode(std::string_view text, const Digits& digits, Take take) {
  if (text.size() % 4 == 1) return false;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint8_t digit = digits[static_cast<unsigned char>(text[i])];
    if (digit == kForeign) return false;
    bits = (bits << 6) | digit;
    // The first digit of a group of four completes no byte, each further one completes one.
    switch (i % 4) {
      case 1:
        take(static_cast<char>((bits >> 4) & 0xff));
        break;
      case 2:
        take(static_cast<char>((bits >> 2) & 0xff));
        break;
      case 3:
        take(static_cast<char>(bits & 0xff));
        break;
      default:
        break;
    }
  }
  return true;
}

template <typename Take>
bool decode_padded(std::string_view text, Take take) {
  return text.size() % 4 == 0 && decode(without_padding(text), kStandard, take);
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  if (!decode_padded(text, [&](char byte) { bytes += byte; })) return std::nullopt;
  return bytes;
}

std::optional<std::string> decode_base64_leniently(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  const auto take = [&](char byte) { bytes += byte; };
  if (!decode(without_padding(text), kBothAlphabets, take)) return std::nullopt;
  return bytes;
}

Base64Match match_base64(std::string_view text, std::string_view bytes) {
  std::size_t length = 0;
  bool equal = true;
  bool valid = decode_padded(text, [&](char byte) {
    if (length >= bytes.size() || bytes[length] != byte) equal = false;
    ++length;
  });
  if (!valid) return Base64Match::kNotBase64;
  return equal && length == bytes.size() ? Base64Match::kEqual : Base64Match::kDifferent;
}

}  // namespace iamcheck
