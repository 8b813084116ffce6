#pragma once

// One statement in words, with the place to look at.

#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"

namespace iamcheck {

/// The statement's names and its whole span, without words.
StatementNote note_for(const PolicySet& policies, StatementRef ref);
/// A statement that decided: points at the resource that matched, else at the action.
StatementNote deciding_note(const PolicySet& policies, const Request& request, StatementRef ref);
/// Puts into `note` why the statement applied or did not, and where to look.
void explain_miss(const StatementTrace& trace, const Statement& statement, const Request& request,
                  StatementNote& note);

}  // namespace iamcheck
