// Linting all AWS managed policies.
#include <nlohmann/json.hpp>

#include "corpus.h"
#include "iamcheck/lint.h"
#include "measure.h"

using namespace iamcheck;

int main() {
  const auto& documents = bench::managed_policies();
  std::vector<Policy> policies;
  for (const auto& document : documents) {
    policies.push_back(*parse_policy(document.name, document.text));
  }
  const auto lint_all = [](const Policy& policy) {
    LintSubject subject;
    subject.policy = &policy;
    subject.kind = PolicyKind::kIdentity;
    bench::keep(lint(subject, {}).size());
  };
  const auto tell = [&](const char* title, const char* unit, double amount) {
    bench::Table table(title, unit);
    table.add("nlohmann::json::parse, no rules", amount, [&] {
      for (const auto& document : documents) {
        bench::keep(nlohmann::json::parse(document.text).size());
      }
    });
    table.add("`parse_policy`, no rules", amount, [&] {
      for (const auto& document : documents) {
        bench::keep(parse_policy(document.name, document.text)->statements.size());
      }
    });
    table.add("`lint`, every rule, policies in memory", amount, [&] {
      for (const Policy& policy : policies) lint_all(policy);
    });
    table.add("both: bytes to findings", amount, [&] {
      for (const auto& document : documents) {
        lint_all(*parse_policy(document.name, document.text));
      }
    });
    table.run();
  };
  tell("Linting all AWS managed policies, by size", "MB",
       static_cast<double>(bench::total_size(documents)) / 1e6);
  tell("Linting all AWS managed policies, by number", "policies",
       static_cast<double>(documents.size()));
}
