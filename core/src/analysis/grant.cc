#include "analysis/grant.h"

#include <array>
#include <utility>

namespace iamcheck::analysis {
namespace {

void add_layer(const std::vector<Layer>& layers, const PolicySet& policies, PolicyKind kind,
               Path& path) {
  if (policies.has(kind)) path.push_back(layers[static_cast<std::size_t>(kind)]);
}

}  // namespace

Grant grant_of(const PolicySet& policies, ArnReading reading, Universe& universe,
               std::optional<StatementRef> skip) {
  Grant grant;
  std::vector<Layer> layers(policy_kinds().size());
  std::vector<Layer> scps(policies.levels(PolicyKind::kScp).size());
  for (std::uint32_t p = 0; p < policies.policies().size(); ++p) {
    const AttachedPolicy& attached = policies.policies()[p];
    for (LoweredStatement& lowered : lower(*attached.policy, attached.kind, reading, universe)) {
      const StatementRef ref{p, lowered.statement};
      if (skip == ref) continue;
      grant.too_large = grant.too_large || lowered.too_large;
      Layer* layer = &grant.denies;
      if (lowered.effect == Effect::kAllow) {
        // RCPFullAWSAccess allows at every level already (S1.2).
        if (attached.kind == PolicyKind::kRcp) continue;
        layer = attached.kind == PolicyKind::kScp
                    ? &scps[attached.level]
                    : &layers[static_cast<std::size_t>(attached.kind)];
      }
      for (Box& box : lowered.boxes) layer->push_back({std::move(box), ref});
    }
  }
  Path guards(scps.begin(), scps.end());
  add_layer(layers, policies, PolicyKind::kEndpoint, guards);
  const bool resource = policies.has(PolicyKind::kResource) || policies.has(PolicyKind::kTrust);
  if (resource) {
    Path path;
    Layer& both = path.emplace_back(layers[static_cast<std::size_t>(PolicyKind::kResource)]);
    const Layer& trust = layers[static_cast<std::size_t>(PolicyKind::kTrust)];
    both.insert(both.end(), trust.begin(), trust.end());
    path.insert(path.end(), guards.begin(), guards.end());
    grant.paths.push_back(std::move(path));
  }
  const bool own = policies.has(PolicyKind::kIdentity) || policies.has(PolicyKind::kBoundary) ||
                   policies.has(PolicyKind::kSession);
  if (own || !resource) {
    Path path;
    // Without identity-based policies nothing is allowed on this path; guardrails asked about alone
    // are taken as they are.
    if (own && policies.has(PolicyKind::kIdentity))
      path.push_back(layers[static_cast<std::size_t>(PolicyKind::kIdentity)]);
    add_layer(layers, policies, PolicyKind::kBoundary, path);
    add_layer(layers, policies, PolicyKind::kSession, path);
    path.insert(path.end(), guards.begin(), guards.end());
    if (path.empty()) path.emplace_back();
    grant.paths.push_back(std::move(path));
  }
  if (resource && own) {
    grant.assumptions.emplace_back(
        "caller and resource are in one account, and the resource is no KMS key and no role");
  }
  return grant;
}

}  // namespace iamcheck::analysis
