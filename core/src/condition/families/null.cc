// Null: whether the key is missing; `true` asks for a missing key, `false` for a present one
// (S7.6).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
#include "condition/families/boolean.h"
#include "condition/families/policy_values.h"

namespace iamcheck::families {
namespace {

struct NullFamily : PlainFamily<bool> {
  using Request = bool;
  static std::optional<Request> read_request(std::string_view text) { return read_boolean(text); }
  static std::optional<Value> read_value(const std::string& text, const ValueSource&) {
    return read_boolean(text);
  }
  static Comparison compare(const Request& missing, const Value& value, ConditionComparison,
                            const VariableScope&) {
    return to_comparison(missing == value);
  }
};

}  // namespace

std::unique_ptr<PolicyValues> make_null_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<NullFamily>>(source);
}

}  // namespace iamcheck::families
