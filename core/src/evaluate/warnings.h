#pragma once

// What the asker of a question should know about it. A warning never changes an answer.

#include <string_view>

#include "iamcheck/evaluate.h"

namespace iamcheck {

/// Policies of this kind have no say, and why (see `exemption`).
DecisionWarning left_out_warning(const PolicyKindInfo& kind, std::string_view why);
/// A statement without a valid Effect or with an unreadable Condition. `may_deny`: it is a Deny,
/// and whether it applies is left open.
DecisionWarning malformed_warning(const AttachedPolicy& policy, StatementRef ref, bool may_deny);
/// About the request as a whole, and about what was assumed on the way to `decision`.
void add_warnings(const PolicySet& policies, const Request& request, Decision& decision);

}  // namespace iamcheck
