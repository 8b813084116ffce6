// The closed vocabulary of policy kinds. Sources: IAM User Guide, "Policies and permissions in
// IAM"; Organizations User Guide, "SCP syntax" and "RCP syntax"; VPC User Guide, "Control access to
// VPC endpoints using endpoint policies".
#include <algorithm>

#include "iamcheck/policy.h"
#include "text/ascii.h"

namespace iamcheck {

const std::array<PolicyKindInfo, 8>& policy_kinds() {
  // kind, name, title, AWS's name, principal: takes, requires, takes NotPrincipal; requires
  // resource
  static constexpr std::array<PolicyKindInfo, 8> kKinds = {{
      {PolicyKind::kIdentity, "identity", "identity-based policy", "IDENTITY_POLICY", false, false,
       false, true},
      {PolicyKind::kResource, "resource", "resource-based policy", "RESOURCE_POLICY", true, true,
       true, true},
      {PolicyKind::kTrust, "trust", "role trust policy", "", true, true, false, false},
      {PolicyKind::kScp, "scp", "service control policy", "SERVICE_CONTROL_POLICY", false, false,
       false, true},
      {PolicyKind::kRcp, "rcp", "resource control policy", "RESOURCE_CONTROL_POLICY", true, true,
       false, true},
      {PolicyKind::kBoundary, "boundary", "permissions boundary", "", false, false, false, true},
      {PolicyKind::kSession, "session", "session policy", "", false, false, false, true},
      {PolicyKind::kEndpoint, "endpoint", "VPC endpoint policy", "", true, true, true, true},
  }};
  return kKinds;
}

const PolicyKindInfo& info(PolicyKind kind) {
  return policy_kinds()[static_cast<std::size_t>(kind)];
}

std::optional<PolicyKind> policy_kind_from(std::string_view name) {
  for (const PolicyKindInfo& row : policy_kinds()) {
    if (equals_ignoring_case(name, row.name)) return row.kind;
    if (!row.aws_name.empty() && equals_ignoring_case(name, row.aws_name)) return row.kind;
  }
  return std::nullopt;
}

std::string_view to_string(Effect effect) { return effect == Effect::kAllow ? "Allow" : "Deny"; }

}  // namespace iamcheck
