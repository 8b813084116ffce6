#pragma once

// Which statements a test case proves.

#include <vector>

#include "iamcheck/evaluate.h"

namespace iamcheck {

/// The statements that decided; `decision` has a trace. Of a denied request that is the Deny, and
/// nothing where nothing allowed: an Allow that was overruled or not enough decided nothing. Of an
/// allowed request the Allow that the engine names, and, of every other layer without whose Allows
/// the request would have been denied, the first one.
std::vector<StatementRef> statements_that_decided(const PolicySet& policies, const Request& request,
                                                  const Decision& decision);

}  // namespace iamcheck
