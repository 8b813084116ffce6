#include "lint/canonical_statement.h"

#include <algorithm>
#include <utility>

#include "text/ascii.h"

namespace iamcheck {
namespace {

std::string as_text(const Text& text, bool ignore_case) {
  return (text.unresolved ? "?" : "=") + (ignore_case ? ascii_lower(text.value) : text.value);
}

}  // namespace

CanonicalStatement::CanonicalStatement(const Statement& statement, std::string_view without) {
  add("Effect", {statement.effect_text ? statement.effect_text->value : ""});
  if (without != "Action") add("Action", statement.action, true);
  add("NotAction", statement.not_action, true);
  if (without != "Resource") add("Resource", statement.resource, false);
  add("NotResource", statement.not_resource, false);
  add("Principal", statement.principal);
  add("NotPrincipal", statement.not_principal);
  for (const ConditionEntry& entry : statement.conditions) {
    std::vector<std::string> values;
    values.reserve(entry.values.size());
    for (const Text& value : entry.values) values.push_back(as_text(value, false));
    add(as_text(entry.condition_operator, true) + '\1' + as_text(entry.key, true),
        std::move(values));
  }
}

void CanonicalStatement::add(const std::string& name, std::vector<std::string> values) {
  std::ranges::sort(values);
  const auto repeated = std::ranges::unique(values);
  values.erase(repeated.begin(), repeated.end());
  parts_.emplace(name, std::move(values));
}

void CanonicalStatement::add(const std::string& name, const std::optional<ListElement>& list,
                             bool ignore_case) {
  if (!list) return;
  std::vector<std::string> values;
  for (const Text& value : list->values) values.push_back(as_text(value, ignore_case));
  add(name, std::move(values));
}

void CanonicalStatement::add(const std::string& name,
                             const std::optional<PrincipalElement>& element) {
  if (!element) return;
  std::vector<std::string> values;
  for (const PrincipalEntry& entry : element->entries)
    values.push_back(entry.type_name + '\1' + as_text(entry.value, false));
  add(name, std::move(values));
}

}  // namespace iamcheck
