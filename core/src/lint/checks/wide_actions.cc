// Actions that are more than their writer has looked at.
#include <optional>
#include <string>

#include "catalogue/action_ranges.h"
#include "iamcheck/arn.h"
#include "lint/context.h"
#include "lint/every_resource.h"
#include "lint/exposure_of_actions.h"

namespace iamcheck {
namespace {

// The actions in place of the pattern. It grants what it granted, but nothing that AWS adds later.
std::optional<Fix> expansion_of(RuleContext& context, const ListEntry& entry,
                                const ActionRanges& actions) {
  constexpr std::size_t kMostActions = 50;
  const auto& source = context.policy().source;
  if (!source || count(actions) > kMostActions) return std::nullopt;
  // Another notation than JSON, or a text inside of another one.
  const std::string_view token = source->slice(entry.text.span);
  if (token.size() != entry.text.value.size() + 2 || !token.starts_with('"')) return std::nullopt;
  std::string list;
  for (const Action& action : actions_of(context.catalogue(), actions))
    list.append(list.empty() ? "\"" : ", \"").append(action.full_name()).append("\"");
  if (!entry.list.is_list) list = "[" + list + "]";
  return Fix{false, "list the actions of today", {{entry.text.span, std::move(list)}}};
}

}  // namespace

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

void check_partial_action_wildcard(RuleContext& context) {
  const PolicyGrants& grants = context.grants();
  const ActionSets& sets = grants.sets();
  for (const AllowGrant& grant : grants.allows()) {
    for (const EntryGrant& entry : grant.entries) {
      if (entry.whole || entry.text->value.find_first_of("*?") == std::string::npos) continue;
      const ActionRanges managed = intersect(entry.actions, sets.managing);
      const ActionRanges changed = intersect(entry.actions, sets.changing);
      if ((managed.empty() && changed.empty()) || intersect(entry.actions, sets.reading).empty())
        continue;
      const ActionRanges& widest = managed.empty() ? changed : managed;
      const ListEntry place = action_entry(grant, entry);
      std::string message = quoted(entry.text->value) + " is more than reading: it ";
      message += managed.empty() ? "changes things" : "changes who has access";
      message += ", as with " + action_names(context.catalogue(), widest);
      Finding& finding =
          context.report(entry.text->span, path_of(context.policy(), place), std::move(message));
      if (context.full()) continue;
      finding.help = "list the actions that are needed, or use a pattern of one verb";
      finding.fix = expansion_of(context, place, entry.actions);
    }
  }
}

}  // namespace iamcheck
