#pragma once

// Conditions in words.

#include <string>

#include "iamcheck/policy.h"

namespace iamcheck {

/// What the key would have to be for the condition to hold (or, with `holds` false, not to hold),
/// to stand behind "if": `` `aws:MultiFactorAuthPresent` were `true` ``.
std::string condition_phrase(const ConditionEntry& entry, bool holds);

}  // namespace iamcheck
