#pragma once

// What would have to be different for a denied request to be allowed.

#include <vector>

#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"

namespace iamcheck {

/// Statements that stand between the request and an Allow by a single element: an Allow that
/// matches in everything but one condition, the resource or the principal, or the one Deny that
/// applies by a condition. Each was tried: with that element the other way round, and nothing else
/// changed, the answer is Allowed. Those by a condition come first; at most `limit`. `decision`
/// needs a trace.
std::vector<StatementNote> nearest_misses(const PolicySet& policies, const Request& request,
                                          const Decision& decision, std::size_t limit);

}  // namespace iamcheck
