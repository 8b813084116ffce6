#include "text/base64.h"

#include <array>
#include <cstdint>

namespace iamcheck {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kForeign = 64;

constexpr std::array<std::uint8_t, 256> make_digits() {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(kForeign);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return digits;
}
constexpr std::array<std::uint8_t, 256> kDigits = make_digits();

// Hands the decoded bytes to `take` one by one; false when the text is no base64.
template <typename Take>
bool decode(std::string_view text, Take take) {
  if (text.size() % 4 != 0) return false;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::uint32_t bits = 0;
  std::size_t digits = text.size() - padding;
  for (std::size_t i = 0; i < digits; ++i) {
    std::uint8_t digit = kDigits[static_cast<unsigned char>(text[i])];
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

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  if (!decode(text, [&](char byte) { bytes += byte; })) return std::nullopt;
  return bytes;
}

Base64Match match_base64(std::string_view text, std::string_view bytes) {
  std::size_t length = 0;
  bool equal = true;
  bool valid = decode(text, [&](char byte) {
    if (length >= bytes.size() || bytes[length] != byte) equal = false;
    ++length;
  });
  if (!valid) return Base64Match::kNotBase64;
  return equal && length == bytes.size() ? Base64Match::kEqual : Base64Match::kDifferent;
}

}  // namespace iamcheck
