#pragma once

// Adding to the text of a policy without touching what is there.

#include <optional>
#include <string_view>

#include "iamcheck/finding.h"
#include "iamcheck/policy.h"

namespace iamcheck {

/// Puts `item`, a member of an object or a value of a list, behind the last one there is, on a line
/// of its own where the last one has one. `holder` is the span of the object or list. Nothing when
/// it is empty or the text is not plain JSON.
std::optional<Edit> insertion_at_end(const Policy& policy, Span holder, std::string_view item);

}  // namespace iamcheck
