// Bool: `true` or `false` in any case; anything else is of the wrong type on either side (S7).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
#include "condition/families/boolean.h"

#include "condition/choices.h"
#include "condition/families/policy_values.h"
#include "text/letter_case.h"

namespace iamcheck::families {

std::optional<bool> read_boolean(std::string_view text) {
  if (lowers_to(text, "true")) return true;
  if (lowers_to(text, "false")) return false;
  return std::nullopt;
}

namespace {

struct BooleanValue {
  std::optional<bool> fixed;
  Pattern pattern;  // a value with policy variables, when `fixed` is empty
};

struct BooleanFamily {
  using Request = bool;
  using Value = BooleanValue;
  static constexpr bool kReadsEveryText = false;
  static std::optional<Request> read_request(std::string_view text) { return read_boolean(text); }
  static std::optional<Value> read_value(const std::string& text, const ValueSource& source) {
    Value value{read_boolean(text), {}};
    if (value.fixed) return value;
    if (!source.variables || !choices::kBoolTakesVariables) return std::nullopt;
    value.pattern = Pattern::exact(text, {.variables = true, .ignore_case = true});
    if (!value.pattern.has_variables()) return std::nullopt;
    return value;
  }
  // What stands for neither word after substitution is of the wrong type too, but Bool has no
  // negated form in which that could be told from "no".
  static Comparison compare(const Request& request, const Value& value, ConditionComparison,
                            const VariableScope& scope) {
    if (value.fixed) return to_comparison(request == *value.fixed);
    return to_comparison(value.pattern.match(request ? "true" : "false", scope));
  }
  static bool is_everything(const Value&) { return false; }
  static bool is_nothing(const Value& value, const VariableScope& scope) {
    const auto may_be = [&](std::string_view word) {
      const Pattern::Outcome outcome = value.pattern.match(word, scope);
      return outcome == Pattern::Outcome::kYes || outcome == Pattern::Outcome::kUnknown;
    };
    return !value.fixed && !may_be("true") && !may_be("false");
  }
  static std::vector<std::string> variable_keys(const Value& value) {
    return value.fixed ? std::vector<std::string>() : value.pattern.variable_keys();
  }
};

}  // namespace

std::unique_ptr<PolicyValues> make_boolean_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<BooleanFamily>>(source);
}

}  // namespace iamcheck::families
