#pragma once

// Checksums that vendors put into their tokens, so that a made-up token can be told offline.

#include <string_view>

namespace iamcheck {

/// Whether the last six characters are the CRC-32 (IEEE 802.3) of those before, in base 62 with the
/// digits 0-9A-Za-z and zeros on the left. Source: GitHub's engineering blog, "Behind GitHub's new
/// authentication token formats" (2021); npm uses the same. `body` is the token without its prefix.
bool ends_in_crc32_base62(std::string_view body);

/// Whether the last eight characters are the CRC-32 of those before as hexadecimal digits of either
/// case, the way Atlassian's tokens end. Source: the checks of Samsung's CredSweeper.
bool ends_in_crc32_hex(std::string_view value);

/// The same with the bytes of the checksum in the opposite order, after `_`: Grafana's service
/// account tokens, whose sum covers all before that `_`.
bool ends_in_swapped_crc32_hex(std::string_view value);

/// Whether the last seven characters are the CRC-32 of those before in base 36 with small letters.
/// Source: GitLab documentation, "Routable tokens".
bool ends_in_crc32_base36(std::string_view value);

}  // namespace iamcheck
