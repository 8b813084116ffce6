// The function below reads like the flow charts in the IAM User Guide, "Policy evaluation logic"
// and "Cross-account policy evaluation logic". Rule numbers are those of docs/evaluation.md.
#include "evaluate/engine.h"

#include "evaluate/services.h"
#include "iamcheck/arn.h"
#include "text/ascii.h"

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

// S1.4: partitions are separate worlds. Their case is no difference (S6.2).
bool other_partition(const Request& request) {
  const std::string& own = request.principal().partition;
  std::optional<Arn> arn = Arn::parse(request.fields().resource);
  return !own.empty() && arn && !equals_ignoring_case(arn->partition, own);
}

// S9.4: what the resource-based policy gives a caller of its own account without any identity-based
// policy.
bool resource_policy_suffices(const Principal& caller, PrincipalMatch match) {
  if (match == PrincipalMatch::kDirect) return true;
  bool role = caller.kind == Kind::kRoleSession || caller.kind == Kind::kRole;
  return role && match == PrincipalMatch::kSessionRole;
  // A federated-user session named through its user (kSessionUser) also needs a session policy
  // (S9.6).
}

// S9.5: both accounts must agree.
Verdict combine_cross_account(const Request& request, const Facts& facts, bool identity_allows) {
  (void)request;
  if (facts.resource_match == PrincipalMatch::kNone) {
    return refuse(DecisionCause::kNoResourceAllow, facts.identity_allow);
  }
  if (!identity_allows) return refuse(DecisionCause::kNoIdentityAllow, facts.resource_allow);
  return allow(DecisionCause::kCrossAccountAllow, facts.identity_allow, facts.resource_allow);
}

}  // namespace

bool brings_identity_policies(const Principal& caller) {
  return caller.kind != Kind::kAnonymous && caller.kind != Kind::kService &&
         caller.kind != Kind::kFederatedIdentity && caller.kind != Kind::kOther;
}

Verdict combine(const Request& request, const Facts& facts, DecisionCause refusal_cause) {
  const Principal& caller = request.principal();

  // S9.1, and the last row of S9.4: not even an explicit deny stops these.
  if (always_allowed(request)) return allow(DecisionCause::kAlwaysAllowed, {});
  // S9.2: an explicit deny anywhere wins.
  if (facts.deny && !root_repairs_bucket_policy(request)) {
    return {DecisionKind::kExplicitlyDenied, DecisionCause::kExplicitDeny, facts.deny, {}};
  }
  if (other_partition(request)) return refuse(DecisionCause::kOtherPartition);
  if (facts.refused) return refuse(refusal_cause);

  // S9.7.
  if (!brings_identity_policies(caller)) {
    if (facts.resource_match == PrincipalMatch::kDirect) {
      return allow(DecisionCause::kResourceAllow, facts.resource_allow);
    }
    return refuse(DecisionCause::kNoAllow);
  }

  bool root = caller.kind == Kind::kRoot;
  // S9.4: an AssumeRoot session is limited by its task policy, and none was given.
  if (root && request.fields().credential_kind == CredentialKind::kAssumeRoot) {
    return refuse(DecisionCause::kCredentialKind);
  }
  // S9.6: without a session policy the identity-based policies give a federated-user session
  // nothing.
  bool identity_allows = root || (facts.identity_allow && caller.kind != Kind::kFederatedSession);
  bool cross_account = !request.resource_account().empty() && caller.has_account() &&
                       request.resource_account() != caller.account;
  if (cross_account) return combine_cross_account(request, facts, identity_allows);

  // S9.4, same account.
  if (resource_policy_suffices(caller, facts.resource_match)) {
    return allow(DecisionCause::kResourceAllow, facts.resource_allow);
  }
  if (demands_resource_policy(request) && facts.resource_match == PrincipalMatch::kNone) {
    return refuse(DecisionCause::kNeedsResourcePolicy, facts.identity_allow);
  }
  if (root) return allow(DecisionCause::kRootUser, facts.resource_allow);
  if (identity_allows)
    return allow(DecisionCause::kIdentityAllow, facts.identity_allow, facts.resource_allow);
  if (caller.kind == Kind::kFederatedSession && (facts.identity_allow || facts.resource_allow)) {
    return refuse(DecisionCause::kFederatedNoSession, facts.identity_allow);
  }
  if (facts.resource_match != PrincipalMatch::kNone) {
    return refuse(DecisionCause::kNoIdentityAllow, facts.resource_allow);
  }
  return refuse(DecisionCause::kNoAllow);
}

}  // namespace iamcheck
