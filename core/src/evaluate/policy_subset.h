#pragma once

#include <cstddef>
#include <functional>

#include "iamcheck/policy_set.h"

namespace iamcheck {

/// Puts policies together anew: `put` is called with each position and adds what becomes of the
/// policy there, or nothing. The levels of SCPs and RCPs stay, those without policies too.
PolicySet put_together(const PolicySet& policies,
                       const std::function<void(std::size_t, PolicySet&)>& put);

/// The policies at the positions that `keeps` says yes to, in their order, on the same levels of
/// SCPs and RCPs: a level without policies stays, and allows nothing.
PolicySet subset_of(const PolicySet& policies, const std::function<bool(std::size_t)>& keeps);

}  // namespace iamcheck
