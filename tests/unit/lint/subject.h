#pragma once

// Policies for the tests of the linter.

#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/lint.h"

namespace iamcheck::test {

/// A policy with its findings.
struct Linted {
  Policy policy;
  std::vector<Finding> findings;

  std::string text_at(const Span& span) const { return std::string(policy.source->slice(span)); }
  std::vector<std::string> rules() const {
    std::vector<std::string> slugs;
    for (const Finding& finding : findings) slugs.push_back(finding.rule);
    return slugs;
  }
};

inline Linted lint_text(const std::string& text, const LintOptions& options = {},
                        std::optional<PolicyKind> kind = std::nullopt) {
  ReadOptions read;
  read.tolerant = true;
  auto policy = parse_policy("policy.json", text, read);
  REQUIRE(policy.has_value());
  Linted linted{*policy, {}};
  LintSubject subject;
  subject.policy = &linted.policy;
  subject.kind = kind;
  if (kind) subject.kind_source = KindSource::kFlag;
  linted.findings = lint(subject, options);
  return linted;
}

}  // namespace iamcheck::test
