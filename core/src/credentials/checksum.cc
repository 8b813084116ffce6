#include "credentials/checksum.h"

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "text/ascii.h"

namespace iamcheck {
namespace {

std::uint32_t crc32_of(std::string_view text) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
}

std::string digits_of(std::uint32_t number, std::string_view digits, std::size_t width) {
  std::string text(width, digits[0]);
  for (std::size_t i = width; i-- > 0; number /= static_cast<std::uint32_t>(digits.size())) {
    text[i] = digits[number % digits.size()];
  }
  return text;
}

constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kBase16 = "0123456789abcdef";

}  // namespace

bool ends_in_crc32_base62(std::string_view body) {
  if (body.size() < 7) return false;
  const std::string_view covered = body.substr(0, body.size() - 6);
  return body.substr(covered.size()) == digits_of(crc32_of(covered), kBase62, 6);
}

bool ends_in_crc32_hex(std::string_view value) {
  if (value.size() < 9) return false;
  const std::string_view covered = value.substr(0, value.size() - 8);
  return ascii_lower(value.substr(covered.size())) == digits_of(crc32_of(covered), kBase16, 8);
}

bool ends_in_swapped_crc32_hex(std::string_view value) {
  if (value.size() < 10 || value[value.size() - 9] != '_') return false;
  const std::string_view covered = value.substr(0, value.size() - 9);
  const std::uint32_t sum = crc32_of(covered);
  const std::uint32_t swapped =
      sum >> 24 | (sum >> 8 & 0xFF00u) | (sum << 8 & 0xFF0000u) | sum << 24;
  return ascii_lower(value.substr(covered.size() + 1)) == digits_of(swapped, kBase16, 8);
}

bool ends_in_crc32_base36(std::string_view value) {
  if (value.size() < 8) return false;
  const std::string_view covered = value.substr(0, value.size() - 7);
  return value.substr(covered.size()) == digits_of(crc32_of(covered), kBase36, 7);
}

}  // namespace iamcheck
