#pragma once

// What can be said of a statement at a glance, so that most need no proof.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/policy.h"

namespace iamcheck::analysis {

class StatementScreen {
 public:
  StatementScreen(const Policy& policy, PolicyKind kind) : policy_(policy), kind_(kind) {}

  /// Some request has it matching. False says nothing.
  bool surely_matches(const Statement& statement) const;
  /// An action of the statement, or one on a resource, that no other statement of `left` is about,
  /// so that they cannot say all that it says. False says nothing.
  bool speaks_alone(const Statement& statement, const std::vector<bool>& left) const;

 private:
  std::optional<std::vector<const Statement*>> rivals_of(const Statement& statement,
                                                         const std::string& action,
                                                         const std::vector<bool>& left) const;

  const Policy& policy_;
  PolicyKind kind_;
  mutable std::size_t looked_at_ = 0;
};

}  // namespace iamcheck::analysis
