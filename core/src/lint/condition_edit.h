#pragma once

// Small changes of a Condition, as edits of the text.

#include <optional>
#include <string>
#include <string_view>

#include "iamcheck/finding.h"
#include "lint/context.h"

namespace iamcheck {

/// Writes another operator over the one of the place. Nothing where the operator has further keys,
/// where the block has the new operator already, or where the text is not as it reads.
std::optional<Fix> with_operator(const Policy& policy, const ConditionPlace& place,
                                 const ConditionOperator& wanted, bool safe,
                                 std::string description);
/// The operator without `ForAllValues:` and `ForAnyValue:`.
ConditionOperator without_set(ConditionOperator condition_operator);
/// The operator with another comparison; `name` is a row of the table.
ConditionOperator with_base(ConditionOperator condition_operator, std::string_view name);

/// Asks for one thing more, `"name": {"key": "value"}`, in front of the operator of the place.
/// Nothing where the block has that operator already, and in other notations than JSON.
std::optional<Fix> with_condition(const Policy& policy, const ConditionPlace& place,
                                  std::string_view name, std::string_view key,
                                  std::string_view value, bool safe, std::string description);

}  // namespace iamcheck
