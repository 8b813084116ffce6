#pragma once

// Every point of the condition rules on which AWS is silent or its sources disagree, and our
// choice. Each has one name here, is read where the rule is applied, and is listed by
// `condition_choices()` for docs/evaluation.md. The other reading is one constant away.

#include "iamcheck/truth.h"

namespace iamcheck::choices {

/// S4.2: the page on variables says that Bool takes none, the page on operators says that it does.
/// The row of the table follows this.
inline constexpr bool kBoolTakesVariables = true;

/// S7: `Null` takes no IfExists, AWS refuses it: it is answered as an operator that does not exist.
inline constexpr Truth kNullIfExists = Truth::kFalse;

/// S7.3: no set operator, but the request value is a list; negated operators and IfExists too.
inline constexpr Truth kListWithoutSetOperator = Truth::kFalse;

/// S7.5: `ForAnyValue:...IfExists` over a missing key: IfExists does not reach the set.
inline constexpr Truth kForAnyValueIfExistsMissing = Truth::kFalse;

/// S7.6: `""` and `[""]` count as no value for Null and for ForAllValues.
inline constexpr bool kEmptyTextIsNull = true;

/// S7.7: a value of the wrong type under a negated operator; one among several of the policy's is
/// enough.
inline constexpr Truth kMistypedUnderNegated = Truth::kFalse;

/// S7.7 names only the request's value for Arn* operators. Off: a policy value without six parts
/// equals nothing, so negated operators match past it. On: it is a value of the wrong type.
inline constexpr bool kShortArnInPolicyIsMistyped = false;

/// S7.8: an operator that AWS does not know, in a policy that AWS would not have saved.
inline constexpr Truth kUnknownOperator = Truth::kFalse;

/// S7, Date row: `2024` is an epoch second as every text of digits is, not a year.
inline constexpr bool kFourDigitsAreAYear = false;

}  // namespace iamcheck::choices
