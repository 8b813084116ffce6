#include "lint/escalation_table.h"

#include "catalogue/action_ranges.h"

namespace iamcheck {

EscalationTable::EscalationTable(const Catalogue& catalogue) {
  ActionRangesBuilder all, of_principals;
  for (const EscalationPath& path : escalation_paths()) {
    // Assuming a role is asked of that role too: no escalation by itself.
    if (path.target == EscalationTarget::kBuiltIn) continue;
    Row row{&path, {}, path.target != EscalationTarget::kNone};
    for (const std::string& name : path.actions) {
      if (const auto action = catalogue.find_action(name)) row.actions.push_back(action->id());
    }
    if (row.actions.size() != path.actions.size()) continue;
    for (const std::uint32_t action : row.actions) {
      all.add(ActionRange{action, action + 1});
      if (row.certain && path.target != EscalationTarget::kPassedRole)
        of_principals.add(ActionRange{action, action + 1});
    }
    rows.push_back(std::move(row));
  }
  actions = all.take();
  principal_actions = of_principals.take();
}

const EscalationTable& embedded_escalation_table() {
  static const EscalationTable table(Catalogue::embedded());
  return table;
}

}  // namespace iamcheck
