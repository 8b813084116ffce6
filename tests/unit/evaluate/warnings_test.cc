// What is said beside an answer, and never changes it.
#include "asked.h"
#include "iamcheck/catalogue.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

using Codes = std::vector<std::string>;

Codes codes(const std::vector<DecisionWarning>& warnings) {
  Codes result;
  for (const DecisionWarning& warning : warnings) result.push_back(warning.code);
  return result;
}

Codes about(const Asked& asked) {
  return codes(check_request(Request(asked.fields), Catalogue::embedded()));
}

}  // namespace

TEST_CASE("warnings: names that the catalogue lacks are decided as written, and said") {
  CHECK(about(Asked(kAlice, "s3:GetObject")).empty());
  CHECK(about(Asked(kAlice, "s3:GetObjct")) == Codes{"unknown-action"});
  CHECK(about(Asked(kAlice, "s4:GetObject")) == Codes{"unknown-service"});
  CHECK(about(Asked(kAlice, "sqs:SendMessage")) == Codes{"resource-type-mismatch"});
  CHECK(about(Asked(kAlice, "ec2:DescribeInstances")) == Codes{"resource-not-supported"});
  CHECK(about(Asked(kAlice, "s3:ListAllMyBuckets", "*")).empty());
  CHECK(about(Asked(kAlice, "s3:GetObject", "arn:aws:s3:::b/*")) == Codes{"wildcard-in-resource"});
  Asked typo(kAlice, "s3:GetObject");
  typo.fields.context.set("aws:SorceIp", "192.0.2.1");
  CHECK(about(typo) == Codes{"unknown-context-key"});
}

TEST_CASE("S10.2: a call with several parts is said to have them") {
  const auto warnings = check_request(
      Request(Asked(kAlice, "ec2:RunInstances", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1")
                  .fields),
      Catalogue::embedded());
  REQUIRE(codes(warnings) == Codes{"further-units"});
  CHECK(warnings[0].message.find("(image, network-interface, security-group, subnet)") !=
        std::string::npos);
  CHECK(about(Asked(kAlice, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q")).empty());
}

TEST_CASE("S10.1: a Deny by aws:TokenIssueTime that was read as absent is said") {
  Asked asked = Asked(kSession, "s3:GetObject").identity(kAllowAll).identity(R"({"Effect": "Deny",
      "Action": "*", "Resource": "*",
      "Condition": {"DateLessThan": {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}}})");
  asked.fields.credential_kind = CredentialKind::kLongTerm;
  CHECK(asked.decide().warnings.empty());
  asked.fields.credential_kind = CredentialKind::kAssumeRole;
  CHECK(codes(asked.decide().warnings) == Codes{"token-issue-time-not-given"});
  CHECK(asked.decide().allowed());
  asked.fields.context.set("aws:TokenIssueTime", "2026-02-01T00:00:00Z");
  CHECK(asked.decide().warnings.empty());
  // Where it decides nothing, nothing is said.
  Asked denied = Asked(kSession, "s3:GetObject").identity(R"({"Effect": "Deny", "Action": "*",
      "Resource": "*", "Condition": {"DateLessThan": {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}}})");
  denied.fields.credential_kind = CredentialKind::kAssumeRole;
  CHECK(denied.decide().warnings.empty());
}

TEST_CASE("S7.7: a Deny that does not apply by a choice of ours is said") {
  Asked asked = Asked(kAlice, "s3:GetObject").identity(kAllowAll).identity(R"({"Effect": "Deny",
      "Action": "*", "Resource": "*",
      "Condition": {"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8", "junk"]}}})");
  asked.fields.context.set("aws:SourceIp", "192.0.2.1");
  const Decision decision = asked.decide(true);
  CHECK(decision.allowed());
  REQUIRE(codes(decision.warnings) == Codes{"deny-weakened"});
  CHECK(decision.warnings[0].message.find("S7.7") != std::string::npos);
}

TEST_CASE("warnings: what AWS would refuse in a policy is said") {
  const auto about_policy = [](const std::string& statement) {
    return codes(check_policies(Asked(kAlice, "s3:GetObject").identity(statement).policies));
  };
  CHECK(about_policy(kAllowAll).empty());
  CHECK(about_policy(granted_to("\"*\"")) == Codes{"policy-element"});
  CHECK(about_policy(R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Conditions": {}})") ==
        Codes{"policy-element"});
}

TEST_CASE("warnings: no name in a policy shows a credential") {
  const std::string key = "AKIAQYLPMN5HHHFPZAM2";
  const Asked asked =
      Asked(kAlice, "s3:GetObject")
          .identity(R"({"Effect": "Allow", "Action": "*", "Resource": "*", ")" + key + R"(": 1})");
  const std::vector<DecisionWarning> warnings = check_policies(asked.policies);
  REQUIRE(warnings.size() == 1);
  CHECK(warnings[0].message.find("`AKIA...M2` is no element") != std::string::npos);
}

TEST_CASE("request time: one instant fills both keys") {
  const auto time = RequestTime::parse("2028-02-29T23:59:59+01:00");
  REQUIRE(time);
  CHECK(time->current_time == "2028-02-29T22:59:59Z");
  CHECK(time->epoch_time == "1835477999");
  CHECK(RequestTime::parse("1767225600")->current_time == "2026-01-01T00:00:00Z");
  CHECK(RequestTime::parse("253402300799")->current_time == "9999-12-31T23:59:59Z");
  for (const char* text : {"tomorrow", "", "-1", "253402300800", "2026-13-01"})
    CHECK_FALSE(RequestTime::parse(text));
}

TEST_CASE("S2: a Deny whose Condition cannot be read leaves the answer open") {
  const std::string unreadable =
      R"(", "Action": "*", "Resource": "*", "Condition": "aws:SourceIp"})";
  Asked asked = Asked(kAlice, "s3:GetObject")
                    .identity(kAllowAll)
                    .identity(R"({"Effect": "Deny)" + unreadable);
  CHECK(asked.decide().kind == DecisionKind::kUndecided);
  CHECK(codes(asked.decide().warnings) == Codes{"malformed-statement"});
  // An Allow of that kind grants nothing, and a Deny beside no Allow changes nothing.
  CHECK(Asked(kAlice, "s3:GetObject").identity(R"({"Effect": "Allow)" + unreadable).cause() ==
        DecisionCause::kNoAllow);
  CHECK(Asked(kAlice, "s3:GetObject").identity(R"({"Effect": "Deny)" + unreadable).cause() ==
        DecisionCause::kNoAllow);
}

TEST_CASE("S10.1: a session ARN alone tells that aws:TokenIssueTime is there") {
  const Asked asked = Asked(kSession, "s3:GetObject").identity(kAllowAll).identity(R"({"Effect":
      "Deny", "Action": "*", "Resource": "*",
      "Condition": {"DateLessThan": {"aws:TokenIssueTime": "2026-01-01T00:00:00Z"}}})");
  CHECK(codes(asked.decide().warnings) == Codes{"token-issue-time-not-given"});
}
