// What would have to be different, and that it was tried.
#include "asked.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

std::string allow_if(const std::string& condition) {
  return R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": )" + condition +
         "}";
}

std::string nearest_of(const Asked& asked) {
  std::string text;
  for (const StatementNote& note : asked.explained().nearest)
    text += (text.empty() ? "" : " | ") + note.text;
  return text;
}

std::string miss_by(const std::string& condition) {
  return nearest_of(Asked(kAlice, "s3:GetObject").identity(allow_if(condition)));
}

}  // namespace

TEST_CASE("nearest miss: a single condition is told in words") {
  CHECK(miss_by(R"({"Bool": {"aws:MultiFactorAuthPresent": "true"}})") ==
        "would be allowed if `aws:MultiFactorAuthPresent` were `true`");
  CHECK(miss_by(R"({"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"]}})") ==
        "would be allowed if `aws:SourceIp` were in `10.0.0.0/8` or `192.0.2.0/24`");
  CHECK(miss_by(R"({"StringLike": {"aws:PrincipalTag/team": ["a", "b", "c", "d", "e"]}})") ==
        "would be allowed if `aws:PrincipalTag/team` were like `a`, `b`, `c` or one of 2 more");
  CHECK(miss_by(R"({"Null": {"aws:TokenIssueTime": "false"}})") ==
        "would be allowed if `aws:TokenIssueTime` were present");
  CHECK(miss_by(R"({"ForAnyValue:StringEquals": {"aws:TagKeys": "x"}})") ==
        "would be allowed if some of `aws:TagKeys` were `x`");
  CHECK(miss_by(R"({"NumericLessThan": {"s3:max-keys": "10"}})") ==
        "would be allowed if `s3:max-keys` were below `10`");
}

TEST_CASE("nearest miss: a Deny by a condition is told the other way round") {
  Asked asked = Asked(kAlice, "s3:GetObject").identity(kAllowAll).identity(R"({"Effect": "Deny",
      "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}})");
  CHECK(nearest_of(asked) == "would be allowed if `aws:RequestedRegion` were `eu-west-1`");
  // A second Deny stays, so lifting the first changes nothing.
  CHECK(nearest_of(asked.identity(kDenyAll)).empty());
}

TEST_CASE("nearest miss: the part of the resource that is to blame is named") {
  const Asked asked = Asked(kAlice, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q")
                          .identity(R"({"Effect": "Allow", "Action": "sqs:*",
                        "Resource": "arn:aws:sqs:us-east-1:111122223333:q"})");
  CHECK(nearest_of(asked) == "would be allowed if the resource's region were `us-east-1`");
}

TEST_CASE("nearest miss: what two elements or another layer keep away is none") {
  CHECK(miss_by(R"({"Bool": {"aws:MultiFactorAuthPresent": "true"},
                    "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})")
            .empty());
  const Asked bounded =
      Asked(kAlice, "s3:GetObject")
          .identity(allow_if(R"({"Bool": {"aws:MultiFactorAuthPresent": "true"}})"))
          .with(PolicyKind::kBoundary,
                R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})");
  CHECK(nearest_of(bounded).empty());
  CHECK(nearest_of(Asked(kAlice, "s3:GetObject")
                       .identity(R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})"))
            .empty());
}

TEST_CASE("nearest miss: an undecided answer shows the statements that it hangs on") {
  Asked asked = Asked(kAlice, "s3:GetObject")
                    .identity(allow_if(R"({"Bool": {"aws:MultiFactorAuthPresent": "true"}})"));
  asked.fields.context.set_mode(Context::Mode::kAsk);
  CHECK(nearest_of(asked) == "may apply: `Bool` on `aws:MultiFactorAuthPresent` is unknown");
}

TEST_CASE("nearest miss: Bool and Null are told by the value that the key must have") {
  CHECK(miss_by(R"({"Bool": {"aws:MultiFactorAuthPresent": "TRUE"}})") ==
        "would be allowed if `aws:MultiFactorAuthPresent` were `true`");
  // No value makes these hold.
  CHECK(miss_by(R"({"Bool": {"aws:MultiFactorAuthPresent": "yes"}})").empty());
  CHECK(miss_by(R"({"Null": {"aws:TokenIssueTime": "no"}})").empty());
  Asked other = Asked(kAlice, "s3:GetObject")
                    .identity(allow_if(R"({"BoolIfExists": {"aws:SecureTransport": "true"}})"));
  other.fields.context.set("aws:SecureTransport", "false");
  CHECK(nearest_of(other) == "would be allowed if `aws:SecureTransport` were `true` or absent");
}

TEST_CASE("nearest miss: a Deny by Bool or Null is lifted by the other value") {
  const auto lifted_by = [](const std::string& condition, const std::string& value = "") {
    Asked asked =
        Asked(kAlice, "s3:GetObject")
            .identity(kAllowAll)
            .identity(R"({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": )" +
                      condition + "}");
    if (!value.empty()) asked.fields.context.set("a:B", value);
    return nearest_of(asked);
  };
  CHECK(lifted_by(R"({"Bool": {"a:B": "false"}})", "false") ==
        "would be allowed if `a:B` were `true` or absent");
  CHECK(lifted_by(R"({"Bool": {"a:B": ["false", "true"]}})", "false") ==
        "would be allowed if `a:B` were absent");
  // A missing key is denied too.
  CHECK(lifted_by(R"({"BoolIfExists": {"a:B": "false"}})") ==
        "would be allowed if `a:B` were `true`");
  CHECK(lifted_by(R"({"StringEqualsIfExists": {"a:B": "x"}})") ==
        "would be allowed if `a:B` were present and not `x`");
  CHECK(lifted_by(R"({"Null": {"a:B": "true"}})") == "would be allowed if `a:B` were present");
  CHECK(lifted_by(R"({"Null": {"a:B": "false"}})", "x") == "would be allowed if `a:B` were absent");
  // These always hold: nothing lifts the Deny, or the condition beside it does.
  CHECK(lifted_by(R"({"Null": {"a:B": ["true", "false"]}})").empty());
  CHECK(lifted_by(R"({"BoolIfExists": {"a:B": ["true", "false"]}})").empty());
  CHECK(lifted_by(R"({"Null": {"a:B": ["true", "false"]}, "StringEquals": {"a:B": "x"}})", "x") ==
        "would be allowed if `a:B` were not `x`");
}
