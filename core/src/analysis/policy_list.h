#pragma once

// The policies of one side, as they are attached. The evaluator's `PolicySet` compiles what it is
// given; most questions are answered without it.

#include <string>
#include <vector>

#include "analysis/lowering.h"
#include "iamcheck/policy_set.h"

namespace iamcheck::analysis {

class PolicyList {
 public:
  explicit PolicyList(const PolicySet& set);
  /// One policy, which must outlive the list and what is compiled of it.
  PolicyList(const Policy& policy, PolicyKind kind);

  const std::vector<AttachedPolicy>& policies() const { return policies_; }
  std::vector<AttachedPolicy>& policies() { return policies_; }
  /// Names of the levels of SCPs or RCPs, root first; empty for other kinds.
  const std::vector<std::string>& levels(PolicyKind kind) const;
  /// Some policy of this kind, or a level of it.
  bool has(PolicyKind kind) const;

  /// For the evaluator, under a reading of ARNs.
  PolicySet compiled(ArnReading reading) const;

 private:
  std::vector<AttachedPolicy> policies_;
  std::vector<std::string> scp_levels_, rcp_levels_;
};

}  // namespace iamcheck::analysis
