// Every AWS managed policy is read without complaint, printed and read again, and linted.
#include <string>

#include "catch.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/lint.h"
#include "iamcheck/policy.h"

namespace iamcheck::managed {
namespace {

// Runs `check` on each policy of the catalogue; says how many there were.
template <typename Check>
std::size_t for_each_policy(Check check) {
  std::size_t count = 0;
  for (const ManagedPolicy managed : Catalogue::embedded().managed_policies()) {
    INFO(managed.name());
    const auto document = managed.document();
    REQUIRE(document.has_value());
    auto policy = parse_policy(std::string(managed.name()), *document);
    REQUIRE(policy.has_value());
    check(*policy);
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("every managed policy parses without a diagnostic and keeps all of its elements") {
  const std::size_t count = for_each_policy([](const Policy& policy) {
    CHECK(policy.diagnostics.empty());
    CHECK_FALSE(policy.statements.empty());
    for (const Statement& statement : policy.statements) {
      CHECK(statement.effect.has_value());
      CHECK((statement.action || statement.not_action));
      CHECK((statement.resource || statement.not_resource));
      CHECK_FALSE(statement.condition_malformed);
      CHECK(statement.condition_span.has_value() == !statement.conditions.empty());
    }
    CHECK(detect_kind(policy) == PolicyKind::kIdentity);
  });
  CHECK(count == 1582);
}

TEST_CASE("every managed policy printed and parsed again is the same policy, printed the same") {
  for_each_policy([](const Policy& policy) {
    const std::string text = print(policy);
    const auto again = parse_policy("printed", text);
    REQUIRE(again.has_value());
    CHECK(again->diagnostics.empty());
    CHECK(same_policy(policy, *again));
    CHECK(print(*again) == text);
  });
}

TEST_CASE("every finding on a managed policy has a rule, a message, a place inside and a path") {
  for_each_policy([](const Policy& policy) {
    LintSubject subject;
    subject.policy = &policy;
    subject.kind = PolicyKind::kIdentity;
    subject.kind_source = KindSource::kPlace;
    for (const Finding& finding : lint(subject, {})) {
      INFO(finding.rule);
      CHECK_FALSE(finding.message.empty());
      // Only what is said of the whole document has no path.
      CHECK(finding.document_path.empty() == (finding.span == policy.span));
      CHECK(policy.source->span().contains(finding.span));
      CHECK(finding.span.begin < finding.span.end);
      // AWS's own validation accepts them all: what it calls an error cannot be there.
      CHECK(finding.rule.substr(0, 7) != "invalid");
      // AWS reports a missing qualifier as an error on policies of its own.
      CHECK((finding.rule.substr(0, 7) != "missing" || finding.rule == "missing-qualifier"));
      CHECK(finding.rule.substr(0, 9) != "malformed");
    }
  });
}

}  // namespace iamcheck::managed
