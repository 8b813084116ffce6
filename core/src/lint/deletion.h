#pragma once

// Taking something out of a policy, as an edit of the text.

#include <cstddef>
#include <optional>
#include <vector>

#include "iamcheck/finding.h"
#include "iamcheck/policy.h"

namespace iamcheck {

/// Nothing where the text around it is more than white space and a comma (a comment, another
/// notation than JSON), or where it is the only statement.
std::optional<Fix> deletion_of(const Policy& policy, const Statement& statement);

/// The same for entries of a list, by index. Nothing where no entry would be left.
std::optional<Fix> deletion_of(const Policy& policy, const ListElement& list,
                               const std::vector<std::size_t>& entries);
/// One element of the statement: `name` and `value` are its spans. Nothing where the text is not
/// plain JSON, or it is the only element.
std::optional<Edit> deletion_of(const Policy& policy, const Statement& statement, Span name,
                                Span value);

}  // namespace iamcheck
