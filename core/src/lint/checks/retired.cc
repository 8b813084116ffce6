// Names that AWS had, has only as permissions, or does not have as a pattern says.
#include "lint/ageing.h"
#include "lint/context.h"

namespace iamcheck {

void check_retired_service(RuleContext& context) {
  const Catalogue& catalogue = context.catalogue();
  for (const ListEntry& entry : action_entries(context.policy())) {
    const ActionText action(entry.text.value);
    if (entry.text.unresolved || action.everything || action.never) continue;
    const auto retired = catalogue.find_retired_service(action.service);
    if (!retired || catalogue.find_service(action.service)) continue;
    Finding& finding = context.report(entry.text.span, path_of(context.policy(), entry),
                                      "AWS has retired the service " + quoted(retired->name));
    if (!retired->last_seen.empty())
      finding.notes.push_back("its actions were last seen on " + std::string(retired->last_seen));
    finding.help = "remove the entry";
  }
}

void check_permission_only_action(RuleContext& context) {
  for (const ListEntry& entry : action_entries(context.policy())) {
    if (entry.text.unresolved || has_placeholder(entry.text.value)) continue;
    const auto action = context.catalogue().find_action(entry.text.value);
    if (!action || !action->permission_only()) continue;
    Finding& finding = context.report(entry.text.span, path_of(context.policy(), entry),
                                      quoted(action->full_name()) + " is no operation of the API");
    finding.notes.emplace_back(
        "CloudTrail has no events of this name, so that its use cannot be "
        "seen there");
    finding.help = "keep it where it is needed, and do not judge it by the last use";
  }
}

void check_unknown_action_pattern(RuleContext& context) {
  const Catalogue& catalogue = context.catalogue();
  for (const ListEntry& entry : action_entries(context.policy())) {
    const std::string& text = entry.text.value;
    const ActionText action(text);
    if (entry.text.unresolved || action.everything || action.never || has_placeholder(text) ||
        action.name.find_first_of("*?") == std::string_view::npos ||
        !catalogue.find_service(action.service) || !catalogue.expand(text).empty())
      continue;
    Finding& finding = context.report(entry.text.span, path_of(context.policy(), entry),
                                      quoted(text) + " matches no action");
    finding.help = "`iamcheck catalogue " + std::string(action.service) +
                   ":*` lists the actions of the service";
    age(context, finding, "actions every day");
  }
}

}  // namespace iamcheck
