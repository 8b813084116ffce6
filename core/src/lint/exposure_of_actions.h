#pragma once

// Allow statements that grant some of a set of actions on everything, told once each.

#include <cstdint>
#include <string>
#include <vector>

#include "iamcheck/action_list.h"
#include "lint/context.h"

namespace iamcheck {

/// One statement, and its entries of Action that stand for some of the set.
struct ExposedActions {
  const AllowGrant* grant = nullptr;
  std::vector<const EntryGrant*> entries;
  ActionRanges actions;  ///< of the set, of all entries, without what is denied
};

/// Of each Allow on every resource and under no condition. `*` and `service:*` are left out: rules
/// of their own say that they hold everything.
std::vector<ExposedActions> exposed_actions(RuleContext& context, const ActionRanges& set);
/// The same for Allow statements of any resource and condition that `wanted` takes.
std::vector<ExposedActions> granted_actions(RuleContext& context, const ActionRanges& set,
                                            bool (*wanted)(const AllowGrant&));

/// The entries of a grant as places.
ListEntry action_entry(const AllowGrant& grant, const EntryGrant& entry);
ListEntry resource_entry(const AllowGrant& grant, const Text& entry);

/// A finding on the first entry with the others and the `*` related; `what` stands before the names
/// of the actions.
Finding& report_exposed(RuleContext& context, const ExposedActions& exposed, std::string what);

/// `s3:GetObject`, `a, b and c`, `a, b, c and 12 more`: few of them, in backticks.
std::string action_names(const Catalogue& catalogue, const ActionRanges& actions);
/// ARN forms that statements with these actions can name, few of them; empty when there are none.
std::string arn_forms_of(const Catalogue& catalogue, const ActionRanges& actions);

}  // namespace iamcheck
