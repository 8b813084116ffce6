#pragma once

// JSON as people write it: comments and trailing commas.

#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/document.h"

namespace iamcheck {

/// Returns `text` with comments and trailing commas replaced by spaces, so that every offset stays,
/// and appends what was forgiven. `base` is the offset of `text` in its source.
std::string blank_leniencies(std::string_view text, std::uint32_t source, std::uint32_t base,
                             std::vector<Leniency>& leniencies);

}  // namespace iamcheck
