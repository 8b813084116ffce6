// The rows of S7's table, each in both directions.
#include <string>

#include "catch.h"
#include "question.h"

using iamcheck::Context;
using iamcheck::question::compile;
using iamcheck::question::holds;
using iamcheck::question::single;

TEST_CASE("S7 StringEquals: exact, case-sensitive, wildcards are literal") {
  CHECK(holds("StringEquals", {"a*"}, single("a*")));
  CHECK_FALSE(holds("StringEquals", {"a*"}, single("ab")));
  CHECK_FALSE(holds("StringEquals", {"a?"}, single("ab")));
  CHECK_FALSE(holds("StringEquals", {"A"}, single("a")));
  CHECK(holds("StringEquals", {""}, single("")));
  CHECK(holds("StringNotEquals", {"a*"}, single("ab")));
  CHECK_FALSE(holds("StringNotEquals", {"a*"}, single("a*")));
}

TEST_CASE("S7 StringEqualsIgnoreCase: lower case on both sides, no folding") {
  CHECK(holds("StringEqualsIgnoreCase", {"ABc"}, single("aBC")));
  CHECK(holds("StringEqualsIgnoreCase", {"\u00C4RZTE"}, single("\u00E4rzte")));
  CHECK_FALSE(holds("StringEqualsIgnoreCase", {"abd"}, single("ABC")));
  CHECK_FALSE(holds("StringEqualsIgnoreCase", {"a*"}, single("AB")));
  CHECK_FALSE(holds("StringEqualsIgnoreCase", {"STRASSE"}, single("stra\u00DFe")));
  CHECK_FALSE(holds("StringNotEqualsIgnoreCase", {"ABC"}, single("abc")));
  CHECK(holds("StringNotEqualsIgnoreCase", {"STRASSE"}, single("stra\u00DFe")));
}

TEST_CASE("S7 StringEqualsIgnoreCase: variables, their defaults and escapes ignore case too") {
  Context context = single("HOME/\u00C4NNE");
  context.set("aws:username", "\u00E4nne");
  CHECK(holds("StringEqualsIgnoreCase", {"home/${AWS:UserName}"}, context));
  CHECK_FALSE(holds("StringEqualsIgnoreCase", {"away/${aws:username}"}, context));
  CHECK(holds("StringEqualsIgnoreCase", {"home/${aws:nobody, '\u00C4nne'}"}, context));
  CHECK(holds("StringEqualsIgnoreCase", {"X${*}"}, single("x*")));
  CHECK_FALSE(holds("StringEqualsIgnoreCase", {"X${*}"}, single("xy")));
}

TEST_CASE("S7 StringLike: wildcards over the whole text, case-sensitive") {
  CHECK(holds("StringLike", {"a*z"}, single("a:/\nz")));
  CHECK(holds("StringLike", {"a?c"}, single("abc")));
  CHECK_FALSE(holds("StringLike", {"a?c"}, single("ac")));
  CHECK_FALSE(holds("StringLike", {"a*"}, single("ba")));
  CHECK_FALSE(holds("StringLike", {"A*"}, single("ab")));
  CHECK(holds("StringNotLike", {"A*"}, single("ab")));
  CHECK_FALSE(holds("StringNotLike", {"a*"}, single("ab")));
}

TEST_CASE("S7 Numeric: exact decimals, the request stands on the left") {
  CHECK(holds("NumericEquals", {"10"}, single("10.0")));
  CHECK(holds("NumericEquals", {"1000"}, single("1e3")));
  CHECK_FALSE(holds("NumericEquals", {"9007199254740993"}, single("9007199254740992")));
  CHECK(holds("NumericNotEquals", {"0.1"}, single("0.1000000000000000055511151231257827")));
  CHECK_FALSE(holds("NumericNotEquals", {"0.1"}, single("0.10")));
  CHECK(holds("NumericLessThan", {"10"}, single("9.99")));
  CHECK_FALSE(holds("NumericLessThan", {"10"}, single("10")));
  CHECK(holds("NumericLessThanEquals", {"10"}, single("10.00")));
  CHECK_FALSE(holds("NumericLessThanEquals", {"10"}, single("10.01")));
  CHECK(holds("NumericGreaterThan", {"9"}, single("10")));
  CHECK_FALSE(holds("NumericGreaterThan", {"9"}, single("9")));
  CHECK(holds("NumericGreaterThanEquals", {"-1"}, single("-1")));
  CHECK_FALSE(holds("NumericGreaterThanEquals", {"-1"}, single("-1.1")));
}

TEST_CASE("S12 epoch unit: dates compare with seconds, not milliseconds") {
  CHECK(holds("DateEquals", {"2023-11-14T22:13:20Z"}, single("1700000000")));
  CHECK_FALSE(holds("DateEquals", {"2023-11-14T22:13:20Z"}, single("1700000000000")));
  CHECK(holds("DateLessThan", {"2023-11-15"}, single("1700000000")));
  CHECK_FALSE(holds("DateLessThan", {"2023-11-14"}, single("1700000000")));
}

TEST_CASE("S7 Date: instants, in every direction") {
  CHECK(holds("DateEquals", {"2023-11-14T22:13:20Z"}, single("2023-11-14T23:13:20+01:00")));
  CHECK_FALSE(holds("DateEquals", {"2023-11-14T22:13:20Z"}, single("2023-11-14T22:13:20+01:00")));
  CHECK(holds("DateNotEquals", {"2023-11"}, single("2023-11-02")));
  CHECK_FALSE(holds("DateNotEquals", {"2023-11"}, single("2023-11-01")));
  CHECK(holds("DateLessThanEquals", {"2023-11"}, single("2023-11-01T00:00Z")));
  CHECK_FALSE(holds("DateLessThanEquals", {"2023-11"}, single("2023-11-01T00:00:00.1Z")));
  CHECK(holds("DateGreaterThan", {"2023-11"}, single("2023-11-01T00:00:00.1Z")));
  CHECK_FALSE(holds("DateGreaterThan", {"2023-11"}, single("2023-11-01")));
  CHECK(holds("DateGreaterThanEquals", {"2023-11"}, single("2023-11-01")));
  CHECK_FALSE(holds("DateGreaterThanEquals", {"2023-11"}, single("2023-10-31")));
  CHECK(holds("DateLessThan", {"1970-01-02"}, single("2024")));  // [D] four digits are seconds
}

TEST_CASE("S7 Bool: true and false ignoring case, nothing else") {
  CHECK(holds("Bool", {"true"}, single("TRUE")));
  CHECK(holds("Bool", {"False"}, single("false")));
  CHECK_FALSE(holds("Bool", {"false"}, single("true")));
  CHECK_FALSE(holds("Bool", {"false"}, single("no")));
  CHECK_FALSE(holds("Bool", {"false"}, single("")));
  CHECK_FALSE(holds("Bool", {"1"}, single("true")));
  CHECK_FALSE(holds("Bool", {"yes"}, single("yes")));
}

TEST_CASE("S4.2 [D] Bool: variables are substituted") {
  Context context = single("True");
  context.set("aws:PrincipalTag/mfa", "true");
  CHECK(holds("Bool", {"${aws:PrincipalTag/MFA}"}, context));
  context.set("aws:PrincipalTag/mfa", "false");
  CHECK_FALSE(holds("Bool", {"${aws:PrincipalTag/mfa}"}, context));
  context.set("aws:PrincipalTag/mfa", "perhaps");
  CHECK_FALSE(holds("Bool", {"${aws:PrincipalTag/mfa}"}, context));
  context.set_absent("aws:PrincipalTag/mfa");
  CHECK_FALSE(holds("Bool", {"${aws:PrincipalTag/mfa}"}, context));
}

TEST_CASE("S12 BinaryEquals: bytes are compared, not texts") {
  CHECK(holds("BinaryEquals", {"QmluYXJ5"}, single("QmluYXJ5")));
  CHECK(holds("BinaryEquals", {"QQ=="}, single("QR==")));  // both stand for the byte `A`
  CHECK_FALSE(holds("BinaryEquals", {"QQ=="}, single("Qg==")));
  CHECK_FALSE(holds("BinaryEquals", {"QUJD"}, single("ABC")));
  CHECK_FALSE(holds("BinaryEquals", {"!"}, single("!")));
  CHECK_FALSE(holds("BinaryEquals", {"qq=="}, single("QQ==")));
}

TEST_CASE("S7 IpAddress: CIDR, host bits masked, families apart") {
  CHECK(holds("IpAddress", {"10.1.2.3/8"}, single("10.200.0.1")));
  CHECK_FALSE(holds("IpAddress", {"10.1.2.3/8"}, single("11.1.2.3")));
  CHECK(holds("IpAddress", {"192.0.2.1"}, single("192.0.2.1")));
  CHECK_FALSE(holds("IpAddress", {"192.0.2.1"}, single("192.0.2.2")));
  CHECK(holds("IpAddress", {"2001:DB8::/32"}, single("2001:db8:0::1")));
  CHECK_FALSE(holds("IpAddress", {"2001:DB8::/32"}, single("2001:db9::1")));
  CHECK(holds("IpAddress", {"2001:db8::1"}, single("2001:0db8:0:0:0:0:0:1")));
  CHECK_FALSE(holds("IpAddress", {"0.0.0.0/0"}, single("2001:db8::1")));
  CHECK_FALSE(holds("NotIpAddress", {"10.0.0.0/8"}, single("10.0.0.1")));
  CHECK(holds("NotIpAddress", {"10.0.0.0/8"}, single("192.0.2.1")));
  // S11 row 14: an address of the other family is not in the block, with or without a prefix.
  CHECK(holds("NotIpAddress", {"192.0.2.1"}, single("2001:db8::1")));
  CHECK(holds("NotIpAddress", {"192.0.2.1/32"}, single("2001:db8::1")));
}

TEST_CASE("S12 ArnLike: part by part, the sixth runs to the end, case-sensitive") {
  for (const char* name : {"ArnLike", "ArnEquals"}) {
    CAPTURE(name);
    CHECK(holds(name, {"arn:aws:sns:*:111122223333:t*"},
                single("arn:aws:sns:eu-1:111122223333:t:x")));
    CHECK(holds(name, {"*:a?s:*:*:*:*"}, single("arn:aws:s3:::b/k")));
    // A `*` stays within its part: S6.1's crossing does not apply here.
    CHECK_FALSE(holds(name, {"arn:aws:sns:*:x"}, single("arn:aws:sns:eu-1:111122223333:x")));
    CHECK_FALSE(holds(name, {"arn:aws:s*:::t"}, single("arn:aws:sns:eu-1:111122223333:t")));
    CHECK_FALSE(holds(name, {"arn:AWS:sns:*:*:*"}, single("arn:aws:sns:eu-1:111122223333:t")));
    CHECK_FALSE(holds(name, {"arn:aws:sns:*:*:T"}, single("arn:aws:sns:eu-1:111122223333:t")));
  }
  for (const char* name : {"ArnNotLike", "ArnNotEquals"}) {
    CAPTURE(name);
    CHECK(holds(name, {"arn:aws:sns:*:*:T"}, single("arn:aws:sns:eu-1:111122223333:t")));
    CHECK_FALSE(holds(name, {"arn:aws:sns:*:*:*"}, single("arn:aws:sns:eu-1:111122223333:t")));
  }
}

TEST_CASE("S4.5 ArnLike: parts are split before variables are substituted") {
  Context context = single("arn:aws:iam::111122223333:user/a:b");
  context.set("aws:username", "a:b");
  CHECK(holds("ArnLike", {"arn:aws:iam::111122223333:user/${aws:username}"}, context));
  context.set("aws:username", "a*");  // a substituted wildcard is literal
  CHECK_FALSE(holds("ArnLike", {"arn:aws:iam::111122223333:user/${aws:username}"}, context));
  // A colon in a value of an early part does not shift the parts.
  Context shifted = single("arn:aws:iam::111122223333:user/x");
  shifted.set("aws:username", ":111122223333");
  CHECK_FALSE(holds("ArnLike", {"arn:aws:iam:${aws:username}:user/x"}, shifted));
}

TEST_CASE("S4.1, S4.2: without variables `${...}` is plain text") {
  Context context = single("${aws:username}");
  context.set("aws:username", "anne");
  auto old_version = compile("StringEquals", {"${aws:username}"}, false);
  auto new_version = compile("StringEquals", {"${aws:username}"}, true);
  CHECK(old_version.evaluate(context) == iamcheck::Truth::kTrue);
  CHECK(new_version.evaluate(context) == iamcheck::Truth::kFalse);
  context.set("k", "anne");
  CHECK(old_version.evaluate(context) == iamcheck::Truth::kFalse);
  CHECK(new_version.evaluate(context) == iamcheck::Truth::kTrue);
  // Families without variables read the text as it stands, and it is of the wrong type.
  context.set("limit", "5");
  context.set("k", "5");
  CHECK_FALSE(holds("NumericEquals", {"${limit}"}, context));
}

TEST_CASE("S4.5: `${*}`, `${?}` and `${$}` are literal characters") {
  CHECK(holds("StringLike", {"a${*}b"}, single("a*b")));
  CHECK_FALSE(holds("StringLike", {"a${*}b"}, single("axb")));
  CHECK(holds("StringLike", {"a${?}"}, single("a?")));
  CHECK_FALSE(holds("StringLike", {"a${?}"}, single("ab")));
  CHECK(holds("StringEquals", {"${$}{x}"}, single("${x}")));
  CHECK_FALSE(holds("StringEquals", {"${$}{x}"}, single("x")));
}
