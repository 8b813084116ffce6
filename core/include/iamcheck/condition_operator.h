#pragma once

// The condition operators: THE table, and how their names are written.
//
// A name is `[ForAllValues:|ForAnyValue:]Base[IfExists]`, in any case. The parser, the
// documentation, the bindings and the completeness test read the same rows. Source: IAM User Guide,
// "IAM JSON policy elements: Condition operators".
//
// ```cpp
// auto read = iamcheck::parse_condition_operator("forallvalues:stringlikeifexists");
// std::string name = iamcheck::to_string(*read);  // ForAllValues:StringLikeIfExists
// bool negated = read->base->negated;             // false: a row of kConditionOperators
// std::string near = iamcheck::suggest_condition_operator("StringEqual");  // StringEquals
// ```

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace iamcheck {

enum class ConditionFamily : std::uint8_t {
  kString,
  kNumeric,
  kDate,
  kBool,
  kBinary,
  kIpAddress,
  kArn,
  kNull,
};
std::string_view to_string(ConditionFamily family);  // String, Numeric, ...

/// The positive comparison behind an operator: the request's value against one of the policy's.
enum class ConditionComparison : std::uint8_t {
  kEqual,
  kEqualIgnoringCase,
  kLike,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kInBlock,
  kMissing,
};

/// One documented operator.
struct ConditionOperatorInfo {
  std::string_view name;
  ConditionFamily family;
  ConditionComparison comparison;
  bool negated;    ///< the positive comparison, denied as a whole; true for a missing key (S7.1)
  bool variables;  ///< `${...}` works in its values (S4.2)
  std::string_view section;  ///< anchor in the IAM User Guide's page on condition operators
};

/// THE table: the parser, the documentation, the bindings and the completeness test read these
/// rows.
inline constexpr std::array<ConditionOperatorInfo, 27> kConditionOperators = [] {
  using F = ConditionFamily;
  using C = ConditionComparison;
  constexpr std::string_view kString = "Conditions_String", kNumeric = "Conditions_Numeric",
                             kDate = "Conditions_Date", kIp = "Conditions_IPAddress",
                             kArn = "Conditions_ARN";
  return std::array<ConditionOperatorInfo, 27>{{
      {"StringEquals", F::kString, C::kEqual, false, true, kString},
      {"StringNotEquals", F::kString, C::kEqual, true, true, kString},
      {"StringEqualsIgnoreCase", F::kString, C::kEqualIgnoringCase, false, true, kString},
      {"StringNotEqualsIgnoreCase", F::kString, C::kEqualIgnoringCase, true, true, kString},
      {"StringLike", F::kString, C::kLike, false, true, kString},
      {"StringNotLike", F::kString, C::kLike, true, true, kString},
      {"NumericEquals", F::kNumeric, C::kEqual, false, false, kNumeric},
      {"NumericNotEquals", F::kNumeric, C::kEqual, true, false, kNumeric},
      {"NumericLessThan", F::kNumeric, C::kLess, false, false, kNumeric},
      {"NumericLessThanEquals", F::kNumeric, C::kLessOrEqual, false, false, kNumeric},
      {"NumericGreaterThan", F::kNumeric, C::kGreater, false, false, kNumeric},
      {"NumericGreaterThanEquals", F::kNumeric, C::kGreaterOrEqual, false, false, kNumeric},
      {"DateEquals", F::kDate, C::kEqual, false, false, kDate},
      {"DateNotEquals", F::kDate, C::kEqual, true, false, kDate},
      {"DateLessThan", F::kDate, C::kLess, false, false, kDate},
      {"DateLessThanEquals", F::kDate, C::kLessOrEqual, false, false, kDate},
      {"DateGreaterThan", F::kDate, C::kGreater, false, false, kDate},
      {"DateGreaterThanEquals", F::kDate, C::kGreaterOrEqual, false, false, kDate},
      {"Bool", F::kBool, C::kEqual, false, true, "Conditions_Boolean"},
      {"BinaryEquals", F::kBinary, C::kEqual, false, false, "Conditions_BinaryEquals"},
      {"IpAddress", F::kIpAddress, C::kInBlock, false, false, kIp},
      {"NotIpAddress", F::kIpAddress, C::kInBlock, true, false, kIp},
      {"ArnEquals", F::kArn, C::kLike, false, true, kArn},
      {"ArnLike", F::kArn, C::kLike, false, true, kArn},
      {"ArnNotEquals", F::kArn, C::kLike, true, true, kArn},
      {"ArnNotLike", F::kArn, C::kLike, true, true, kArn},
      {"Null", F::kNull, C::kMissing, false, false, "Conditions_Null"},
  }};
}();

enum class SetQualifier : std::uint8_t { kNone, kForAllValues, kForAnyValue };

/// `[ForAllValues:|ForAnyValue:]Base[IfExists]`, read.
struct ConditionOperator {
  const ConditionOperatorInfo* base = nullptr;  // a row of kConditionOperators
  SetQualifier set = SetQualifier::kNone;
  bool if_exists = false;  ///< also for `NullIfExists`, which AWS refuses and which never matches
};

/// Ignores case; nothing for a name that is not in the table.
std::optional<ConditionOperator> parse_condition_operator(std::string_view text);
/// The documented spelling.
std::string to_string(const ConditionOperator& condition_operator);
/// The nearest documented spelling, with prefix and suffix; empty when nothing is near.
std::string suggest_condition_operator(std::string_view text);

}  // namespace iamcheck
