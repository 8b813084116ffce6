// Actions that are more than their writer has looked at.
#include <algorithm>

#include "iamcheck/arn.h"
#include "lint/context.h"
#include "lint/every_resource.h"

namespace iamcheck {

void check_star_action(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || statement.not_action) continue;
    const bool everywhere = everything_in(statement.resource) != nullptr;
    const bool said = context.kind() == PolicyKind::kIdentity && everywhere &&
                      !has_condition(statement);  // admin-star-star
    if (said) continue;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (entry.text.unresolved || !ActionText(entry.text.value).everything) continue;
      Finding& finding =
          context.report(entry.text.span, path_of(policy, entry), "every action is allowed");
      finding.notes.emplace_back("actions that AWS adds later are allowed too");
      finding.help = "list the actions that are needed";
      if (everywhere && has_condition(statement)) {
        finding.severity = Severity::kWarning;
        finding.message = "every action on every resource is allowed under a condition";
      }
      break;
    }
  }
}

void check_notaction_notresource(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || !statement.not_action || !statement.not_resource) continue;
    Finding& finding = context.report(
        statement.not_action->name_span, path_of(policy, statement) + ".NotAction",
        "every action but the listed ones is allowed, on every resource but the listed ones");
    finding.related.push_back({statement.not_resource->name_span, "and this"});
    finding.notes.emplace_back(
        "what the lists name is not denied: another statement may still allow it");
    finding.help = "say what is allowed in `Action` and `Resource`, and what is not in a Deny";
  }
}

}  // namespace iamcheck
