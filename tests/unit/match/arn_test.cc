#include "iamcheck/arn.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"

using iamcheck::Arn;
using iamcheck::split_arn;
using Parts = std::vector<std::string_view>;

TEST_CASE("an ARN has six parts and the sixth keeps its colons") {
  const auto arn = Arn::parse("arn:aws:logs:eu-west-1:111122223333:log-group:/a:*");
  REQUIRE(arn);
  CHECK(arn->partition == "aws");
  CHECK(arn->service == "logs");
  CHECK(arn->region == "eu-west-1");
  CHECK(arn->account == "111122223333");
  CHECK(arn->resource == "log-group:/a:*");
  CHECK(Arn::parse("arn:::::"));
  CHECK(Arn::parse("arn:aws:s3:::b")->region.empty());
}

TEST_CASE("fewer parts or another beginning are no ARN") {
  for (const char* text : {"", "*", "arn", "arn:", "arn:aws:s3", "arn:aws:s3::b", "ARN:aws:s3:::b",
                           "xarn:aws:s3:::b", " arn:aws:s3:::b", "aws:s3:::b:c"}) {
    INFO(text);
    CHECK_FALSE(Arn::parse(text));
  }
}

TEST_CASE("S4.5: a policy ARN is split outside variables") {
  CHECK(split_arn("arn:aws:s3:::${aws:username}/x:y", true) ==
        Parts{"arn", "aws", "s3", "", "", "${aws:username}/x:y"});
  CHECK(split_arn("arn:aws:s3:${aws:x}::b", true) ==
        Parts{"arn", "aws", "s3", "${aws:x}", "", "b"});
  CHECK(split_arn("arn:aws:s3:${aws:x, 'a}:b'}::b", true) ==
        Parts{"arn", "aws", "s3", "${aws:x, 'a}:b'}", "", "b"});
  CHECK(split_arn("arn:${a:b}", true) == Parts{"arn", "${a:b}"});
}

TEST_CASE("S4.1: in Version 2008-10-17 the colon of a variable separates") {
  CHECK(split_arn("arn:aws:s3:${aws:x}::b", false) ==
        Parts{"arn", "aws", "s3", "${aws", "x}", ":b"});
}

TEST_CASE("S4.7: an unterminated variable does not hide colons") {
  CHECK(split_arn("arn:aws:${s3:::b", true) == Parts{"arn", "aws", "${s3", "", "", "b"});
}

TEST_CASE("a short text gives fewer parts") {
  CHECK(split_arn("", true) == Parts{""});
  CHECK(split_arn("*", true) == Parts{"*"});
  CHECK(split_arn("arn:aws:s3", true) == Parts{"arn", "aws", "s3"});
  CHECK(split_arn("arn:", true) == Parts{"arn", ""});
}
