#pragma once

// How long a policy is, and which of its statements could be one.

#include <cstddef>
#include <string_view>

#include "iamcheck/finding.h"
#include "iamcheck/policy.h"

namespace iamcheck {

/// Characters of a text, as AWS counts them for its quotas (validation-semantics.md, "Size").
struct TextSize {
  std::size_t characters = 0;  ///< without white space, wherever it stands
  std::size_t written = 0;     ///< with it
};
TextSize size_of(std::string_view text);

/// Says in the notes of the finding which statements differ in one list only, what one statement of
/// them would save, and how much the Sids take; the largest saving first.
void suggest_mergers(const Policy& policy, Finding& finding);

}  // namespace iamcheck
