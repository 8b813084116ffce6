#include "wire/test_coverage.h"

#include <algorithm>
#include <optional>

#include "evaluate/what_if.h"

namespace iamcheck {
namespace {

bool lies_in(const PolicySet& policies, StatementRef ref, const LayerTrace& layer) {
  const AttachedPolicy& attached = policies.policies()[ref.policy];
  return info(attached.kind).name == layer.layer && attached.level == layer.level;
}

// The Allows of one layer, or of one level of it, that apply.
std::vector<StatementRef> allows_of(const PolicySet& policies, const Decision& decision,
                                    const LayerTrace& layer) {
  std::vector<StatementRef> allows;
  for (const StatementTrace& trace : decision.trace) {
    const AttachedPolicy& attached = policies.policies()[trace.statement.policy];
    const Statement& statement = attached.policy->statements[trace.statement.statement];
    if (trace.truth == Truth::kTrue && statement.effect == Effect::kAllow &&
        lies_in(policies, trace.statement, layer))
      allows.push_back(trace.statement);
  }
  return allows;
}

}  // namespace

std::vector<StatementRef> statements_that_decided(const PolicySet& policies, const Request& request,
                                                  const Decision& decision) {
  std::vector<StatementRef> decided;
  if (decision.decided_by) decided.push_back(*decision.decided_by);
  if (!decision.allowed()) return decided;
  const WhatIf what_if(policies, request, decision);
  for (const LayerTrace& layer : decision.layers) {
    if (!layer.exempt.empty() || !layer.allow) continue;
    if (decision.decided_by && lies_in(policies, *decision.decided_by, layer)) continue;
    if (what_if.allows(allows_of(policies, decision, layer), Truth::kFalse)) continue;
    // Of a resource-based policy the engine names the statement that names the caller best.
    const bool also = decision.also && lies_in(policies, *decision.also, layer);
    decided.push_back(also ? *decision.also : *layer.allow);
  }
  return decided;
}

}  // namespace iamcheck
