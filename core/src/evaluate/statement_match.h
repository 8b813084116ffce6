#pragma once

// Does one statement speak about one request?

#include "evaluate/compiled_policy.h"
#include "evaluate/principal_match.h"
#include "iamcheck/evaluate.h"

namespace iamcheck {

/// The answer of one statement. `truth` covers every element; `principal` says how strongly the
/// caller is named (resource-based policies), `kDirect` where no principal is asked for.
struct StatementAnswer {
  Truth truth = Truth::kFalse;
  PrincipalAnswer principal;
};

/// S1.3: the elements of a statement are AND-ed. With `trace` every element is looked at, without
/// it the first that fails ends the question. `action_matches`: the action is known to match
/// (`ActionIndex`) and need not be asked.
StatementAnswer match_statement(const CompiledStatement& statement, const Request& request,
                                const PrincipalScene& scene, bool action_matches,
                                StatementTrace* trace);

/// Keys that are unknown and on which the statement's answer hangs.
void add_unknown_keys(const CompiledStatement& statement, const Request& request,
                      std::vector<std::string>& keys);

}  // namespace iamcheck
