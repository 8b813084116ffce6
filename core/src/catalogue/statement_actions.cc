#include "catalogue/statement_actions.h"

#include <algorithm>
#include <set>

#include "catalogue/action_ranges.h"
#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxUnmatchedTold = 100;

bool is_everything(const Text& text) {
  return !text.unresolved && !text.value.empty() &&
         text.value.find_first_not_of('*') == std::string::npos;
}

// The actions of the entries that are known.
ActionRanges known_actions(const Catalogue& catalogue, const ListElement& element,
                           StatementActions& out, bool tell_unmatched) {
  ActionRangesBuilder builder;
  for (const Text& value : element.values) {
    if (value.unresolved) {
      out.open = true;
      continue;
    }
    const ActionRanges actions = expand_entry(catalogue, value.value);
    if (actions.empty() && tell_unmatched) out.unmatched.push_back(value.value);
    builder.add(actions);
  }
  return builder.take();
}

}  // namespace

StatementActions actions_of(const Catalogue& catalogue, const Statement& statement) {
  StatementActions out;
  if (statement.action) out.actions = known_actions(catalogue, *statement.action, out, true);
  if (!statement.not_action) return out;
  const ActionRanges named = known_actions(catalogue, *statement.not_action, out, false);
  // S2: with both, both must match.
  out.actions = subtract(statement.action ? out.actions : all_actions(catalogue), named);
  return out;
}

std::size_t action_entry_count(const Policy& policy) {
  std::size_t entries = 0;
  for (const Statement& statement : policy.statements) {
    if (statement.action) entries += statement.action->values.size();
    if (statement.not_action) entries += statement.not_action->values.size();
  }
  return entries;
}

bool on_every_resource(const Statement& statement, PolicyKind kind) {
  if (statement.not_resource) return false;
  if (!statement.resource) return kind == PolicyKind::kResource || kind == PolicyKind::kTrust;
  return std::ranges::any_of(statement.resource->values, is_everything);
}

bool for_every_principal(const Statement& statement, PolicyKind kind) {
  if (!info(kind).takes_principal) return !statement.not_principal;
  if (statement.not_principal || !statement.principal) return false;
  return std::ranges::any_of(statement.principal->entries, [](const PrincipalEntry& entry) {
    return entry.type == PrincipalEntry::Type::kEveryone ||
           (entry.type == PrincipalEntry::Type::kAws && !entry.value.unresolved &&
            entry.value.value == "*");
  });
}

bool denies_every_request(const Statement& statement, PolicyKind kind, bool open) {
  return statement.effect == Effect::kDeny && !statement.condition_malformed &&
         statement.conditions.empty() && !(open && statement.not_action) &&
         on_every_resource(statement, kind) && for_every_principal(statement, kind);
}

Result<PolicyActions> expand_policy(const Catalogue& catalogue, const Policy& policy,
                                    PolicyKind kind) {
  if (auto error = check_entry_count(action_entry_count(policy), kMaxPolicyEntries))
    return *std::move(error);
  PolicyActions out;
  ActionRangesBuilder allowed, denied;
  std::vector<std::pair<std::size_t, ActionRanges>> partial;
  std::set<std::string_view> unmatched;
  for (const Statement& statement : policy.statements) {
    if (statement.expression) out.open_statements.push_back(statement.index);
    if (!statement.effect) continue;
    StatementActions named = actions_of(catalogue, statement);
    if (statement.effect == Effect::kDeny) {
      if (denies_every_request(statement, kind, named.open)) {
        denied.add(named.actions);
      } else {
        partial.emplace_back(statement.index, std::move(named.actions));
      }
      continue;
    }
    // S2: an Allow whose Condition cannot be read never matches.
    if (statement.condition_malformed) continue;
    allowed.add(named.actions);
    if (named.open) out.open_statements.push_back(statement.index);
    for (const std::string_view entry : named.unmatched) {
      if (unmatched.insert(entry).second)
        out.unmatched.push_back(
            unmatched_entry(catalogue, std::string(entry), unmatched.size() <= kMaxUnmatchedTold));
    }
  }
  const ActionRanges named = allowed.take();
  out.actions = subtract(named, denied.take());
  out.denied = count(named) - count(out.actions);
  for (const auto& [index, actions] : partial) {
    if (!intersect(actions, out.actions).empty()) out.partial_denies.push_back(index);
  }
  return out;
}

}  // namespace iamcheck
