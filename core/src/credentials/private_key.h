#pragma once

// The structure of private keys in text: PEM (RFC 7468, RFC 1421 headers, OpenSSH, PGP) and PuTTY.
//
// Keys stand in source code with line ends written as `\n`, lines in quotes, joined by `+`, or
// behind the prefix of a log. So the reader looks for base64 between the BEGIN and the END line and
// skips what stands between the lines.

#include <cstddef>
#include <string>
#include <string_view>

namespace iamcheck {

struct PrivateKeyBlock {
  bool complete = false;   ///< enough of a body, and its first bytes are those of a private key
  bool encrypted = false;  ///< useless without a passphrase
  std::size_t end = 0;     ///< behind the END line, or behind the body where that is cut off
  std::string body;        ///< the first letters of the base64, for redaction
};

/// Reads the block whose BEGIN line starts at `begin` and ends at `header_end`.
PrivateKeyBlock read_pem_private_key(std::string_view text, std::size_t begin,
                                     std::size_t header_end);

/// Reads a PuTTY key file; `begin` is at `PuTTY-User-Key-File-`.
PrivateKeyBlock read_putty_private_key(std::string_view text, std::size_t begin);

}  // namespace iamcheck
