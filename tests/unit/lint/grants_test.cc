// Rules about what a policy grants: what their pages cannot show. Profiles, hostile input, the
// words of findings, fixes in other layouts, and silence on AWS's own policies.
#include <algorithm>
#include <map>
#include <string>

#include "iamcheck/fix.h"
#include "subject.h"

namespace iamcheck {
namespace {

using test::lint_text;
using test::Linted;

std::string policy(const std::string& statements) {
  return R"({"Version": "2012-10-17", "Statement": )" + statements + "}";
}

std::string allow(const std::string& action, const std::string& resource = "\"*\"",
                  const std::string& more = "") {
  return R"({"Effect": "Allow", "Action": )" + action + R"(, "Resource": )" + resource + more + "}";
}

Linted select(const std::string& text, const std::string& slug,
              Profile profile = Profile::kDefault) {
  LintOptions options;
  options.select = {slug};
  options.profile = profile;
  return lint_text(text, options, PolicyKind::kIdentity);
}

bool reports(const std::string& text, const std::string& slug,
             Profile profile = Profile::kDefault) {
  return !select(text, slug, profile).findings.empty();
}

TEST_CASE("Grants: Access Analyzer's profile reports what another rule says better") {
  const std::string admin = policy(allow("\"*\""));
  for (const char* slug : {"passrole-star-action", "slr-star-action"}) {
    INFO(slug);
    CHECK_FALSE(reports(admin, slug));
    CHECK(reports(admin, slug, Profile::kAccessAnalyzer));
    const std::string denied = policy(
        "[" + allow("\"iam:*\"") + R"(, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}])");
    CHECK_FALSE(reports(denied, slug));
    CHECK(reports(denied, slug, Profile::kAccessAnalyzer));
  }
}

TEST_CASE("Grants: what limits a grant, by AWS and by our own measure") {
  struct Row {
    const char* condition;
    bool by_aws;
    bool by_us;
  };
  // The operators are those of validation-semantics, "Grants".
  const Row rows[] = {
      {R"({"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}})", true, true},
      {R"({"StringLike": {"IAM:passedtoservice": "ec2.amazonaws.com"}})", true, true},
      {R"({"StringLikeIfExists": {"iam:PassedToService": "ec2.amazonaws.com"}})", true, true},
      {R"({"StringEqualsIfExists": {"iam:PassedToService": "ec2.amazonaws.com"}})", false, false},
      {R"({"StringEquals": {"iam:AssociatedResourceArn": "arn:aws:ec2:*:*:instance/i-1"}})", true,
       true},
      {R"({"ArnLike": {"iam:AssociatedResourceArn": "arn:aws:ec2:*:*:instance/*"}})", false, true},
      {R"({"ForAllValues:StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}})", false,
       false},
      {R"({"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}})", false, false},
      {R"({"StringEquals": {"iam:PassedToService": {"Ref": "Service"}}})", true, true},
      {R"({"Bool": {"aws:MultiFactorAuthPresent": "true"}})", false, false},
  };
  for (const Row& row : rows) {
    INFO(row.condition);
    const std::string more = std::string(", \"Condition\": ") + row.condition;
    const std::string text = policy(allow("\"iam:PassRole\"", "\"*\"", more));
    CHECK(reports(text, "passrole-star-resource", Profile::kAccessAnalyzer) != row.by_aws);
    CHECK(reports(text, "passrole-star-resource") != row.by_us);
  }
}

TEST_CASE("Grants: a service-linked role is not limited by a value that begins with a star") {
  const auto with = [](const std::string& values) {
    return policy(
        allow("\"iam:CreateServiceLinkedRole\"", "\"*\"",
              R"(, "Condition": {"StringLike": {"iam:AWSServiceName": )" + values + "}}"));
  };
  CHECK_FALSE(reports(with("\"ecs*\""), "slr-star-resource"));
  CHECK(reports(with("\"*.ecs.amazonaws.com\""), "slr-star-resource"));
  CHECK(reports(with(R"(["ecs.amazonaws.com", "*a4b.amazonaws.com"])"), "slr-star-resource"));
}

TEST_CASE("Grants: places are those that AWS reports, the action and the star") {
  const Linted linted = select(policy(allow(R"(["s3:GetObject", "iam:P*", "iam:Pass*"])",
                                            R"(["arn:aws:iam::*:role/a", "*", "*"])")),
                               "passrole-star-action");
  REQUIRE(linted.findings.size() == 1);
  const Finding& finding = linted.findings[0];
  CHECK(linted.text_at(finding.span) == "\"iam:P*\"");
  REQUIRE(finding.related.size() == 1);
  CHECK(linted.text_at(finding.related[0].span) == "\"*\"");
  CHECK_FALSE(finding.related[0].aside);
}

TEST_CASE("what is known only at deploy time is never a grant") {
  for (const char* action :
       {R"({"Ref": "Action"})", R"("{{ action }}")", R"("<SERVICE>:*")", R"("iam:${Verb}Role")"}) {
    INFO(action);
    for (const char* slug : {"passrole-star-action", "slr-star-action", "data-exfiltration",
                             "privilege-escalation-path", "star-action"}) {
      CHECK_FALSE(reports(policy(allow(action)), slug));
    }
  }
  CHECK_FALSE(
      reports(policy(allow("\"s3:GetObject\"", R"({"Fn::Sub": "*"})")), "data-exfiltration"));
}

TEST_CASE("ways through what the account has already are told in the strict profile only") {
  const std::string text = policy(allow("\"lambda:UpdateFunctionCode\""));
  CHECK_FALSE(reports(text, "privilege-escalation-path"));
  const Linted strict = select(text, "privilege-escalation-path", Profile::kStrict);
  REQUIRE(strict.findings.size() == 1);
  CHECK(strict.findings[0].severity == Severity::kWarning);
  CHECK(strict.findings[0].confidence == Confidence::kMedium);
  CHECK(strict.findings[0].notes.at(0) == "path `lambda-003`: `lambda:UpdateFunctionCode`");
  // On one function, somebody has thought of it.
  CHECK_FALSE(reports(policy(allow("\"lambda:UpdateFunctionCode\"",
                                   "\"arn:aws:lambda:eu-west-1:111122223333:function:a\"")),
                      "privilege-escalation-path", Profile::kStrict));
}

TEST_CASE("a way to more rights: what limits it, and what breaks it") {
  const auto of = [](const std::string& more, const std::string& resource = "\"*\"") {
    return select(policy(allow("\"iam:PutRolePolicy\"", resource, more)),
                  "privilege-escalation-path");
  };
  const Linted open = of("");
  REQUIRE(open.findings.size() == 1);
  CHECK(open.findings[0].severity == Severity::kError);
  CHECK(open.findings[0].confidence == Confidence::kHigh);
  CHECK(open.findings[0].security_severity == SecuritySeverity::kCritical);
  const Linted limited = of(R"(, "Condition": {"IpAddress": {"AWS:sourceip": "192.0.2.0/24"}})");
  REQUIRE(limited.findings.size() == 1);
  CHECK(limited.findings[0].severity == Severity::kWarning);
  CHECK(limited.findings[0].confidence == Confidence::kMedium);
  for (const char* condition :
       {R"({"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/p"}})",
        R"({"StringEquals": {"aws:ResourceTag/team": "a"}})",
        R"({"StringEquals": {"iam:ResourceTag/team": "a"}})",
        R"({"Bool": {"aws:ViaAWSService": "true"}})",
        R"({"StringEquals": {"Ref": "Condition"}})"}) {
    INFO(condition);
    CHECK(of(std::string(", \"Condition\": ") + condition).findings.empty());
  }
  CHECK(of("", "\"arn:aws:iam::111122223333:role/app-*\"").findings.empty());
  CHECK_FALSE(of("", "\"arn:aws:iam::111122223333:role/*\"").findings.empty());
  CHECK_FALSE(of("", "\"arn:aws:iam::*\"").findings.empty());
}

TEST_CASE("a Deny that asks for a boundary closes a way, one for a region only limits it") {
  const auto with = [](const std::string& condition) {
    return select(
        policy("[" + allow("\"iam:PutUserPolicy\"") +
               R"(, {"Effect": "Deny", "Action": "iam:*", "Resource": "*", "Condition": )" +
               condition + "}]"),
        "privilege-escalation-path");
  };
  CHECK(
      with(
          R"({"StringNotEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/p"}})")
          .findings.empty());
  const Linted region = with(R"({"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}})");
  REQUIRE(region.findings.size() == 1);
  CHECK(region.findings[0].severity == Severity::kWarning);
}

TEST_CASE("a policy with very many ways is one finding") {
  const Linted linted = select(
      policy(allow(R"(["iam:P*", "iam:C*", "iam:A*", "iam:U*", "lambda:*", "ec2:*", "glue:*"])")),
      "privilege-escalation-path");
  REQUIRE(linted.findings.size() == 1);
  CHECK(linted.findings[0].message.find("ways, such as to ") != std::string::npos);
  CHECK(linted.findings[0].related.size() <= Limits{}.max_related);
}

TEST_CASE("the fix for MFA keeps the layout, and needs a statement without a condition") {
  const std::string text = policy(R"([
  {
    "Effect": "Allow",
    "Action": "kms:DisableKey",
    "Resource": "*"
  }
])");
  const Linted linted = select(text, "sensitive-action-no-mfa");
  REQUIRE(linted.findings.size() == 1);
  REQUIRE(linted.findings[0].fix);
  const auto fixed = apply_edits(text, linted.findings[0].fix->edits);
  REQUIRE(fixed);
  CHECK(*fixed == policy(R"([
  {
    "Effect": "Allow",
    "Action": "kms:DisableKey",
    "Resource": "*",
    "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
  }
])"));
  const Linted guarded = select(
      policy(allow("\"kms:DisableKey\"", "\"*\"",
                   R"(, "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}})")),
      "sensitive-action-no-mfa");
  REQUIRE(guarded.findings.size() == 1);
  CHECK_FALSE(guarded.findings[0].fix);
  // Behind a comment there is no place that is sure.
  const Linted commented = select(
      policy(R"({"Effect": "Allow", "Action": "kms:DisableKey", "Resource": "*" /* all */})"),
      "sensitive-action-no-mfa");
  REQUIRE(commented.findings.size() == 1);
  CHECK_FALSE(commented.findings[0].fix);
}

TEST_CASE("the fix of a pattern lists the actions of today, of many none") {
  const Linted few = select(policy(allow("\"sns:*Attributes\"", "\"arn:aws:sns:*:*:a\"")),
                            "partial-action-wildcard");
  REQUIRE(few.findings.size() == 1);
  REQUIRE(few.findings[0].fix);
  CHECK_FALSE(few.findings[0].fix->safe);
  CHECK(few.findings[0].fix->edits.at(0).replacement.starts_with("[\"sns:Get"));
  const Linted escaped =
      select(policy(allow("\"sns\\u003a*Attributes\"")), "partial-action-wildcard");
  REQUIRE(escaped.findings.size() == 1);
  CHECK_FALSE(escaped.findings[0].fix);
  const Linted many = select(policy(allow("\"ec2:*e*\"")), "partial-action-wildcard");
  REQUIRE(many.findings.size() == 1);
  CHECK_FALSE(many.findings[0].fix);
}

TEST_CASE("rules about grants end on hostile policies") {
  std::string statements, entries;
  for (int i = 0; i < 1000; ++i) {
    statements += (i ? ", " : "") + allow(R"(["a*:*", "iam:P*e*", "ec2:*e*e*"])",
                                          "\"arn:aws:iam::*:role/" + std::to_string(i) + "*\"");
  }
  for (int i = 0; i < 15'000; ++i)
    entries += (i ? ", \"ec2:*e*e*" : "\"ec2:*e*e*") + std::to_string(i) + "*\"";
  for (const std::string& text :
       {policy("[" + statements + "]"), policy(allow("[" + entries + "]"))}) {
    for (const char* slug : {"privilege-escalation-path", "partial-action-wildcard",
                             "resource-effectively-star", "passrole-star-action"}) {
      INFO(slug);
      CHECK(select(text, slug).findings.size() <= Limits{}.max_findings);
    }
  }
}

TEST_CASE("rules of the default profile about grants report few of AWS's own policies") {
  // The counts of the catalogue of 2026-09-26, with room for a newer one.
  const std::map<std::string, std::size_t> most = {{"passrole-star-action", 3},
                                                   {"passrole-star-resource-notaction", 2},
                                                   {"passrole-notresource", 2},
                                                   {"slr-star-resource", 8},
                                                   {"star-action", 5},
                                                   {"notaction-notresource", 2},
                                                   {"sts-assumerole-star", 10},
                                                   {"credentials-exposure", 40},
                                                   {"data-exfiltration", 90},
                                                   {"permissions-management-unconstrained", 45},
                                                   {"privilege-escalation-path", 75},
                                                   {"deny-carveout-total", 2},
                                                   {"deny-notresource-ineffective", 2}};
  LintOptions options;
  for (const auto& [slug, count] : most) options.select.push_back(slug);
  std::map<std::string, std::size_t> counts;
  for (const ManagedPolicy& managed : Catalogue::embedded().managed_policies()) {
    auto document = managed.document();
    REQUIRE(document);
    for (const Finding& finding : lint_text(*document, options, PolicyKind::kIdentity).findings)
      ++counts[finding.rule];
  }
  for (const auto& [slug, count] : most) {
    INFO(slug);
    CHECK(counts[slug] <= count);
  }
  CHECK(counts["data-exfiltration"] > 0);
  CHECK(counts["privilege-escalation-path"] > 0);
}

}  // namespace
}  // namespace iamcheck
