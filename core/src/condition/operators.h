#pragma once

// The one place where set operators, IfExists, negation and missing keys meet the comparison of a
// family.

#include "condition/families/policy_values.h"
#include "iamcheck/condition.h"

namespace iamcheck {

/// The answer of a known operator for what the context holds under its key; `scope` resolves policy
/// variables. `explanation` is written always.
Truth answer(const ConditionOperator& condition_operator, const families::PolicyValues& policy,
             const ContextValue& value, const VariableScope& scope,
             ConditionExplanation& explanation);

}  // namespace iamcheck
