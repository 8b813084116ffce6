#pragma once

#include <string>
#include <vector>

#include "tree.h"

namespace arch {

/// Reads every `#include` and says which ones break the order of the house (docs/design.md,
/// "Floors").
std::vector<std::string> layer_complaints(const Tree& tree);

/// Public headers that the umbrella header iamcheck.h forgets.
std::vector<std::string> umbrella_complaints(const Tree& tree);

}  // namespace arch
