// Principals, trust policies, guardrails of organizations and sizes: what no example of a page can
// show, such as the words of a message and the other profiles.
#include <string>
#include <utility>

#include "subject.h"

namespace iamcheck {
namespace {

using test::lint_text;
using test::Linted;

LintOptions only(const std::string& slug, Profile profile = Profile::kDefault) {
  LintOptions options;
  options.select = {slug};
  options.profile = profile;
  return options;
}

std::string document(const std::string& statement) {
  return R"({"Version": "2012-10-17", "Statement": )" + statement + "}";
}

std::string padded(std::size_t size, const std::string& statement_end) {
  const std::string begin = R"({"Version":"2012-10-17","Statement":[{"Sid":")";
  const std::string end = R"(",)" + statement_end + "}]}";
  return begin + std::string(size - begin.size() - end.size(), 'x') + end;
}

constexpr const char* kDeny = R"("Effect":"Deny","Action":"s3:GetObject","Resource":"*")";

TEST_CASE("a policy of exactly the quota is silent, one character more is not") {
  const LintOptions options = only("policy-size-scp");
  CHECK(lint_text(padded(5120, kDeny), options, PolicyKind::kScp).findings.empty());
  const Linted over = lint_text(padded(5121, kDeny), options, PolicyKind::kScp);
  REQUIRE(over.findings.size() == 1);
  CHECK(over.findings[0].message ==
        "the policy has 5121 characters without white space, 1 more than the 5120 of a service "
        "control policy");
}

TEST_CASE("white space in texts does not count, and a character is not a byte") {
  std::string text = padded(5121, kDeny);
  text.replace(text.find("xx"), 2, "x ");
  const Linted blank = lint_text(text, only("policy-size-scp"), PolicyKind::kScp);
  REQUIRE(blank.findings.size() == 1);
  CHECK(blank.findings[0].severity == Severity::kNote);
  text.replace(text.find("x "), 2, "\xC3\xA9");
  CHECK(lint_text(text, only("policy-size-scp"), PolicyKind::kScp).findings.empty());
}

TEST_CASE("Access Analyzer prints one character more, and knows one size of identity policies") {
  const LintOptions options = only("policy-size-identity", Profile::kAccessAnalyzer);
  CHECK(lint_text(padded(7000, kDeny), options, PolicyKind::kIdentity).findings.empty());
  CHECK(lint_text(padded(7000, kDeny), options, PolicyKind::kBoundary).findings.empty());
  const Linted over = lint_text(padded(10241, kDeny), options, PolicyKind::kIdentity);
  REQUIRE(over.findings.size() == 1);
  CHECK(over.findings[0].message.find("10242 characters") != std::string::npos);
}

TEST_CASE("a policy that is too long says which statements could be one") {
  std::string statements;
  for (int i = 0; i < 90; ++i) {
    statements += i == 0 ? "" : ",";
    statements += R"({"Sid":"S)" + std::to_string(i) +
                  R"(","Effect":"Deny","Action":"s3:GetObject)" + std::to_string(i) +
                  R"(","Resource":"*"})";
  }
  const Linted linted =
      lint_text(document("[" + statements + "]"), only("policy-size-scp"), PolicyKind::kScp);
  REQUIRE(linted.findings.size() == 1);
  REQUIRE_FALSE(linted.findings[0].notes.empty());
  CHECK(linted.findings[0].notes[0].starts_with(
      "90 statements differ only in `Action`: as one they need about "));
  CHECK(linted.findings[0].notes.back().starts_with("the Sids take "));
}

TEST_CASE("what the template fills in makes a size an estimate") {
  const std::string end =
      R"("Effect":"Deny","Action":"s3:GetObject","Resource":{"Fn::Sub":"${Bucket}"})";
  const Linted linted = lint_text(padded(6000, end), only("policy-size-scp"), PolicyKind::kScp);
  REQUIRE(linted.findings.size() == 1);
  CHECK(linted.findings[0].confidence == Confidence::kMedium);
}

TEST_CASE("the form of a principal is the matter of its own rules where there may be one") {
  const std::string text = document(
      R"({"Effect": "Deny", "Principal": ["1"], "Action": "s3:GetObject", "Resource": "*"})");
  CHECK(lint_text(text, only("json-type"), PolicyKind::kResource).findings.empty());
  CHECK(lint_text(text, only("principal-format"), PolicyKind::kResource).findings.size() == 1);
  CHECK(lint_text(text, only("json-type"), PolicyKind::kScp).findings.size() == 1);
  const std::string number =
      document(R"({"Effect": "Deny", "Principal": 1, "Action": "s3:GetObject", "Resource": "*"})");
  CHECK(lint_text(number, only("json-type"), PolicyKind::kResource).findings.size() == 1);
}

TEST_CASE("the fix of a principal without a type keeps the letters") {
  const std::string text = document(
      R"({"Effect": "Deny", "Principal": "111122223333", "Action": "s3:GetObject", "Resource": "*"})");
  const Linted linted = lint_text(text, only("principal-format"), PolicyKind::kResource);
  REQUIRE(linted.findings.size() == 1);
  REQUIRE(linted.findings[0].fix);
  CHECK(linted.findings[0].fix->edits[0].replacement == R"({"AWS": "111122223333"})");
}

TEST_CASE("a misspelt service principal is named in full") {
  const Linted linted = lint_text(
      document(
          R"({"Effect": "Allow", "Principal": {"Service": "lamda.amazonaws.com.cn"}, "Action": "sts:AssumeRole"})"),
      only("service-principal-unknown"));
  REQUIRE(linted.findings.size() == 1);
  CHECK(linted.findings[0].help == "did you mean `lambda.amazonaws.com.cn`?");
}

TEST_CASE("Access Analyzer looks at aws:CalledVia alone for the form of services") {
  const std::string text = document(
      R"({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/a",
          "Condition": {"StringEquals": {"iam:PassedToService": "ecs", "aws:CalledViaFirst": "a.b.amazonaws.com"}}})");
  CHECK(lint_text(text, only("service-principal-format")).findings.size() == 2);
  const Linted as_aws = lint_text(text, only("service-principal-format", Profile::kAccessAnalyzer));
  REQUIRE(as_aws.findings.size() == 1);
  CHECK(as_aws.text_at(as_aws.findings[0].span) == "\"a.b.amazonaws.com\"");
}

TEST_CASE("a trust in GitHub without any condition is one finding, and two of Access Analyzer") {
  const std::string text = document(
      R"({"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
          "Action": "sts:AssumeRoleWithWebIdentity"})");
  CHECK(lint_text(text).rules() == std::vector<std::string>{"trust-github-sub-missing"});
  LintOptions as_aws;
  as_aws.profile = Profile::kAccessAnalyzer;
  CHECK(lint_text(text, as_aws).rules() ==
        std::vector<std::string>{"trust-github-sub-missing", "trust-oidc-no-condition"});
}

TEST_CASE("Access Analyzer takes any value of a source for a limit") {
  const std::string text = document(
      R"({"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*",
          "Condition": {"StringLike": {"aws:SourceAccount": "*"}}})");
  CHECK(lint_text(text, only("resource-confused-deputy")).findings.size() == 1);
  CHECK(
      lint_text(text, only("resource-confused-deputy", Profile::kAccessAnalyzer)).findings.empty());
}

TEST_CASE("a bare wildcard in a trust policy is critical only where it lets everybody in") {
  const auto weight = [](const std::string& more) {
    const Linted linted =
        lint_text(document(R"({"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole")" +
                           more + "}"),
                  only("trust-wildcard-principal"), PolicyKind::kTrust);
    REQUIRE(linted.findings.size() == 1);
    return linted.findings[0].security_severity;
  };
  CHECK(weight("") == SecuritySeverity::kCritical);
  CHECK(weight(R"(, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})") ==
        SecuritySeverity::kNone);
}

TEST_CASE("a carve-out without the account of a role says so") {
  const Linted linted = lint_text(
      document(
          R"({"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/admin"}, "Action": "s3:GetObject", "Resource": "*"})"),
      only("deny-notprincipal"));
  REQUIRE(linted.findings.size() == 1);
  REQUIRE(linted.findings[0].notes.size() == 1);
  CHECK(linted.findings[0].notes[0].starts_with("account 111122223333 is not listed beside"));
}

// Every rule reads a long list in one go, and each statement once however many it names.
TEST_CASE("hostile lists of principals cost no more than their length") {
  const auto many = [](const std::string& begin, const std::string& end) {
    std::string list;
    for (int i = 0; i < 20'000; ++i) {
      if (i > 0) list += ',';
      list.append("\"").append(begin).append(std::to_string(i)).append(end);
    }
    return list;
  };
  const std::string actions = "\"sts:AssumeRole\"," + many("sts:a", "\"");
  const std::string conditions = many("k", "\": \"v\"");
  LintOptions options;
  options.profile = Profile::kStrict;
  for (const auto& [type, names] :
       {std::pair{"AWS", many("", "\"")}, std::pair{"Service", many("s", ".amazonaws.com\"")},
        std::pair{"Federated", many("a.b", ".com\"")}}) {
    for (const PolicyKind kind : {PolicyKind::kTrust, PolicyKind::kResource, PolicyKind::kRcp}) {
      std::string statement = R"({"Effect": "Allow", "Principal": {")";
      statement.append(type).append("\": [").append(names).append("]}, \"Action\": [");
      statement.append(actions).append("], \"Condition\": {\"StringEquals\": {");
      statement.append(conditions).append("}}}");
      options.ignore = {"dead-statement", "contradictory-conditions", "redundant-action"};
      CHECK_FALSE(lint_text(document(statement), options, kind).findings.empty());
    }
  }
}

}  // namespace
}  // namespace iamcheck
