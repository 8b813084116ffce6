#pragma once

// The actions of one statement, and when a Deny holds for every request.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/action_list.h"
#include "iamcheck/policy.h"

namespace iamcheck {

/// The actions that one entry of Action stands for. Costs little whatever the entry is.
ActionRanges expand_entry(const Catalogue& catalogue, std::string_view pattern);
/// `limit-exceeded` above `most`.
std::optional<Error> check_entry_count(std::size_t entries, std::size_t most);
/// What is said of an entry that matches nothing.
ExpandedPattern unmatched_entry(const Catalogue& catalogue, std::string pattern, bool suggest);

/// What Action and NotAction of a statement come to (S5); nothing when there is neither.
struct StatementActions {
  /// Action: those of the entries that are known. NotAction: all others than those.
  ActionRanges actions;
  /// Some entry is known only at deploy time. Action may then cover more, NotAction less.
  bool open = false;
  /// Entries of Action that match nothing.
  std::vector<std::string_view> unmatched;
};
StatementActions actions_of(const Catalogue& catalogue, const Statement& statement);

/// Entries of Action and NotAction in all statements.
std::size_t action_entry_count(const Policy& policy);

/// Some entry stands for every resource, or the policy's kind needs none and the statement has
/// none.
bool on_every_resource(const Statement& statement, PolicyKind kind);
/// The statement speaks about every principal there is: its kind has none, or names `*`.
bool for_every_principal(const Statement& statement, PolicyKind kind);
/// The statement is a Deny that holds whatever the request is, but for its actions. A Deny with a
/// NotAction that is not wholly known does not count.
bool denies_every_request(const Statement& statement, PolicyKind kind, bool open);

}  // namespace iamcheck
