// The closed vocabularies of condition.h: operator names, families, reasons, choices.
#include <algorithm>
#include <array>

#include "condition/choices.h"
#include "iamcheck/condition.h"
#include "text/ascii.h"
#include "text/edit_distance.h"
#include "text/letter_case.h"

namespace iamcheck {
namespace {

constexpr std::string_view kIfExists = "IfExists";
constexpr std::array<std::string_view, 3> kPrefixes = {"", "ForAllValues:", "ForAnyValue:"};

// Asked of every row of the table for every operator, so that letters other than those of ASCII,
// which need more than one look, come last.
bool same_name(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (equals_ignoring_case(a, b)) return true;
  const bool plain = std::ranges::all_of(a, [](char c) { return (c & 0x80) == 0; });
  return !plain && to_lower(a) == to_lower(b);
}

const ConditionOperatorInfo* find_base(std::string_view name) {
  for (const ConditionOperatorInfo& row : kConditionOperators) {
    if (same_name(name, row.name)) return &row;
  }
  return nullptr;
}

}  // namespace

std::optional<ConditionOperator> parse_condition_operator(std::string_view text) {
  ConditionOperator result;
  for (const SetQualifier set : {SetQualifier::kForAllValues, SetQualifier::kForAnyValue}) {
    const std::string_view prefix = kPrefixes[static_cast<std::size_t>(set)];
    if (!same_name(text.substr(0, prefix.size()), prefix)) continue;
    result.set = set;
    text.remove_prefix(prefix.size());
    break;
  }
  if (text.size() > kIfExists.size() &&
      same_name(text.substr(text.size() - kIfExists.size()), kIfExists)) {
    result.if_exists = true;
    text.remove_suffix(kIfExists.size());
  }
  result.base = find_base(text);
  if (result.base == nullptr) return std::nullopt;
  return result;
}

std::string to_string(const ConditionOperator& condition_operator) {
  std::string text(kPrefixes[static_cast<std::size_t>(condition_operator.set)]);
  text += condition_operator.base->name;
  if (condition_operator.if_exists) text += kIfExists;
  return text;
}

std::string suggest_condition_operator(std::string_view text) {
  std::vector<std::string> spellings;
  for (const ConditionOperatorInfo& row : kConditionOperators) {
    for (SetQualifier set :
         {SetQualifier::kNone, SetQualifier::kForAllValues, SetQualifier::kForAnyValue}) {
      for (bool if_exists : {false, true}) {
        if (row.family == ConditionFamily::kNull && (set != SetQualifier::kNone || if_exists))
          continue;
        spellings.push_back(to_string({&row, set, if_exists}));
      }
    }
  }
  return nearest_name(text, std::vector<std::string_view>(spellings.begin(), spellings.end()));
}

std::string_view to_string(ConditionFamily family) {
  static constexpr std::array<std::string_view, 8> kNames = {"String", "Numeric",   "Date", "Bool",
                                                             "Binary", "IpAddress", "Arn",  "Null"};
  return kNames[static_cast<std::size_t>(family)];
}

const std::array<ConditionReasonInfo, 15>& condition_reasons() {
  using R = ConditionReason;
  static constexpr std::array<ConditionReasonInfo, 15> kRows = {{
      {R::kMatched, "matched", "S7.2", "the request satisfies the comparison"},
      {R::kNotMatched, "not-matched", "S7.2", "the request does not satisfy the comparison"},
      {R::kKeyMissing, "key-missing", "S7.1",
       "the request does not have the key: a negated operator matches, any other does not"},
      {R::kKeyMissingIfExists, "key-missing-if-exists", "S7.1",
       "the request does not have the key, and `IfExists` matches then"},
      {R::kListWithoutSet, "list-without-set-operator", "S7.3",
       "the request has a list of values, which nothing matches without `ForAllValues` or "
       "`ForAnyValue`"},
      {R::kNothingForAll, "no-values-for-all", "S7.4",
       "the request has no value for the key, and `ForAllValues` matches then"},
      {R::kNothingForAny, "no-values-for-any", "S7.4",
       "the request has no value for the key, and `ForAnyValue` does not match then"},
      {R::kForAnyIfExists, "for-any-value-if-exists", "S7.5",
       "the request does not have the key, and `IfExists` does not help `ForAnyValue`"},
      {R::kMistyped, "wrong-type", "S7.7",
       "a value of the request or of the policy is not of the operator's type, and nothing matches "
       "then, not even a negated operator"},
      {R::kUnknownOperator, "unknown-operator", "S7.8",
       "there is no such operator, so the condition never matches"},
      {R::kNullIfExists, "null-if-exists", "S7.8",
       "`Null` takes no `IfExists`, so the condition never matches"},
      {R::kNoVariableValue, "variable-without-value", "S4.6",
       "a policy variable has no value, which equals nothing: a negated operator matches past it, "
       "any other does not"},
      {R::kUnknownKey, "unknown-key", "S7", "the answer depends on a key that was not given"},
      {R::kUnknownVariable, "unknown-variable", "S4.3",
       "the answer depends on a policy variable whose key was not given"},
      {R::kUnresolvedText, "unresolved-text", "S7",
       "the operator, the key or a value is known only at deploy time"},
  }};
  return kRows;
}

const ConditionReasonInfo& info(ConditionReason reason) {
  return condition_reasons()[static_cast<std::size_t>(reason)];
}

std::string_view to_string(ConditionReason reason) { return info(reason).name; }

namespace {

constexpr std::string_view pick(bool choice, std::string_view yes, std::string_view no) {
  return choice ? yes : no;
}

constexpr std::array<ConditionChoice, 9> kChoices = {{
    {"S4.2", "policy variables in the values of Bool",
     pick(choices::kBoolTakesVariables, "substituted", "plain text, so of the wrong type")},
    {"S7", "`NullIfExists`, which AWS refuses to save", to_string(choices::kNullIfExists)},
    {"S7.3", "a list of request values without a set operator, also for negated operators",
     to_string(choices::kListWithoutSetOperator)},
    {"S7.5", "`ForAnyValue:...IfExists` when the key is missing",
     to_string(choices::kForAnyValueIfExistsMissing)},
    {"S7.6", "an empty text, alone or as the only value of a list, under Null and ForAllValues",
     pick(choices::kEmptyTextIsNull, "counts as no value", "is a value")},
    {"S7.7", "a value of the wrong type under a negated operator",
     to_string(choices::kMistypedUnderNegated)},
    {"S7.7", "a policy value of an Arn operator that has fewer than six parts",
     pick(choices::kShortArnInPolicyIsMistyped, "is of the wrong type",
          "equals nothing, so negated operators match past it")},
    {"S7.8", "an operator that does not exist", to_string(choices::kUnknownOperator)},
    {"S7", "a date of four digits",
     pick(choices::kFourDigitsAreAYear, "a year", "seconds since 1970")},
}};

}  // namespace

std::span<const ConditionChoice> condition_choices() { return kChoices; }

}  // namespace iamcheck
