#pragma once

// What each layer came to, for people who ask why.

#include <vector>

#include "iamcheck/evaluate.h"

namespace iamcheck {

/// One entry for each kind of policy in the set, and for each level of SCPs and RCPs, in the order
/// in which AWS names the layers. `trace` holds every statement of the layers that have a say.
std::vector<LayerTrace> trace_layers(const PolicySet& policies, const Request& request,
                                     const std::vector<StatementTrace>& trace);

}  // namespace iamcheck
