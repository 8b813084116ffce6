#pragma once

// A statement as sets: its actions, which of them its resources are for, and where two statements
// meet.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/compiled_policy.h"
#include "iamcheck/action_list.h"
#include "iamcheck/context.h"
#include "iamcheck/truth.h"

namespace iamcheck {

struct StatementGrant {
  const Statement* statement = nullptr;
  const CompiledStatement* compiled = nullptr;
  ActionRanges actions;    ///< that it names
  ActionRanges effective;  ///< without those that work on none of its resources
  std::vector<std::string> unknown_actions;
  bool open = false;                ///< some entry of Action is known only at deploy time
  bool everywhere = false;          ///< on every resource
  Truth conditions = Truth::kTrue;  ///< with every key unknown
  std::string never;                ///< why it matches no request; else empty

  bool is_allow() const { return never.empty() && statement->effect == Effect::kAllow; }
  bool is_deny() const { return never.empty() && statement->effect == Effect::kDeny; }
  /// Holds for every request, but for its actions and principals.
  bool unlimited() const { return everywhere && conditions == Truth::kTrue; }
};

/// Compares patterns of resources while there is time for it; then everything meets everything.
class ResourceComparison {
 public:
  explicit ResourceComparison(bool variables) : variables_(variables) {}

  /// Whether some resource of the statement may be one that the action works on.
  bool suits(const StatementGrant& grant, const Action& action);
  /// Whether some resource may be meant by both statements.
  bool meet(const Statement& a, const Statement& b);

 private:
  bool affordable(std::size_t a, std::size_t b);
  bool overlap(std::string_view entry, std::string_view asked);
  bool covered(const ListElement& entries, const Text& asked);
  bool suits_form(std::string_view entry, const std::string& form);
  bool suits_type(const ListElement& resources, const ResourceType& type);

  bool variables_;
  std::size_t steps_left_ = 50'000'000;
  const Statement* cached_for_ = nullptr;
  std::vector<signed char> cached_;  // by resource type: -1 not known yet
};

/// In the order of the policy. `only`, when given: no other actions are looked at.
std::vector<StatementGrant> grants_of(const Catalogue& catalogue,
                                      const PolicySet::Compiled& compiled,
                                      const ActionRanges* only = nullptr);

/// Whether all conditions hold where of all keys only those of `context` are known.
Truth conditions_of(const CompiledStatement& statement, const Context& context);

}  // namespace iamcheck
