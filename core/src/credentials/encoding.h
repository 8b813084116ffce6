#pragma once

// The encodings that credentials come in, read leniently: what is asked here is not "is this well
// formed" but "what would this be".

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

bool is_alphanumeric(char c);
/// `A-Z a-z 0-9 + /`.
bool is_base64_letter(char c);
bool is_hex_digit(char c);

/// The AWS account number in the 16 characters behind the prefix of a key id or unique id.
///
/// The characters are base32 (A-Z2-7). The top bit of the first tells the generation: when it is
/// set, bits 1 to 40 hold the account (published by Aidan Steele in 2020 and by WithSecure since).
struct KeyIdContent {
  bool base32 = false;  ///< only characters that AWS uses
  bool new_generation = false;
  std::uint64_t account = 0;  ///< only of a new generation; above 999,999,999,999 it cannot be real
};
KeyIdContent decode_key_id(std::string_view sixteen);

/// Shannon entropy in bits a character.
double entropy_of(std::string_view text);

/// FNV-1a, 64 bits: how the binary knows documented values without holding them.
constexpr std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3u;
  }
  return hash;
}

/// A run of base64 letters in which some are escaped: `\/` as PHP writes JSON, `\u002f`, `%2F` in
/// URLs. `text` is what is meant; `ends[i]` is where its letter `i` ends in the raw text.
struct EscapedRun {
  std::string text;
  std::vector<std::uint32_t> ends;
};
EscapedRun read_escaped_run(std::string_view raw, std::size_t limit);

}  // namespace iamcheck
