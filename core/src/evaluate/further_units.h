#pragma once

// S10.2: what a call needs beside what was asked about.

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "iamcheck/call.h"

namespace iamcheck {

/// About a single question: the other resources and actions of its call.
void warn_of_further_units(const Request& request, const Action& action,
                           std::vector<DecisionWarning>& warnings);

/// About a call of several units: those that the catalogue knows and that none of `units` is.
void warn_of_further_units(std::span<const UnitQuestion> units, const Catalogue& catalogue,
                           std::vector<DecisionWarning>& warnings);

}  // namespace iamcheck
