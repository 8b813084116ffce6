#pragma once

// Where AWS's services part from the general rule: a table of strategies, so that the engine has no
// ifs about single services.

#include <optional>

#include "iamcheck/evaluate.h"
#include "iamcheck/request.h"

namespace iamcheck {

/// S9.4: the resource's own policy must agree; an identity-based policy alone grants nothing.
bool demands_resource_policy(const Request& request);

/// The resource is a role, so that its resource-based policy is a trust policy.
bool is_on_role(const Request& request);

/// The question is about a role trust policy: sts:AssumeRole* and its companions on a role.
bool asks_trust_policy(const Request& request);

/// S9.1: calls that policies cannot control. They are allowed even against an explicit deny.
bool always_allowed(const Request& request);

/// S9.4, last row: the root user of the bucket owner's account may always repair the bucket policy.
bool root_repairs_bucket_policy(const Request& request);

/// S9.9: refused whatever the policies allow. Unknown when it hangs on whether MFA was used.
struct Refusal {
  Truth truth = Truth::kFalse;
  DecisionCause cause = DecisionCause::kProtectedResource;
};
Refusal built_in_refusal(const Request& request);

}  // namespace iamcheck
