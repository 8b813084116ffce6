#pragma once

// All rules at a glance, as text, JSON and the pages docs/rules.md and docs/migration.md.

#include <string>

namespace iamcheck::cli {

/// A line for each rule: slug, severity, profile, title.
std::string rules_as_text();
/// `{"schema": "iamcheck/rules/v1", "rules": [...]}`.
std::string rules_as_json();
/// docs/rules.md: the rules by category.
std::string rules_as_markdown();
/// docs/migration.md: the checks of other tools, and what stands in for each.
std::string peers_as_markdown();

}  // namespace iamcheck::cli
