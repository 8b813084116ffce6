// Which values of unknown keys allow a request (S12 in reverse).
#include <string>

#include "catch.h"
#include "iamcheck/analysis.h"
#include "iamcheck/evaluate.h"

using namespace iamcheck;

namespace {

Policy policy(const std::string& statements) {
  return *parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
}

std::string statement(const std::string& effect, const std::string& block) {
  return R"({"Effect": ")" + effect + R"(", "Action": "s3:GetObject", "Resource": "*")" +
         (block.empty() ? "" : R"(, "Condition": {)" + block + "}") + "}";
}

RequestFields question() {
  RequestFields fields;
  fields.principal = "arn:aws:iam::111122223333:user/alice";
  fields.action = "s3:GetObject";
  fields.resource = "arn:aws:s3:::b/k";
  fields.context.set_mode(Context::Mode::kAsk);
  return fields;
}

AllowedIf ask(const std::string& statements, const RequestFields& fields = question()) {
  PolicySet set;
  set.add("p", PolicyKind::kIdentity, policy(statements));
  return allowed_if(set, Request(fields));
}

std::string shown(const AllowedIf& answer) {
  std::string text;
  for (const auto& way : answer.ways) {
    if (!text.empty()) text += " | ";
    for (const AccessCondition& one : way)
      text += (&one == way.data() ? "" : " & ") + one.key + " " + one.phrase;
  }
  return text;
}

}  // namespace

TEST_CASE("the conditions of an Allow, and what a Deny leaves of them") {
  const std::string mfa = statement("Allow", R"("Bool": {"aws:MultiFactorAuthPresent": "true"})");
  CHECK(shown(ask(mfa)) == "aws:MultiFactorAuthPresent is true");
  const std::string net = statement("Deny", R"("NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"})");
  CHECK(shown(ask(statement("Allow", "") + "," + net)) == "aws:SourceIp is 10.0.0.0/8");
  CHECK(ask(statement("Deny", "") + "," + mfa).ways.empty());
}

TEST_CASE("keys that are known count with their values") {
  RequestFields fields = question();
  fields.context.set("aws:SourceIp", "10.1.2.3");
  const std::string both = statement("Allow", R"("IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
                             "StringEquals": {"aws:PrincipalOrgID": "o-1"})");
  CHECK(shown(ask(both, fields)) == "aws:PrincipalOrgID is o-1");
  fields.context.set("aws:SourceIp", "192.0.2.1");
  CHECK(ask(both, fields).ways.empty());
}

TEST_CASE("each statement is a way of its own") {
  const AllowedIf answer =
      ask(statement("Allow", R"("StringEquals": {"aws:PrincipalOrgID": "o-1"})") + "," +
          statement("Allow", R"("StringEquals": {"aws:SourceVpc": "vpc-1"})"));
  CHECK(answer.ways.size() == 2);
  CHECK(answer.complete);
}

TEST_CASE("S9.4: a root user needs what the SCP and the bucket's policy ask for") {
  RequestFields fields = question();
  fields.principal = "arn:aws:iam::111122223333:root";
  fields.resource_account = "111122223333";
  PolicySet set;
  set.add_level(PolicyKind::kScp, "r-root");
  set.add("scp", PolicyKind::kScp,
          policy(statement("Allow", R"("StringEquals": {"aws:RequestedRegion": "eu-west-1"})")));
  set.add("bucket", PolicyKind::kResource,
          policy(R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                     "Condition": {"Bool": {"aws:SecureTransport": "false"}}})"));
  const AllowedIf answer = allowed_if(set, Request(fields));
  CHECK(shown(answer) ==
        "aws:RequestedRegion is eu-west-1 & aws:SecureTransport is absent or not false");
  CHECK_FALSE(answer.complete);
}

TEST_CASE("S9.4: a boundary does not hold for root users") {
  RequestFields fields = question();
  fields.principal = "arn:aws:iam::111122223333:root";
  fields.resource_account = "111122223333";
  PolicySet set;
  set.add("boundary", PolicyKind::kBoundary, policy(statement("Deny", "")));
  set.add("bucket", PolicyKind::kResource,
          policy(R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                     "Condition": {"Bool": {"aws:SecureTransport": "false"}}})"));
  CHECK(shown(allowed_if(set, Request(fields))) == "aws:SecureTransport is absent or not false");
}
