#include "text/base64.h"

#include "catch.h"

using iamcheck::Base64Match;
using iamcheck::decode_base64;
using iamcheck::decode_base64_leniently;
using iamcheck::match_base64;

TEST_CASE("RFC 4648 section 10: the test vectors decode") {
  CHECK(decode_base64("") == "");
  CHECK(decode_base64("Zg==") == "f");
  CHECK(decode_base64("Zm8=") == "fo");
  CHECK(decode_base64("Zm9v") == "foo");
  CHECK(decode_base64("Zm9vYg==") == "foob");
  CHECK(decode_base64("Zm9vYmE=") == "fooba");
  CHECK(decode_base64("Zm9vYmFy") == "foobar");
  CHECK(decode_base64("+/+/") == "\xfb\xff\xbf");
}

TEST_CASE("RFC 4648: what is not base64 is refused") {
  const char* text = GENERATE("Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9v\n", "Zm 9", "-_-_",
                              "Z=9v", "=m9v", "Zm9vY", "Zm9v====");
  CAPTURE(text);
  CHECK_FALSE(decode_base64(text).has_value());
  CHECK(match_base64(text, "foo") == Base64Match::kNotBase64);
}

TEST_CASE("RFC 4648 section 3.5: unused bits do not count, bytes do") {
  CHECK(decode_base64("QQ==") == "A");
  CHECK(decode_base64("QR==") == "A");
  CHECK(match_base64("QR==", "A") == Base64Match::kEqual);
  CHECK(match_base64("QQ==", "B") == Base64Match::kDifferent);
  CHECK(match_base64("QQ==", "AA") == Base64Match::kDifferent);
  CHECK(match_base64("QUE=", "A") == Base64Match::kDifferent);
}

TEST_CASE("lenient base64: padding may be missing or short, and both alphabets are read") {
  CHECK(decode_base64_leniently("") == "");
  CHECK(decode_base64_leniently("Zg") == "f");
  CHECK(decode_base64_leniently("Zg=") == "f");
  CHECK(decode_base64_leniently("Zm9vYg==") == "foob");
  CHECK(decode_base64_leniently("+/+/") == "\xfb\xff\xbf");
  CHECK(decode_base64_leniently("-_-_") == "\xfb\xff\xbf");
}

TEST_CASE("lenient base64: a foreign character or a length no encoder writes is refused") {
  const char* text = GENERATE("Z", "Zm9vY", "Z===", "Zm 9", "Z=9v", "Zm9v\n", "Zm9.", "\x80\x80");
  CAPTURE(text);
  CHECK_FALSE(decode_base64_leniently(text).has_value());
}
