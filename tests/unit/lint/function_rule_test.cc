// Rules that the program brings along as functions.
#include <stdexcept>
#include <string>
#include <vector>

#include "subject.h"

namespace iamcheck {
using test::lint_text;
using test::Linted;

namespace {

const std::string kPolicy =
    R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})";

std::vector<PolicyKind> all_kinds() {
  std::vector<PolicyKind> kinds;
  for (const PolicyKindInfo& kind : policy_kinds()) kinds.push_back(kind.kind);
  return kinds;
}

/// Reports each statement `count` times.
FunctionRule statements_rule(std::size_t count = 1) {
  FunctionRule rule;
  rule.slug = "a-statement";
  rule.category = "house";
  rule.applies_to = all_kinds();
  rule.check = [count](const LintSubject& subject, PolicyKind) {
    std::vector<Finding> findings;
    for (const Statement& statement : subject.policy->statements) {
      for (std::size_t i = 0; i < count; ++i) {
        Finding finding;
        finding.rule = "somebody-else";
        finding.severity = Severity::kNote;
        finding.security_severity = SecuritySeverity::kHigh;
        finding.span = statement.span;
        finding.document_path = "Statement[0]";
        finding.message = "a statement";
        finding.notes = {"so it is"};
        finding.help = "leave it";
        finding.related = {{statement.span, "here"}};
        finding.fingerprint = "mine";
        findings.push_back(std::move(finding));
      }
    }
    return findings;
  };
  return rule;
}

}  // namespace

TEST_CASE("findings of a function are finished by the runner") {
  const std::vector<FunctionRule> rules = {statements_rule()};
  LintOptions options;
  options.select = {"a-statement"};
  options.functions = rules;
  const Linted linted = lint_text(kPolicy, options);
  REQUIRE(linted.findings.size() == 1);
  const Finding& finding = linted.findings[0];
  CHECK(finding.rule == "a-statement");
  CHECK(finding.severity == Severity::kNote);
  CHECK(finding.confidence == Confidence::kHigh);
  CHECK(finding.security_severity == SecuritySeverity::kHigh);
  CHECK(finding.message == "a statement");
  CHECK(finding.help == "leave it");
  CHECK(finding.notes == std::vector<std::string>{"so it is"});
  CHECK(finding.related.size() == 1);
  CHECK(finding.fingerprint.size() == 16);
}

TEST_CASE("functions are chosen by slug, category and kind") {
  std::vector<FunctionRule> rules = {statements_rule()};
  const auto count = [&](const LintOptions& given) {
    LintOptions options = given;
    options.functions = rules;
    std::size_t found = 0;
    for (const std::string& rule : lint_text(kPolicy, options).rules())
      found += rule == "a-statement";
    return found;
  };
  LintOptions options;
  CHECK(count(options) == 1);
  options.select = {"house"};
  CHECK(count(options) == 1);
  options.select = {"admin-star-star"};
  CHECK(count(options) == 0);
  options.select = {};
  options.ignore = {"house"};
  CHECK(count(options) == 0);
  options.ignore = {"a-statement"};
  CHECK(count(options) == 0);
  options.ignore = {};
  rules[0].applies_to = {PolicyKind::kScp};
  CHECK(count(options) == 0);
}

TEST_CASE("a function that is not for all kinds is less sure of a guessed kind") {
  std::vector<FunctionRule> rules = {statements_rule()};
  rules[0].applies_to = {PolicyKind::kIdentity};
  LintOptions options;
  options.select = {"house"};
  options.functions = rules;
  REQUIRE(lint_text(kPolicy, options).findings.size() == 1);
  CHECK(lint_text(kPolicy, options).findings[0].confidence == Confidence::kMedium);
}

TEST_CASE("names of functions and of their categories are known") {
  const std::vector<FunctionRule> rules = {statements_rule()};
  LintOptions options;
  options.select = {"house", "a-statement"};
  options.ignore = {"a-statment"};
  CHECK(check_rule_names(options).size() == 3);
  options.functions = rules;
  const std::vector<Error> unknown = check_rule_names(options);
  REQUIRE(unknown.size() == 1);
  CHECK(unknown[0].help == "did you mean `a-statement`?");
}

TEST_CASE("findings of a function above the limit are counted") {
  const std::vector<FunctionRule> rules = {statements_rule(5)};
  LintOptions options;
  options.select = {"house"};
  options.functions = rules;
  options.limits.max_findings = 3;
  const auto policy = parse_policy("p.json", kPolicy);
  LintSubject subject;
  subject.policy = &*policy;
  std::size_t omitted = 0;
  CHECK(lint(subject, options, &omitted).size() == 3);
  CHECK(omitted == 2);
}

TEST_CASE("what a function throws leaves lint") {
  std::vector<FunctionRule> rules = {statements_rule()};
  rules[0].check = [](const LintSubject&, PolicyKind) -> std::vector<Finding> {
    throw std::runtime_error("broken");
  };
  LintOptions options;
  options.functions = rules;
  CHECK_THROWS_AS(lint_text(kPolicy, options), std::runtime_error);
}

}  // namespace iamcheck
