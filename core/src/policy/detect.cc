// What the content of a document tells about its kind.
#include <algorithm>
#include <array>
#include <cctype>

#include "iamcheck/policy.h"
#include "text/ascii.h"
#include "text/edit_distance.h"

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

// Elements of a policy whose author did not know that case matters.
bool has(const Node& node, std::string_view element) {
  return std::any_of(node.members.begin(), node.members.end(), [&](const Member& member) {
    return equals_ignoring_case(member.name, element);
  });
}

// The same as looks_like_statement, whatever the case of the names. Terraform's `actions` and
// `resources` are no slips of the pen.
bool resembles_statement(const Node& node) {
  if (!node.is_object()) return false;
  const bool effect = has(node, "Effect");
  const bool action = has(node, "Action") || has(node, "NotAction");
  const bool subject = has(node, "Principal") || has(node, "NotPrincipal") ||
                       has(node, "Resource") || has(node, "NotResource");
  return (effect && (action || subject)) || (action && subject);
}

bool any_statement(const Node& node, bool (*is_one)(const Node&)) {
  if (!node.is_list()) return is_one(node);
  return std::any_of(node.items.begin(), node.items.end(), is_one);
}

bool has_version_of_aws(const Node& node) {
  const Node* version = node.find("Version");
  return version != nullptr && version->is_text() &&
         (version->text == "2012-10-17" || version->text == "2008-10-17");
}

}  // namespace

PolicyKind detect_kind(const Policy& policy) {
  bool any_principal = false;
  bool all_trust = !policy.statements.empty();
  for (const Statement& statement : policy.statements) {
    if (statement.expression) continue;  // its neighbours know more
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
  return statements != nullptr && any_statement(*statements, looks_like_statement);
}

bool looks_like_broken_policy(const Node& node) {
  if (!node.is_object()) return false;
  if (has_version_of_aws(node)) return true;
  constexpr std::size_t kSlips = 2;
  return std::any_of(node.members.begin(), node.members.end(), [&](const Member& member) {
    const std::optional<std::size_t> slips = edit_distance(member.name, "Statement", kSlips);
    if (!slips || !any_statement(member.value, resembles_statement)) return false;
    // `statements` in small letters is a word of other formats, such as that of Serverless.
    return *slips == 0 || member.name.starts_with('S') || has(node, "Version") || has(node, "Id");
  });
}

}  // namespace iamcheck
