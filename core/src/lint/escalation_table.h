#pragma once

// The ways to more rights, by the numbers of the actions that they need.

#include <cstdint>
#include <vector>

#include "catalogue/escalation_paths.h"
#include "iamcheck/action_list.h"
#include "iamcheck/catalogue.h"

namespace iamcheck {

struct EscalationTable {
  struct Row {
    const EscalationPath* path = nullptr;
    std::vector<std::uint32_t> actions;
    /// It leads to rights that the policy by itself shows: those of another principal, of a role
    /// that is passed, or every right. Else all hangs on what the account has already.
    bool certain = false;
  };

  explicit EscalationTable(const Catalogue& catalogue);

  std::vector<Row> rows;  ///< whose actions the catalogue all has
  ActionRanges actions;   ///< of all of them
  /// Of those that are certain and pass no role.
  ActionRanges principal_actions;
};

/// The embedded catalogue's is made once.
const EscalationTable& embedded_escalation_table();

}  // namespace iamcheck
