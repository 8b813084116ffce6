#include "base64.h"

#include <cstddef>

namespace iamcheck::oracle {

std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && !text.empty() && text.back() == '=') {
    text.remove_suffix(1);
    ++padding;
  }
  std::string bits;
  for (const char c : text) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    for (std::size_t i = 6; i-- > 0;) bits.push_back(((value >> i) & 1U) != 0 ? '1' : '0');
  }
  std::string bytes;
  for (std::size_t at = 0; at + 8 <= bits.size(); at += 8) {
    bytes.push_back(static_cast<char>(std::stoi(bits.substr(at, 8), nullptr, 2)));
  }
  return bytes;
}

}  // namespace iamcheck::oracle
