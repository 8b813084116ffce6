#pragma once

// Which ways to more rights the statements of one policy open.

#include <vector>

#include "analysis/statement_grant.h"
#include "iamcheck/summary.h"

namespace iamcheck {

std::vector<EscalationSummary> granted_escalations(const Catalogue& catalogue, PolicyKind kind,
                                                   const std::vector<StatementGrant>& grants);

}  // namespace iamcheck
