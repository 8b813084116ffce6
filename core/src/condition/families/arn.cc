// Arn*: both texts are split at their first five colons, and each of the six parts is compared with
// wildcards of its own, case-sensitive. A `*` stays within its part; the sixth part runs to the end
// and may hold colons. ArnEquals and ArnLike are the same (S7).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
#include "iamcheck/arn.h"

#include <algorithm>
#include <array>

#include "condition/choices.h"
#include "condition/families/policy_values.h"

namespace iamcheck::families {
namespace {

constexpr std::size_t kParts = 6;

struct ArnValue {
  bool six_parts = false;
  std::array<Pattern, kParts> parts;
};

struct ArnFamily {
  using Request = Arn;
  using Value = ArnValue;
  static constexpr bool kReadsEveryText = false;
  static std::optional<Request> read_request(std::string_view text) { return Arn::parse(text); }
  // The parts are split before anything is substituted: a colon inside `${aws:username}` separates
  // nothing, and neither does one in its value (S4.5).
  static std::optional<Value> read_value(const std::string& text, const ValueSource& source) {
    std::vector<std::string_view> parts = split_arn(text, source.variables);
    Value value;
    value.six_parts = parts.size() == kParts;
    if (!value.six_parts) {
      if (choices::kShortArnInPolicyIsMistyped) return std::nullopt;
      return value;
    }
    for (std::size_t i = 0; i < kParts; ++i) {
      value.parts[i] = Pattern::like(parts[i], {.variables = source.variables});
    }
    return value;
  }
  static Comparison compare(const Request& arn, const Value& value, ConditionComparison,
                            const VariableScope& scope) {
    if (!value.six_parts) return Comparison::kNo;
    const std::array<std::string_view, kParts> parts = {"arn",      arn.partition, arn.service,
                                                        arn.region, arn.account,   arn.resource};
    // A part that differs, or equals nothing, decides; else one that is unknown.
    Comparison all = Comparison::kYes;
    for (std::size_t i = 0; i < kParts; ++i) {
      const Pattern& pattern = value.parts[i];
      Comparison part = pattern.has_variables() ? to_comparison(pattern.match(parts[i], scope))
                                                : to_comparison(pattern.matches(parts[i]));
      if (part == Comparison::kNo || part == Comparison::kNoVariableValue) return part;
      if (part == Comparison::kUnknownVariable) all = part;
    }
    return all;
  }
  static bool is_everything(const Value&) { return false; }
  static bool is_nothing(const Value& value, const VariableScope& scope) {
    return !value.six_parts ||
           std::any_of(value.parts.begin(), value.parts.end(),
                       [&](const Pattern& part) { return lacks_a_value(part, scope); });
  }
  static std::vector<std::string> variable_keys(const Value& value) {
    std::vector<std::string> keys;
    for (const Pattern& part : value.parts) {
      for (std::string& key : part.variable_keys()) keys.push_back(std::move(key));
    }
    return keys;
  }
};

}  // namespace

std::unique_ptr<PolicyValues> make_arn_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<ArnFamily>>(source);
}

}  // namespace iamcheck::families
