// The checksums at the ends of tokens. The check value of CRC-32 for the nine digits is CBF43926
// (RFC 3720, and every catalogue of CRCs).
#include "credentials/checksum.h"

#include <string>

#include "catch.h"

namespace {
const std::string kDigits = "123456789";
}

TEST_CASE("a checksum of a token is the CRC-32 of what stands before it") {
  CHECK(iamcheck::ends_in_crc32_hex(kDigits + "CBF43926"));
  CHECK(iamcheck::ends_in_crc32_hex(kDigits + "cbf43926"));
  CHECK(iamcheck::ends_in_swapped_crc32_hex(kDigits + "_2639f4cb"));
  CHECK(iamcheck::ends_in_crc32_base62(kDigits + "3jZRME"));
  CHECK(iamcheck::ends_in_crc32_base36(kDigits + "1kl8mjq"));
}

TEST_CASE("a checksum of a token fails when any character differs") {
  CHECK_FALSE(iamcheck::ends_in_crc32_hex("123456788CBF43926"));
  CHECK_FALSE(iamcheck::ends_in_crc32_hex(kDigits + "2639f4cb"));
  CHECK_FALSE(iamcheck::ends_in_swapped_crc32_hex(kDigits + "_cbf43926"));
  CHECK_FALSE(iamcheck::ends_in_crc32_base62(kDigits + "3jZRMe"));  // its digits have a case
  CHECK_FALSE(iamcheck::ends_in_crc32_base36(kDigits + "1KL8MJQ"));
}

TEST_CASE("texts too short for a checksum have none") {
  for (std::size_t size = 0; size < 7; ++size) {
    const std::string text(size, '0');
    CHECK_FALSE(iamcheck::ends_in_crc32_hex(text));
    CHECK_FALSE(iamcheck::ends_in_swapped_crc32_hex(text));
    CHECK_FALSE(iamcheck::ends_in_crc32_base62(text));
    CHECK_FALSE(iamcheck::ends_in_crc32_base36(text));
  }
}
