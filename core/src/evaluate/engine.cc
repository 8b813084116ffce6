// `combine` below reads like the flow charts in the IAM User Guide, "Policy evaluation logic" and
// "Cross-account policy evaluation logic". Rule numbers are those of docs/evaluation.md.
#include "evaluate/engine.h"

#include "evaluate/services.h"

namespace iamcheck {
namespace {

using Kind = Principal::Kind;

Verdict allow(DecisionCause cause, std::optional<StatementRef> by,
              std::optional<StatementRef> also = {}) {
  return {DecisionKind::kAllowed, cause, by, also};
}

Verdict refuse(DecisionCause cause, std::optional<StatementRef> also = {}) {
  return {DecisionKind::kImplicitlyDenied, cause, {}, also};
}

// The caller's own side: what its account's policies give it.
struct OwnSide {
  bool identity = false;
  bool boundary = false;
  bool session = false;
  DecisionCause no_session = DecisionCause::kNoSessionAllow;

  bool limits() const { return boundary && session; }
  bool allows() const { return identity && limits(); }
  // In the order in which AWS asks. `no_identity`: what it means here that no identity-based policy
  // allows.
  DecisionCause missing(DecisionCause no_identity) const {
    if (!identity) return no_identity;
    return boundary ? no_session : DecisionCause::kNoBoundaryAllow;
  }
};

OwnSide own_side(const Request& request, const Setting& setting, const Facts& facts) {
  const Principal& caller = request.principal();
  const bool root = caller.kind == Kind::kRoot;
  OwnSide own;
  own.identity = root || facts.identity_allow.has_value();
  own.boundary = !setting.boundary || facts.boundary_allow.has_value();
  own.session = !setting.session || facts.session_allow.has_value();
  if (!setting.session) {
    // S9.6: without a session policy, GetFederationToken credentials have no permissions.
    if (caller.kind == Kind::kFederatedSession) {
      own.session = false;
      own.no_session = DecisionCause::kFederatedNoSession;
    }
    // S9.4: an AssumeRoot session is limited by its task policy, which was not given.
    if (root && request.fields().credential_kind == CredentialKind::kAssumeRoot) {
      own.session = false;
      own.no_session = DecisionCause::kCredentialKind;
    }
  }
  return own;
}

// S9.4: what the resource-based policy gives a caller of its own account without any identity-based
// policy: the rows of the table that say "nothing besides", and those that say "pb and sess".
bool resource_policy_suffices(const Request& request, PrincipalMatch match, const OwnSide& own) {
  const Kind caller = request.principal().kind;
  if (match == PrincipalMatch::kDirect) return caller != Kind::kRoot || own.session;
  const bool named_through_role = (caller == Kind::kRoleSession || caller == Kind::kRole) &&
                                  match == PrincipalMatch::kSessionRole;
  const bool named_through_user =
      caller == Kind::kFederatedSession && match == PrincipalMatch::kSessionUser;
  return (named_through_role || named_through_user) && own.limits();
}

Verdict combine_same_account(const Request& request, const Facts& facts, const OwnSide& own) {
  if (resource_policy_suffices(request, facts.resource_match, own))
    return allow(DecisionCause::kResourceAllow, facts.resource_allow);
  if (demands_resource_policy(request) && facts.resource_match == PrincipalMatch::kNone)
    return refuse(DecisionCause::kNeedsResourcePolicy, facts.identity_allow);
  if (own.allows()) {
    if (request.principal().kind == Kind::kRoot)
      return allow(DecisionCause::kRootUser, facts.resource_allow);
    return allow(DecisionCause::kIdentityAllow, facts.identity_allow, facts.resource_allow);
  }
  // S9.6 comes before what the identity-based policies say: they give such a session nothing.
  if (own.no_session == DecisionCause::kFederatedNoSession && !own.session &&
      (facts.identity_allow || facts.resource_allow))
    return refuse(own.no_session, facts.identity_allow);
  // The role or the issuing user is named, and only the limits are missing.
  if (facts.resource_match > PrincipalMatch::kAccount && !own.limits())
    return refuse(own.boundary ? own.no_session : DecisionCause::kNoBoundaryAllow,
                  facts.resource_allow);
  const bool delegated = facts.resource_match != PrincipalMatch::kNone;
  const DecisionCause cause =
      own.missing(delegated ? DecisionCause::kNoIdentityAllow : DecisionCause::kNoAllow);
  return refuse(cause, own.identity ? facts.identity_allow : facts.resource_allow);
}

// S9.5: both accounts must agree, and nothing is bypassed.
Verdict combine_cross_account(const Facts& facts, const OwnSide& own) {
  if (facts.resource_match == PrincipalMatch::kNone)
    return refuse(DecisionCause::kNoResourceAllow, facts.identity_allow);
  if (!own.allows())
    return refuse(own.missing(DecisionCause::kNoIdentityAllow), facts.resource_allow);
  return allow(DecisionCause::kCrossAccountAllow, facts.identity_allow, facts.resource_allow);
}

}  // namespace

Verdict combine(const Request& request, const Setting& setting, const Facts& facts,
                DecisionCause refusal_cause) {
  const Principal& caller = request.principal();
  const bool repairs = root_repairs_bucket_policy(request);
  const std::optional<StatementRef> granted =
      facts.identity_allow ? facts.identity_allow : facts.resource_allow;

  // S9.1: not even an explicit deny stops these.
  if (always_allowed(request)) return allow(DecisionCause::kAlwaysAllowed, {});
  // S9.2: an explicit deny anywhere wins. The last row of S9.4: but not over the root user who
  // repairs a bucket policy, whom only the guardrails stop.
  if (const auto deny = repairs ? facts.guard_deny : facts.deny)
    return {DecisionKind::kExplicitlyDenied, DecisionCause::kExplicitDeny, deny, {}};
  // S1.4: partitions are separate worlds.
  if (request.is_cross_partition()) return refuse(DecisionCause::kOtherPartition);
  if (facts.refused) return refuse(refusal_cause);

  // S9.3: the guardrails. RCPs allow at every level by themselves (S1.2).
  if ((facts.scp_levels & setting.scp_levels) != setting.scp_levels)
    return refuse(DecisionCause::kNoScpAllow, granted);
  if (setting.endpoint && !facts.endpoint_allow)
    return refuse(DecisionCause::kNoEndpointAllow, granted);
  if (facts.restricted) return refuse(DecisionCause::kBlockPublicAccess, facts.resource_allow);

  // S9.7: services and anonymous callers have the resource-based policy alone.
  if (!brings_identity_policies(caller)) {
    if (facts.resource_match == PrincipalMatch::kDirect)
      return allow(DecisionCause::kResourceAllow, facts.resource_allow);
    return refuse(DecisionCause::kNoAllow);
  }

  const OwnSide own = own_side(request, setting, facts);
  if (repairs && own.session) return allow(DecisionCause::kRootUser, {});
  return request.is_cross_account() ? combine_cross_account(facts, own)
                                    : combine_same_account(request, facts, own);
}

}  // namespace iamcheck
