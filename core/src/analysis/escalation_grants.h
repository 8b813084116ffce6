#pragma once

// Which ways to more rights the statements of one policy open.

#include <cstddef>
#include <vector>

#include "analysis/statement_grant.h"
#include "iamcheck/summary.h"

namespace iamcheck {

std::vector<EscalationSummary> granted_escalations(const Catalogue& catalogue, PolicyKind kind,
                                                   const std::vector<StatementGrant>& grants);

/// Rows of the table that can be looked for: the catalogue has all of their actions.
std::size_t known_escalations(const Catalogue& catalogue);

}  // namespace iamcheck
