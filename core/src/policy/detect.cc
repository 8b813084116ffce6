// What the content of a document tells about its kind.
#include <algorithm>
#include <cctype>

#include "iamcheck/policy.h"

namespace iamcheck {
namespace {

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char p, char c) {
           return p == std::tolower(static_cast<unsigned char>(c));
         });
}

// Actions that only a role trust policy grants: the sts calls that hand out or shape a role
// session.
bool is_trust_action(const Text& action) {
  return starts_with_ignoring_case(action.value, "sts:assumerole") ||
         starts_with_ignoring_case(action.value, "sts:tagsession") ||
         starts_with_ignoring_case(action.value, "sts:setsourceidentity") ||
         starts_with_ignoring_case(action.value, "sts:setcontext");
}

bool looks_like_statement(const Node& node) {
  if (!node.is_object()) return false;
  bool effect = node.find("Effect") != nullptr;
  bool action = node.find("Action") != nullptr || node.find("NotAction") != nullptr;
  bool subject = node.find("Principal") != nullptr || node.find("NotPrincipal") != nullptr ||
                 node.find("Resource") != nullptr || node.find("NotResource") != nullptr;
  return (effect && (action || subject)) || (action && subject);
}

}  // namespace

PolicyKind detect_kind(const Policy& policy) {
  bool any_principal = false;
  bool all_trust = !policy.statements.empty();
  for (const Statement& statement : policy.statements) {
    any_principal |= statement.principal.has_value() || statement.not_principal.has_value();
    bool trust = statement.action && !statement.action->values.empty() && !statement.resource &&
                 !statement.not_resource &&
                 std::all_of(statement.action->values.begin(), statement.action->values.end(),
                             is_trust_action);
    all_trust &= trust;
  }
  if (!any_principal) return PolicyKind::kIdentity;
  return all_trust ? PolicyKind::kTrust : PolicyKind::kResource;
}

bool looks_like_policy(const Node& node) {
  const Node* statements = node.find("Statement");
  if (statements == nullptr) return false;
  if (statements->is_list()) {
    return std::any_of(statements->items.begin(), statements->items.end(), looks_like_statement);
  }
  return looks_like_statement(*statements);
}

}  // namespace iamcheck
