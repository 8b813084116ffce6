// CheckAccessNotGranted and CheckNoPublicAccess. docs/analysis.md.
#include <string>

#include "catch.h"
#include "iamcheck/analysis.h"

using namespace iamcheck;

namespace {

Policy policy(const std::string& statement) {
  return *parse_policy("p.json",
                       R"({"Version": "2012-10-17", "Statement": [{)" + statement + "}]}");
}

Verdict not_granted(const std::string& statement, std::vector<std::string> actions,
                    std::vector<std::string> resources) {
  const std::vector<AccessQuestion> access = {{std::move(actions), std::move(resources)}};
  return access_not_granted(policy(statement), access, PolicyKind::kIdentity).verdict;
}

Verdict is_public(const std::string& principal, const std::string& more = "",
                  PolicyKind kind = PolicyKind::kResource) {
  const std::string resource =
      kind == PolicyKind::kTrust ? "" : R"(, "Resource": "arn:aws:s3:::b/*")";
  return no_public_access(policy(R"("Effect": "Allow", "Principal": )" + principal +
                                 R"(, "Action": "s3:GetObject")" + resource + more),
                          kind)
      .verdict;
}

std::string when(const std::string& block) { return R"(, "Condition": {)" + block + "}"; }

}  // namespace

TEST_CASE("access-not-granted: some listed action, on any resource") {
  const std::string s3 = R"("Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*")";
  CHECK(not_granted(s3, {"s3:GetObject"}, {}) == Verdict::kFailConfirmed);
  CHECK(not_granted(s3, {"iam:PassRole", "s3:DeleteObject"}, {}) == Verdict::kFailConfirmed);
  CHECK(not_granted(s3, {"iam:PassRole"}, {}) == Verdict::kPass);
}

TEST_CASE("access-not-granted: any action on some listed resource, or both") {
  const std::string s3 =
      R"("Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*")";
  CHECK(not_granted(s3, {}, {"arn:aws:s3:::b/k"}) == Verdict::kFailConfirmed);
  CHECK(not_granted(s3, {}, {"arn:aws:s3:::other/*"}) == Verdict::kPass);
  CHECK(not_granted(s3, {"s3:GetObject"}, {"arn:aws:s3:::b/k"}) == Verdict::kFailConfirmed);
  CHECK(not_granted(s3, {"s3:PutObject"}, {"arn:aws:s3:::b/k"}) == Verdict::kPass);
  CHECK(not_granted(s3, {"s3:GetObject"}, {"arn:aws:s3:::other/*"}) == Verdict::kPass);
}

TEST_CASE("no-public-access: everyone is public, whoever is named is not") {
  CHECK(is_public(R"("*")") == Verdict::kFailConfirmed);
  CHECK(is_public(R"({"AWS": "*"})") == Verdict::kFailConfirmed);
  CHECK(is_public(R"({"AWS": "111122223333"})") == Verdict::kPass);
  CHECK(is_public(R"({"AWS": ["111122223333", "*"]})") == Verdict::kFailConfirmed);
  CHECK(is_public(R"({"Service": "ec2.amazonaws.com"})") == Verdict::kPass);
  CHECK(is_public(R"({"AWS": "*"})", "", PolicyKind::kTrust) == Verdict::kFailConfirmed);
}

TEST_CASE("no-public-access: a condition that names somebody for certain") {
  const auto with = [](const std::string& block) { return is_public(R"("*")", when(block)); };
  CHECK(with(R"("StringEquals": {"aws:PrincipalOrgID": "o-1"})") == Verdict::kPass);
  CHECK(with(R"("StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"})") != Verdict::kPass);
  CHECK(with(R"("StringLike": {"aws:PrincipalOrgID": "o-*"})") == Verdict::kFailConfirmed);
  CHECK(with(R"("StringNotEquals": {"aws:PrincipalOrgID": "o-1"})") == Verdict::kFailConfirmed);
  CHECK(with(R"("ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"})") ==
        Verdict::kPass);
  CHECK(with(R"("ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"})") ==
        Verdict::kFailConfirmed);
  CHECK(with(R"("IpAddress": {"aws:SourceIp": "203.0.113.0/24"})") == Verdict::kPass);
  CHECK(with(R"("IpAddress": {"aws:SourceIp": "0.0.0.0/1"})") == Verdict::kFailConfirmed);
  CHECK(with(R"("StringEquals": {"aws:SourceVpce": "vpce-1"})") == Verdict::kPass);
  CHECK(with(R"("ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-1/r-1/*"})") ==
        Verdict::kPass);
  CHECK(with(R"("ForAllValues:StringLike": {"aws:PrincipalOrgPaths": "o-1/r-1/*"})") ==
        Verdict::kFailConfirmed);
  CHECK(with(R"("Bool": {"aws:SecureTransport": "true"})") == Verdict::kFailConfirmed);
}

TEST_CASE("the 26 resource types of CheckNoPublicAccess") {
  CHECK(public_access_types().size() == 26);
  CHECK(public_access_kind("AWS::S3::Bucket") == PolicyKind::kResource);
  CHECK(public_access_kind("AWS::IAM::AssumeRolePolicyDocument") == PolicyKind::kTrust);
  CHECK_FALSE(public_access_kind("AWS::EC2::Instance"));
}

TEST_CASE("a star before the account of a String operator leaves the account open") {
  const auto verdict = [](const std::string& op) {
    const auto bucket = parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
        "Condition": {")" + op + R"(": {"aws:PrincipalArn": "arn:*:iam::111122223333:*"}}}})");
    REQUIRE(bucket);
    return no_public_access(*bucket, PolicyKind::kResource).verdict;
  };
  CHECK(verdict("StringLike") == Verdict::kFailConfirmed);
  CHECK(verdict("ArnLike") == Verdict::kPass);
}
