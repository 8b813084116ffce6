#pragma once

// A condition as literals.

#include <vector>

#include "analysis/universe.h"
#include "iamcheck/policy.h"

namespace iamcheck::analysis {

/// Whether policy variables work in a policy, and whether even that is open (S4.1).
struct VariableUse {
  bool work = false;
  bool open = false;
};

/// The alternatives in which the condition holds; none: it never does.
std::vector<Box> lower(const ConditionEntry& entry, VariableUse variables, Universe& universe);

/// A text of which nothing is known, as a language: the same text is the same unknown.
Language unknown_text(std::string_view text);

}  // namespace iamcheck::analysis
