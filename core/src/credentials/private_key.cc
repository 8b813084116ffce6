#include "credentials/private_key.h"

#include <algorithm>

#include "credentials/encoding.h"
#include "text/base64.h"

namespace iamcheck {
namespace {

// A 16384-bit RSA key is 12 KiB of base64; quotes and prefixes may double that.
constexpr std::size_t kMostBody = 32768;
constexpr std::size_t kLeastBase64 = 64;
constexpr std::size_t kKeptBase64 = 4096;

std::string_view line_at(std::string_view text, std::size_t at) {
  return text.substr(at, text.find_first_of("\r\n", at) - at);
}

// RFC 7468 keys are DER: a SEQUENCE whose length fits what follows. 30 82 is `MII`, 30 81 `MIG`..,
// short Ed25519 and EC keys start with 30 2E .. 30 7F. The length must not be above what is there,
// as far as the body was kept.
bool is_der_sequence(std::string_view bytes) {
  if (bytes.size() < 4 || bytes[0] != 0x30) return false;
  auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i]));
  };
  std::size_t length = byte(1);
  std::size_t header = 2;
  if (length == 0x81) {
    length = byte(2);
    header = 3;
  } else if (length == 0x82) {
    length = byte(2) << 8 | byte(3);
    header = 4;
  } else if (length > 0x7F) {
    return false;
  }
  // Inside: a version (02 01 xx) or, in an encrypted key, an algorithm (30).
  bool plausible = bytes[header] == 0x02 || bytes[header] == 0x30;
  bool kept_whole = bytes.size() < kKeptBase64 * 3 / 4;
  return plausible && length >= 32 && (!kept_whole || header + length <= bytes.size() + 2);
}

struct KeyLetters {
  std::string base64;   // the first kKeptBase64 letters
  std::size_t end = 0;  // behind the last letter of the key, also one that was not kept
};

// Runs of base64 are lines of the key when they are long, or the last one. Headers (`Proc-Type:
// ...`) and log prefixes are made of shorter words, and the base64 of a short line is short as
// well: the run counts when it is followed by no colon and is at least 20 letters, or follows such
// a one.
KeyLetters read_key_letters(std::string_view body) {
  KeyLetters letters;
  bool in_body = false;
  for (std::size_t at = 0; at < body.size();) {
    if (body[at] == '\\' && at + 1 < body.size()) {  // `\n`: the letter is no base64
      // Each further level of strings doubles the backslashes: `\\\\n`.
      while (at < body.size() && body[at] == '\\') ++at;
      if (at < body.size() && body[at] != '/') ++at;
      continue;
    }
    std::size_t end = at;
    while (end < body.size() && (is_base64_letter(body[end]) || body[end] == '=')) ++end;
    if (end == at) {
      ++at;
      continue;
    }
    std::size_t length = end - at;
    bool counts = length >= 20 || (in_body && length >= 2);
    if (end < body.size() && body[end] == ':') counts = false;
    if (length >= 20) in_body = true;
    if (counts) {
      if (letters.base64.size() < kKeptBase64) letters.base64 += body.substr(at, length);
      letters.end = end;
    }
    at = end;
  }
  letters.base64.resize(std::min(letters.base64.size(), kKeptBase64));
  return letters;
}

}  // namespace

PrivateKeyBlock read_pem_private_key(std::string_view text, std::size_t begin,
                                     std::size_t header_end) {
  PrivateKeyBlock block;
  std::string_view header = text.substr(begin, header_end - begin);
  std::string_view body = text.substr(header_end, kMostBody);
  // The next line of dashes ends the body: END, or the BEGIN of another key when this one was cut
  // off.
  body = body.substr(0, body.find("-----"));
  bool ended = text.substr(header_end + body.size()).starts_with("-----END");

  KeyLetters letters_of_key = read_key_letters(body);
  block.body = std::move(letters_of_key.base64);

  block.encrypted = header.find("ENCRYPTED") != header.npos || body.find("ENCRYPTED") != body.npos;
  block.end = header_end + letters_of_key.end;
  if (ended) {
    std::size_t end_line = header_end + body.size();
    std::size_t dashes = line_at(text.substr(0, end_line + 80), end_line).find("-----", 8);
    block.end = end_line + (dashes == std::string_view::npos ? 8 : dashes + 5);
  }

  std::string_view letters = block.body;
  letters = letters.substr(0, letters.find('='));
  if (letters.size() < kLeastBase64 || entropy_of(letters) < 3.5) return block;
  if (header.find("PGP") != header.npos || header.find("SSH2") != header.npos) {
    block.complete = true;
    return block;
  }
  if (letters.size() % 4 == 1) letters.remove_suffix(1);
  auto bytes = decode_base64_leniently(letters);
  if (!bytes) return block;
  constexpr std::string_view kOpenSsh("openssh-key-v1\0", 15);
  if (bytes->starts_with(kOpenSsh)) {
    // The name of the cipher follows: a length of four bytes, then `none` or `aes256-ctr`.
    block.encrypted = bytes->substr(15, 8) != std::string_view("\0\0\0\4none", 8);
    block.complete = true;
  } else {
    // A body encrypted after RFC 1421 is noise, not DER.
    block.complete = is_der_sequence(*bytes) || body.find("DEK-Info") != body.npos;
  }
  return block;
}

PrivateKeyBlock read_putty_private_key(std::string_view text, std::size_t begin) {
  PrivateKeyBlock block;
  std::string_view body = text.substr(begin, kMostBody);
  body = body.substr(0, body.find("PuTTY-User-Key-File-", 1));
  std::size_t lines = body.find("Private-Lines:");
  std::size_t mac = body.find("Private-MAC:");
  if (lines == body.npos || mac == body.npos || mac < lines) return block;
  std::size_t encryption = body.find("Encryption:");
  if (encryption == body.npos || encryption > lines) return block;
  std::string_view cipher = line_at(body, encryption + 11);
  block.encrypted = cipher.find("none") == cipher.npos;
  for (char c : body.substr(lines + 14, mac - lines - 14)) {
    if (is_base64_letter(c) && block.body.size() < kKeptBase64) block.body += c;
  }
  std::size_t digits = 0;
  std::size_t at = mac + 12;
  while (at < body.size() && body[at] == ' ') ++at;
  while (at + digits < body.size() && is_hex_digit(body[at + digits])) ++digits;
  block.end = begin + at + digits;
  block.complete = block.body.size() >= 40 && digits >= 40;
  return block;
}

}  // namespace iamcheck
