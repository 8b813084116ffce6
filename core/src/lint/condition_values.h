#pragma once

// What several checks of conditions ask.

#include <string_view>
#include <vector>

#include "iamcheck/finding.h"
#include "lint/context.h"

namespace iamcheck {

/// One value of a condition.
struct ConditionValuePlace {
  ConditionPlace place;
  std::size_t index = 0;
  const Text& text;
  const ConditionOperatorInfo& base;  ///< of the operator, which exists
};
/// The values of all conditions, in order, but for those that are known only at deploy time and
/// those of operators that do not exist.
std::vector<ConditionValuePlace> condition_values(const Policy& policy);
std::string path_of(const Policy& policy, const ConditionValuePlace& value);

/// Keys compare without case.
bool has_key(const ConditionPlace& place, std::string_view key);
bool has_any_key(const ConditionPlace& place, std::span<const std::string_view> keys);

/// The operator as documented and without prefix and suffix, such as `StringLike`.
bool has_operator(const ConditionPlace& place, std::string_view base);
/// Neither `ForAllValues:` or `ForAnyValue:` nor `IfExists`.
bool is_unqualified(const ConditionPlace& place);

/// The comparison lets more through when it matches more: a positive one of an Allow, a negated one
/// of a Deny.
bool widens_access(const ConditionPlace& place);

/// Some policy variable or wildcard stands in it.
bool has_variable_or_wildcard(std::string_view text);

/// The place of the operator, with nothing else in it, under another name. Nothing where the
/// operator has further keys, or the statement has the other operator already.
std::optional<Fix> with_operator(const Policy& policy, const ConditionPlace& place,
                                 std::string_view name);
/// `"Null": {"key": "true"}` (`missing`) or `"false"` in place of the comparison.
std::optional<Fix> as_null_check(const Policy& policy, const ConditionPlace& place, bool missing);
/// Without the key; without its operator or the whole Condition when nothing else stands in it.
std::optional<Edit> deletion_of_key(const Policy& policy, const ConditionPlace& place);

}  // namespace iamcheck
