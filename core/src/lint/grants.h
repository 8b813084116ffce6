#pragma once

// What the Allow statements of one policy name, as sets of actions: found out once, for all rules
// that ask.

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "iamcheck/action_list.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/policy.h"
#include "lint/action_sets.h"

namespace iamcheck {

/// One entry of Action.
struct EntryGrant {
  const Text* text = nullptr;
  std::size_t index = 0;
  ActionRanges actions;  ///< that it stands for; none while it is known only at deploy time
  bool whole = false;    ///< `*`, or every action of a service: `s3:*`
};

/// An Allow that can match, with an Action or a NotAction.
struct AllowGrant {
  const Statement* statement = nullptr;
  const ListElement* action = nullptr;    ///< null for a NotAction
  const ListElement* resource = nullptr;  ///< null for a NotResource, or neither
  std::vector<EntryGrant> entries;        ///< of Action
  /// Of Action or NotAction, without what the policy denies whatever the request is.
  ActionRanges actions;
  const Text* star = nullptr;  ///< the entry of Resource that is every resource, if there is one

  /// On every resource, under no condition.
  bool wide() const { return star != nullptr && statement->conditions.empty(); }
};

/// Nothing is known of a policy with more than `kMaxPolicyEntries` entries.
class PolicyGrants {
 public:
  PolicyGrants(const Policy& policy, PolicyKind kind, const Catalogue& catalogue);

  const std::vector<AllowGrant>& allows() const { return allows_; }
  /// What Deny statements take away from everybody, on every resource, without a condition.
  const ActionRanges& denied() const { return denied_; }
  bool denies(const Catalogue& catalogue, std::string_view action) const;
  /// Of the catalogue.
  const ActionSets& sets() const { return *sets_; }

 private:
  std::vector<AllowGrant> allows_;
  ActionRanges denied_;
  std::shared_ptr<const ActionSets> sets_;
};

}  // namespace iamcheck
