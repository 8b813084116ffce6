#pragma once

#include <string>
#include <vector>

#include "tree.h"

namespace arch {

/// Hand-written files above 500 lines that give no reason in a `// long: ...` line near their top.
std::vector<std::string> size_complaints(const Tree& tree);

/// Code files and folders whose name says nothing: utils, helpers, misc, common, manager.
std::vector<std::string> name_complaints(const Tree& tree);

/// Public headers that do not begin with prose and a compiled example.
std::vector<std::string> prose_complaints(const Tree& tree);

/// Test names that a test runner could not hand back to Catch unharmed.
std::vector<std::string> test_name_complaints(const Tree& tree);

}  // namespace arch
