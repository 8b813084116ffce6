// The closed vocabulary of what leads to an answer.
#include <array>

#include "iamcheck/evaluate.h"

namespace iamcheck {

std::string_view to_string(PrincipalMatch match) {
  static constexpr std::array<std::string_view, 5> kNames = {"none", "account", "role",
                                                             "issuing user", "direct"};
  return kNames[static_cast<std::size_t>(match)];
}

const DecisionCauseInfo& info(DecisionCause cause) {
  using C = DecisionCause;
  static constexpr auto kRows = std::to_array<DecisionCauseInfo>({
      {C::kExplicitDeny, "explicit-deny", "S9.2", "a statement denies it explicitly"},
      {C::kIdentityAllow, "identity-allow", "S9.4", "an identity-based policy allows it"},
      {C::kResourceAllow, "resource-allow", "S9.4",
       "the resource-based policy allows it, and no identity-based policy is needed"},
      {C::kCrossAccountAllow, "cross-account-allow", "S9.5",
       "the policies of both accounts allow it"},
      {C::kRootUser, "root-user", "S9.4",
       "the root user of the account needs no identity-based policy"},
      {C::kAlwaysAllowed, "always-allowed", "S9.1", "policies cannot control this call"},
      {C::kNoAllow, "no-allow", "S9.4", "no statement allows it"},
      {C::kNoScpAllow, "no-scp-allow", "S9.3",
       "at some level of the organization no service control policy allows it"},
      {C::kNoEndpointAllow, "no-endpoint-allow", "S9.3",
       "the VPC endpoint policy does not allow it"},
      {C::kNoBoundaryAllow, "no-boundary-allow", "S9.4",
       "the permissions boundary does not allow it"},
      {C::kNoSessionAllow, "no-session-allow", "S9.4", "the session policy does not allow it"},
      {C::kBlockPublicAccess, "block-public-access", "S9.10",
       "the bucket policy is public, and S3 Block Public Access keeps this caller out"},
      {C::kNoIdentityAllow, "no-identity-allow", "S9.4",
       "the resource-based policy alone is not enough, and no identity-based policy allows it"},
      {C::kNoResourceAllow, "no-resource-allow", "S9.5",
       "the resource is in another account, whose resource-based policy does not allow it"},
      {C::kNeedsResourcePolicy, "needs-resource-policy", "S9.4",
       "this resource's own policy (key policy or role trust policy) must allow it, and does not"},
      {C::kFederatedNoSession, "federated-no-session", "S9.6",
       "a federated-user session without a session policy has no permissions of its own"},
      {C::kOtherPartition, "other-partition", "S1.4",
       "principal and resource are in different partitions"},
      {C::kProtectedResource, "protected-resource", "S9.9",
       "AWS owns this resource and refuses to change it"},
      {C::kCredentialKind, "credential-kind", "S9.9", "these credentials cannot make this call"},
      {C::kPatternOpen, "pattern-open", "S10.3",
       "not every resource of the pattern is known to get the same answer"},
      {C::kUnknownKeys, "unknown-keys", "S1", "the answer hangs on keys that are unknown"},
  });
  static_assert(kRows.size() == static_cast<std::size_t>(C::kUnknownKeys) + 1);
  return kRows[static_cast<std::size_t>(cause)];
}

}  // namespace iamcheck
