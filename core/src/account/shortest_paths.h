#pragma once

#include "iamcheck/graph.h"

namespace iamcheck {

/// Fills `path` and `path_certain` of every node: breadth first from the administrators backwards,
/// so cycles cost nothing. Certain edges first; what they do not reach is tried with all.
void find_shortest_paths(EscalationGraph& graph);

}  // namespace iamcheck
