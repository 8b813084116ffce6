#include "credentials/encoding.h"

#include <array>
#include <cmath>

namespace iamcheck {
namespace {

std::uint32_t hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  return static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
}

// The character that an escape at the start of `raw` stands for, and its length; 0 for no escape.
std::size_t read_escape(std::string_view raw, char& meant) {
  if (raw.starts_with("\\/")) {
    meant = '/';
    return 2;
  }
  std::size_t digits = 0;
  if (raw.starts_with("\\u00") || raw.starts_with("\\U00")) digits = 4;
  if (raw.starts_with("%")) digits = 1;
  if (digits == 0 || raw.size() < digits + 2) return 0;
  if (!is_hex_digit(raw[digits]) || !is_hex_digit(raw[digits + 1])) return 0;
  meant = static_cast<char>(hex_digit(raw[digits]) << 4 | hex_digit(raw[digits + 1]));
  return is_base64_letter(meant) || meant == '=' ? digits + 2 : 0;
}

}  // namespace

bool is_alphanumeric(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_base64_letter(char c) { return is_alphanumeric(c) || c == '+' || c == '/'; }

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

KeyIdContent decode_key_id(std::string_view sixteen) {
  KeyIdContent content;
  content.base32 = sixteen.size() >= 16;
  std::uint64_t first_48_bits = 0;
  for (std::size_t i = 0; i < sixteen.size(); ++i) {
    char c = sixteen[i];
    std::uint64_t digit = 0;
    if (c >= 'A' && c <= 'Z') {
      digit = static_cast<std::uint64_t>(c - 'A');
    } else if (c >= '2' && c <= '7') {
      digit = static_cast<std::uint64_t>(c - '2') + 26;
    } else {
      content.base32 = false;
    }
    // Ten digits are 50 bits; the last two of them are not needed.
    if (i < 9) first_48_bits = first_48_bits << 5 | digit;
    if (i == 9) first_48_bits = first_48_bits << 3 | digit >> 2;
  }
  if (!content.base32) return content;
  content.new_generation = (first_48_bits >> 47 & 1) != 0;
  if (content.new_generation) content.account = (first_48_bits & 0x7fffffffff80u) >> 7;
  return content;
}

double entropy_of(std::string_view text) {
  if (text.empty()) return 0;
  std::array<std::uint32_t, 256> counts{};
  for (char c : text) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  for (std::uint32_t count : counts) {
    if (count == 0) continue;
    double share = static_cast<double>(count) / static_cast<double>(text.size());
    bits -= share * std::log2(share);
  }
  return bits;
}

EscapedRun read_escaped_run(std::string_view raw, std::size_t limit) {
  EscapedRun run;
  for (std::size_t at = 0; at < raw.size() && run.text.size() < limit;) {
    char meant = raw[at];
    std::size_t length = 1;
    if (!is_base64_letter(meant) && meant != '=') {
      length = read_escape(raw.substr(at), meant);
      if (length == 0) break;
    }
    at += length;
    run.text += meant;
    run.ends.push_back(static_cast<std::uint32_t>(at));
  }
  return run;
}

}  // namespace iamcheck
