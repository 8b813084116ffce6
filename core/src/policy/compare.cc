// Equality of what was written, without where.
#include <algorithm>
#include <optional>

#include "iamcheck/policy.h"

namespace iamcheck {
namespace {

bool same(const Text& a, const Text& b) {
  return a.value == b.value && a.unresolved == b.unresolved;
}

bool same(const std::vector<Text>& a, const std::vector<Text>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Text& x, const Text& y) { return same(x, y); });
}

bool same(const ListElement& a, const ListElement& b) { return same(a.values, b.values); }

bool same(const PrincipalEntry& a, const PrincipalEntry& b) {
  return a.type == b.type && a.type_name == b.type_name && same(a.value, b.value);
}

bool same(const PrincipalElement& a, const PrincipalElement& b) {
  return std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                    [](const PrincipalEntry& x, const PrincipalEntry& y) { return same(x, y); });
}

bool same(const ConditionEntry& a, const ConditionEntry& b) {
  return same(a.condition_operator, b.condition_operator) && same(a.key, b.key) &&
         same(a.values, b.values);
}

template <typename T>
bool same(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

bool same(const Statement& a, const Statement& b) {
  return same(a.expression, b.expression) && same(a.sid, b.sid) &&
         same(a.effect_text, b.effect_text) && same(a.action, b.action) &&
         same(a.not_action, b.not_action) && same(a.resource, b.resource) &&
         same(a.not_resource, b.not_resource) && same(a.principal, b.principal) &&
         same(a.not_principal, b.not_principal) && a.condition_malformed == b.condition_malformed &&
         std::equal(a.conditions.begin(), a.conditions.end(), b.conditions.begin(),
                    b.conditions.end(),
                    [](const ConditionEntry& x, const ConditionEntry& y) { return same(x, y); });
}

}  // namespace

bool same_policy(const Policy& a, const Policy& b) {
  return same(a.version, b.version) && same(a.id, b.id) && a.has_statement == b.has_statement &&
         std::equal(a.statements.begin(), a.statements.end(), b.statements.begin(),
                    b.statements.end(),
                    [](const Statement& x, const Statement& y) { return same(x, y); });
}

}  // namespace iamcheck
