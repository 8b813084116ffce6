#include "evaluate/layer_trace.h"

#include <algorithm>
#include <array>

#include "evaluate/layers.h"

namespace iamcheck {
namespace {

// IAM User Guide, "How AWS enforcement code logic evaluates requests".
constexpr std::array<PolicyKind, 8> kOrder = {
    PolicyKind::kRcp,   PolicyKind::kScp,      PolicyKind::kEndpoint, PolicyKind::kResource,
    PolicyKind::kTrust, PolicyKind::kIdentity, PolicyKind::kBoundary, PolicyKind::kSession};

void add(const StatementTrace& trace, Effect effect, LayerTrace& layer) {
  if (trace.truth == Truth::kFalse) return;
  Truth& truth = effect == Effect::kAllow ? layer.allows : layer.denies;
  std::optional<StatementRef>& first = effect == Effect::kAllow ? layer.allow : layer.deny;
  // A statement that surely applies is better evidence than one that may.
  if (!first || (truth == Truth::kUnknown && trace.truth == Truth::kTrue)) first = trace.statement;
  truth = truth_or(truth, trace.truth);
}

}  // namespace

std::vector<LayerTrace> trace_layers(const PolicySet& policies, const Request& request,
                                     const std::vector<StatementTrace>& trace) {
  std::vector<LayerTrace> layers;
  for (const PolicyKind kind : kOrder) {
    if (!policies.has(kind)) continue;
    const std::size_t levels = policies.levels(kind).size();
    for (std::uint32_t level = 0; level < std::max<std::size_t>(levels, 1); ++level) {
      LayerTrace layer;
      layer.layer = info(kind).name;
      layer.level = level;
      layer.exempt = exemption(kind, request);
      // S1.2: RCPFullAWSAccess is attached everywhere.
      if (kind == PolicyKind::kRcp && layer.exempt.empty()) layer.allows = Truth::kTrue;
      for (const StatementTrace& entry : trace) {
        const AttachedPolicy& policy = policies.policies()[entry.statement.policy];
        if (policy.kind != kind || policy.level != level) continue;
        const Statement& statement = policy.policy->statements[entry.statement.statement];
        // Without an Effect that is known, a statement that may match may do either.
        for (const Effect effect : {Effect::kAllow, Effect::kDeny}) {
          if (!statement.effect || statement.effect == effect) add(entry, effect, layer);
        }
      }
      layers.push_back(layer);
    }
  }
  return layers;
}

}  // namespace iamcheck
