#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/policy.h"

using iamcheck::parse_policy;

TEST_CASE("canonical print has grammar order, two spaces and one value a line") {
  auto policy = parse_policy(
      "p", R"({"Statement": [{"Resource": "*", "Action": ["s3:GetObject", "s3:PutObject"],
      "Condition": {"Bool": {"aws:SecureTransport": true}}, "Effect": "Allow", "Sid": "A"}], "Version": "2012-10-17"})");
  REQUIRE(policy);
  CHECK(iamcheck::print(*policy) == R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "A",
      "Effect": "Allow",
      "Action": [
        "s3:GetObject",
        "s3:PutObject"
      ],
      "Resource": "*",
      "Condition": {
        "Bool": {
          "aws:SecureTransport": "true"
        }
      }
    }
  ]
}
)");
}

TEST_CASE("parse(print(p)) equals p, whatever p is") {
  const std::vector<std::string> policies = {
      "{}",
      R"({"Statement": []})",
      R"({"Statement": "x"})",
      R"({"Statement": {}})",
      R"({"Version": "2012-10-17", "Id": "i", "Statement": {"Effect": "allow", "NotAction": [], "NotResource": "*"}})",
      R"({"Statement": [{"Principal": "*"}, {"Principal": {"AWS": "*"}}, {"Principal": "arn:x"}, {"Principal": {}}]})",
      R"({"Statement": {"NotPrincipal": {"AWS": ["1", "*"], "Service": "s", "Odd": "o", "CanonicalUser": ["c"]}}})",
      R"({"Statement": {"Condition": {"StringLike": {"a": ["x", 1, true], "b": []}, "stringlike": {"a": "y"}, "Null": {}}}})",
      R"({"Statement": {"Condition": {"StringLike": 1}}})",
      R"({"Statement": {"Sid": "\u00e9\ud83d\ude00\"\\\n", "Action": "\u0000"}})",
      R"({"Statement": [1, {"Action": [1, "a:b"]}, {"Effect": 1}]})",
      R"({"Statement": {"Effect": "Deny", "Effect": "Allow"}, "Statement": {"Effect": "Deny"}})",
  };
  for (const std::string& text : policies) {
    INFO(text);
    auto first = parse_policy("p", text);
    REQUIRE(first);
    std::string printed = iamcheck::print(*first);
    auto second = parse_policy("q", printed);
    REQUIRE(second);
    CHECK(iamcheck::same_policy(*first, *second));
    CHECK(iamcheck::print(*second) == printed);
  }
}

TEST_CASE("a type of principal that is no type is never printed as a function of CloudFormation") {
  for (const std::string type : {"Fn::Other", "Ref"}) {
    const auto policy = parse_policy(
        "p.json", R"({"Statement": [{"Principal": {"AWS": {}, ")" + type + R"(": ["x"]}}]})");
    REQUIRE(policy);
    const auto again = parse_policy("again.json", print(*policy));
    REQUIRE(again);
    CHECK(same_policy(*policy, *again));
    CHECK(print(*again) == print(*policy));
  }
}

TEST_CASE("policies that differ are not the same") {
  auto same = [](const std::string& a, const std::string& b) {
    return iamcheck::same_policy(*parse_policy("a", a), *parse_policy("b", b));
  };
  CHECK(same(R"({"Statement": {"Action": "a:b"}})", R"({"Statement": [{"Action": ["a:b"]}]})"));
  CHECK_FALSE(
      same(R"({"Statement": {"Action": "a:b"}})", R"({"Statement": {"NotAction": "a:b"}})"));
  CHECK_FALSE(same(R"({"Statement": {"Action": "a:b"}})", R"({"Statement": {"Action": "a:B"}})"));
  CHECK_FALSE(same(R"({"Statement": {}})", R"({"Statement": {"Condition": 1}})"));
  CHECK_FALSE(same(R"({"Statement": {"Principal": {"AWS": "x"}}})",
                   R"({"Statement": {"Principal": {"Service": "x"}}})"));
}
