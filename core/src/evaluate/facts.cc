#include "evaluate/facts.h"

namespace iamcheck {
namespace {

bool guards_bucket_repair(PolicyKind kind) {
  return kind == PolicyKind::kScp || kind == PolicyKind::kRcp || kind == PolicyKind::kEndpoint ||
         kind == PolicyKind::kSession;
}

void keep_first(std::optional<StatementRef>& slot, StatementRef ref) {
  if (!slot) slot = ref;
}

void add_allow(Facts& facts, StatementRef ref, const AttachedPolicy& policy, PrincipalMatch match) {
  switch (policy.kind) {
    case PolicyKind::kIdentity:
      return keep_first(facts.identity_allow, ref);
    case PolicyKind::kBoundary:
      return keep_first(facts.boundary_allow, ref);
    case PolicyKind::kSession:
      return keep_first(facts.session_allow, ref);
    case PolicyKind::kEndpoint:
      return keep_first(facts.endpoint_allow, ref);
    case PolicyKind::kScp:
      facts.scp_levels |= std::uint64_t{1} << policy.level;
      return;
    case PolicyKind::kRcp:  // S1.2: RCPFullAWSAccess allows at every level already
      return;
    case PolicyKind::kResource:
    case PolicyKind::kTrust:
      if (match > facts.resource_match) {
        facts.resource_match = match;
        facts.resource_allow = ref;
      }
      return;
  }
}

void add_to(Facts& facts, StatementRef ref, Effect effect, const AttachedPolicy& policy,
            PrincipalMatch match) {
  if (effect == Effect::kAllow) return add_allow(facts, ref, policy, match);
  keep_first(facts.deny, ref);
  if (guards_bucket_repair(policy.kind)) keep_first(facts.guard_deny, ref);
}

void copy_group(FactGroup group, const Facts& from, Facts& to) {
  switch (group) {
    case FactGroup::kDeny:
      to.deny = from.deny;
      to.guard_deny = from.guard_deny;
      return;
    case FactGroup::kIdentity:
      to.identity_allow = from.identity_allow;
      return;
    case FactGroup::kBoundary:
      to.boundary_allow = from.boundary_allow;
      return;
    case FactGroup::kSession:
      to.session_allow = from.session_allow;
      return;
    case FactGroup::kEndpoint:
      to.endpoint_allow = from.endpoint_allow;
      return;
    case FactGroup::kResource:
      to.resource_allow = from.resource_allow;
      to.resource_match = from.resource_match;
      return;
    case FactGroup::kRefusal:
      to.refused = from.refused;
      return;
    case FactGroup::kRestriction:
      to.restricted = from.restricted;
      return;
    case FactGroup::kScpLevel0:
      break;
  }
  const unsigned level =
      static_cast<unsigned>(group) - static_cast<unsigned>(FactGroup::kScpLevel0);
  const std::uint64_t bit = std::uint64_t{1} << level;
  to.scp_levels = (to.scp_levels & ~bit) | (from.scp_levels & bit);
}

}  // namespace

FactGroup group_of(Effect effect, const AttachedPolicy& policy) {
  if (effect == Effect::kDeny) return FactGroup::kDeny;
  switch (policy.kind) {
    case PolicyKind::kIdentity:
      return FactGroup::kIdentity;
    case PolicyKind::kBoundary:
      return FactGroup::kBoundary;
    case PolicyKind::kSession:
      return FactGroup::kSession;
    case PolicyKind::kEndpoint:
      return FactGroup::kEndpoint;
    case PolicyKind::kScp:
      return static_cast<FactGroup>(static_cast<unsigned>(FactGroup::kScpLevel0) + policy.level);
    case PolicyKind::kRcp:  // an Allow of an RCP changes nothing; it stands with its siblings
    case PolicyKind::kResource:
    case PolicyKind::kTrust:
      break;
  }
  return FactGroup::kResource;
}

void FactCollector::add(StatementRef ref, Effect effect, const AttachedPolicy& policy,
                        const StatementAnswer& answer) {
  if (answer.truth == Truth::kFalse) return;
  const bool certain = answer.truth == Truth::kTrue;
  if (certain || effect == Effect::kAllow)
    add_to(optimistic_, ref, effect, policy, answer.principal.possible);
  if (certain || effect == Effect::kDeny)
    add_to(pessimistic_, ref, effect, policy, answer.principal.certain);
  // A statement may hold while the strength of its principal match is open.
  any_unknown_ |= !certain || answer.principal.possible != answer.principal.certain;
}

void FactCollector::add_refusal(Truth refused) {
  optimistic_.refused = refused == Truth::kTrue;
  pessimistic_.refused = refused != Truth::kFalse;
  any_unknown_ |= refused == Truth::kUnknown;
}

void FactCollector::add_restriction(Truth restricted) {
  optimistic_.restricted = restricted == Truth::kTrue;
  pessimistic_.restricted = restricted != Truth::kFalse;
  any_unknown_ |= restricted == Truth::kUnknown;
}

Facts FactCollector::mixed(const std::vector<FactGroup>& groups) const {
  Facts facts = pessimistic_;
  for (const FactGroup group : groups) copy_group(group, optimistic_, facts);
  return facts;
}

}  // namespace iamcheck
