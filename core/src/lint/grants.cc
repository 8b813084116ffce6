#include "lint/grants.h"

#include <optional>
#include <string_view>

#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"
#include "lint/context.h"
#include "lint/every_resource.h"

namespace iamcheck {
namespace {

bool is_whole(const Text& action) {
  const ActionText parts(action.value);
  return parts.everything || (!parts.never && is_everything(parts.name));
}

ActionRanges actions_of_entry(const Catalogue& catalogue, std::string_view entry) {
  if (entry.find_first_of("*?") != std::string_view::npos) return expand_entry(catalogue, entry);
  const std::optional<Action> named = catalogue.find_action(entry);  // most are names
  if (!named) return {};
  return {{named->id(), named->id() + 1}};
}

AllowGrant grant_of(const Catalogue& catalogue, const Statement& statement,
                    const ActionRanges& denied) {
  AllowGrant grant;
  grant.statement = &statement;
  grant.star = everything_in(statement.resource);
  if (statement.resource) grant.resource = &*statement.resource;
  if (!statement.action) {
    const StatementActions named = actions_of(catalogue, statement);
    // What the template leaves out, nobody knows.
    if (!named.open) grant.actions = subtract(named.actions, denied);
    return grant;
  }
  ActionRangesBuilder all;
  grant.action = &*statement.action;
  const std::vector<Text>& values = grant.action->values;
  grant.entries.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    EntryGrant entry{&values[i], i, {}, false};
    if (!values[i].unresolved && !has_placeholder(values[i].value)) {
      entry.actions = actions_of_entry(catalogue, values[i].value);
      entry.whole = is_whole(values[i]);
    }
    all.add(entry.actions);
    grant.entries.push_back(std::move(entry));
  }
  grant.actions = subtract(all.take(), denied);
  return grant;
}

}  // namespace

PolicyGrants::PolicyGrants(const Policy& policy, PolicyKind kind, const Catalogue& catalogue) {
  const bool embedded = &catalogue == &Catalogue::embedded();
  sets_ = embedded ? std::shared_ptr<const ActionSets>(std::shared_ptr<const ActionSets>(),
                                                       &embedded_action_sets())
                   : std::make_shared<const ActionSets>(catalogue);
  // Far above what AWS takes; a hostile policy keeps nobody busy.
  if (action_entry_count(policy) > kMaxPolicyEntries) return;
  ActionRangesBuilder denied;
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kDeny) continue;
    const StatementActions named = actions_of(catalogue, statement);
    if (denies_every_request(statement, kind, named.open)) denied.add(named.actions);
  }
  denied_ = denied.take();
  for (const Statement& statement : policy.statements) {
    // With both, AWS refuses the statement.
    if (!is_grant(statement) || statement.action.has_value() == statement.not_action.has_value())
      continue;
    allows_.push_back(grant_of(catalogue, statement, denied_));
  }
}

bool PolicyGrants::denies(const Catalogue& catalogue, std::string_view action) const {
  const std::optional<Action> known = catalogue.find_action(action);
  return known.has_value() && contains(denied_, known->id());
}

}  // namespace iamcheck
