#pragma once

// SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), for baselines. One hash is no reason to make
// every wheel carry a cryptographic library; the vectors of both standards are tests.

#include <array>
#include <cstdint>
#include <string_view>

namespace iamcheck {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::string_view bytes);
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace iamcheck
