#include "text/letter_case.h"

#include <string>

#include "catch.h"

using iamcheck::lowers_to;
using iamcheck::to_lower;

TEST_CASE("S7 IgnoreCase: letters of every script with case become lower case") {
  CHECK(to_lower("AZaz09-_/") == "azaz09-_/");
  CHECK(to_lower("\u00C0\u00D6\u00D8\u00DE") == "\u00E0\u00F6\u00F8\u00FE");  // Latin-1
  CHECK(to_lower("\u0100\u012E\u0178\u017D") == "\u0101\u012F\u00FF\u017E");  // Latin Extended
  CHECK(to_lower("\u0391\u03A9\u0386") == "\u03B1\u03C9\u03AC");              // Greek
  CHECK(to_lower("\u0416\u042F\u0401") == "\u0436\u044F\u0451");              // Cyrillic
  CHECK(to_lower("\u0531\u10A0\u1E9E") == "\u0561\u2D00\u00DF");      // Armenian, Georgian, sharp s
  CHECK(to_lower("\U00010400\U0001E921") == "\U00010428\U0001E943");  // beyond the first plane
}

TEST_CASE("S7 IgnoreCase: what is lower case, or has no case, stays") {
  for (const char* text : {"\u00D7", "\u00DF", "\u0131", "\u00E9", "\u6771\u4EAC", "e\u0301",
                           "\u0101", "\U0001F600"}) {
    CAPTURE(text);
    CHECK(to_lower(text) == text);
  }
}

TEST_CASE("S7 IgnoreCase: no full case folding and no normalization") {
  CHECK_FALSE(lowers_to("STRASSE", "stra\u00DFe"));
  CHECK_FALSE(lowers_to("\u00C9", "e\u0301"));
  CHECK_FALSE(lowers_to("\u03A3", "\u03C2"));  // final sigma
}

TEST_CASE("lower case: bytes that are no UTF-8 stay as they are") {
  for (const std::string& text :
       {std::string("\xff\xfe"), std::string("\xc3"), std::string("\xe2\x82"),
        std::string("\xed\xa0\x80"), std::string("\xc0\x80"), std::string("\xf5\x80\x80\x80"),
        std::string("\x80\xbf")}) {
    CHECK(to_lower(text) == text);
    CHECK(lowers_to(text, text));
  }
  CHECK(to_lower("A\xc3") == "a\xc3");
}

TEST_CASE("lower case: comparing and hashing agree with building the text") {
  const std::string texts[] = {"",
                               "a",
                               "A",
                               "Ab",
                               "ab ",
                               "\u00C4b",
                               "\u00E4b",
                               "\xff"
                               "A",
                               "\u0130",
                               "i"};
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      CAPTURE(a, b);
      CHECK(lowers_to(a, to_lower(b)) == (to_lower(a) == to_lower(b)));
      if (to_lower(a) == to_lower(b)) CHECK(iamcheck::hash_lower(a) == iamcheck::hash_lower(b));
    }
  }
}
