#pragma once

// Conditions that narrow where a request comes from. An Allow for everybody is public without one,
// and one for a service serves every customer of the service.

#include <cstdint>

#include "iamcheck/policy.h"

namespace iamcheck {

/// What a condition fixes about the origin of a request.
enum class OriginLimit : std::uint8_t {
  kNone,     ///< nothing: not such a key, or a value that anybody can meet
  kCaller,   ///< account, organization or ARN of the caller
  kSource,   ///< what a service acts for: `aws:SourceArn`, `aws:SourceAccount` and the like
  kNetwork,  ///< the network or the access point that the request comes through
  kUnknown,  ///< known only at deploy time, and given the benefit of the doubt
};

/// Only conditions that a request without the key fails count: no negation, no `IfExists`, no
/// `ForAllValues`. `variables`: the policy has policy variables (Policy::has_variables).
OriginLimit origin_limit(const ConditionEntry& entry, bool variables);
bool limits_origin(const ConditionEntry& entry, bool variables);
/// Some condition of the statement does.
bool limits_origin(const Policy& policy, const Statement& statement);

}  // namespace iamcheck
