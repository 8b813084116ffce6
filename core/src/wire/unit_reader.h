#pragma once

// The `units` of a request (docs/schema, simulate-request-v1): a call that needs several answers.

#include <string>
#include <vector>

#include "iamcheck/call.h"
#include "iamcheck/document.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// `action` is that of units that name none; empty: each names its own. Errors: `invalid-argument`
/// for a unit that cannot be read, `limit-exceeded` above `Call::kMaxUnits`. Members that the
/// format does not have become warnings.
Result<std::vector<CallUnit>> read_units(const Node& list, const std::string& action,
                                         std::vector<DecisionWarning>& warnings);

}  // namespace iamcheck
