#pragma once

// The two policies that AWS attaches to an organization by itself.

#include <memory>
#include <string_view>

#include "iamcheck/policy.h"

namespace iamcheck {

/// Of `FullAWSAccess` and `RCPFullAWSAccess`, one copy each, so that a pool holds them once; null
/// for any other name.
std::shared_ptr<const Policy> full_access_policy(std::string_view name);

}  // namespace iamcheck
