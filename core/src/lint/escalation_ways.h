#pragma once

// Ways to more rights that a policy opens, weighed: what of it is considered, limited or open.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/statement_grant.h"
#include "iamcheck/summary.h"
#include "lint/context.h"
#include "lint/escalation_table.h"

namespace iamcheck {

/// How much a condition, or a Deny, takes from a grant.
enum class Limit : unsigned char {
  kNone,
  kSome,    ///< it asks who calls, from where or when
  kBreaks,  ///< it asks what is changed, or passed: no way
};

/// One statement that allows an action of a path.
struct Contribution {
  const StatementGrant* grant = nullptr;
  Limit limit = Limit::kBreaks;
  bool guarded = false;  ///< iam:PassedToService says which services
};

/// A path of the table, with the statements that open it.
struct Way {
  const EscalationTable::Row* row = nullptr;
  EscalationSummary summary;
  std::vector<Contribution> contributions;  // by action of the row
  bool limited = false;
  bool guarded = false;
};

/// The ways of one policy, which must outlive it.
class EscalationWays {
 public:
  EscalationWays(RuleContext& context, const EscalationTable& table);

  /// Without those that need more than another one needs. Their contributions point into this.
  std::vector<Way> ways();

 private:
  std::optional<Way> weigh(const EscalationTable::Row& row, EscalationSummary summary);
  Contribution best_of(const EscalationTable::Row& row, std::uint32_t id,
                       const std::vector<std::string>& services);

  RuleContext& context_;
  const EscalationTable& table_;
  std::shared_ptr<const PolicySet::Compiled> compiled_;
  std::vector<StatementGrant> grants_;
};

/// Whether there can be any: most policies have none, and that is found out with sets alone.
bool may_have_ways(RuleContext& context, const EscalationTable& table);

}  // namespace iamcheck
