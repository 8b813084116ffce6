#pragma once

// Conditions in words.

#include <string>

#include "iamcheck/policy.h"

namespace iamcheck {

enum class Mood : unsigned char {
  kWere,  ///< `` `aws:MultiFactorAuthPresent` were `true` ``
  kIs,    ///< `` `aws:MultiFactorAuthPresent` is `true` ``
};

/// What the key would have to be for the condition to hold (or, with `holds` false, not to hold),
/// to stand behind "if".
std::string condition_phrase(const ConditionEntry& entry, bool holds, Mood mood = Mood::kWere);

/// False where no value of the key, nor its absence, makes the condition hold, or (`holds` false)
/// not hold, as far as Bool and Null go: `Null: ["true", "false"]` always holds, `Bool: "yes"`
/// never.
bool can_come_out(const ConditionEntry& entry, bool holds);

}  // namespace iamcheck
