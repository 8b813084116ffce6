#pragma once

#include <cstddef>
#include <functional>

#include "iamcheck/policy_set.h"

namespace iamcheck {

/// The policies at the positions that `keeps` says yes to, in their order, on the same levels of
/// SCPs and RCPs: a level without policies stays, and allows nothing.
PolicySet subset_of(const PolicySet& policies, const std::function<bool(std::size_t)>& keeps);

}  // namespace iamcheck
