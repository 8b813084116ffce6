#include "evaluate/what_if.h"

#include <algorithm>

#include "evaluate/compiled_policy.h"
#include "evaluate/engine.h"
#include "evaluate/facts.h"

namespace iamcheck {

bool WhatIf::allows(std::span<const StatementRef> changed, Truth truth) const {
  FactCollector facts;
  facts.add_refusal(refusal_.truth);
  facts.add_restriction(restricted_as_public(policies_, request_));
  for (const StatementTrace& trace : decision_.trace) {
    const AttachedPolicy& policy = policies_.policies()[trace.statement.policy];
    const Statement& statement = policy.policy->statements[trace.statement.statement];
    StatementAnswer answer;
    answer.truth = trace.truth;
    answer.principal = {trace.principal_match, trace.principal_match};
    if (!statement.effect) {  // known only at deploy time: it may turn out to deny
      facts.add(trace.statement, Effect::kDeny, policy, answer);
      continue;
    }
    if (std::ranges::find(changed, trace.statement) != changed.end()) {
      answer.truth = truth;
      if (trace.principal_match == PrincipalMatch::kNone)
        answer.principal = {PrincipalMatch::kDirect, PrincipalMatch::kDirect};
    }
    facts.add(trace.statement, *statement.effect, policy, answer);
  }
  return combine(request_, setting_, facts.pessimistic(), refusal_.cause).kind ==
         DecisionKind::kAllowed;
}

}  // namespace iamcheck
