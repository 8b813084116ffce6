#pragma once

// Taking a statement out of a policy, as an edit of the text.

#include <optional>

#include "iamcheck/finding.h"
#include "iamcheck/policy.h"

namespace iamcheck {

/// Nothing where the text around it is more than white space and a comma (a comment, another
/// notation than JSON), or where it is the only statement.
std::optional<Fix> deletion_of(const Policy& policy, const Statement& statement);

}  // namespace iamcheck
