// Numeric*: decimal numbers of any length, compared exactly; the request's value stands on the
// left, so `NumericLessThan: 10` asks whether the request's number is below ten (S7).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
#include "condition/families/policy_values.h"
#include "text/decimal.h"

namespace iamcheck::families {
namespace {

struct NumericFamily : PlainFamily<Decimal> {
  using Request = Decimal;
  static std::optional<Request> read_request(std::string_view text) { return Decimal::parse(text); }
  static std::optional<Value> read_value(const std::string& text, const ValueSource&) {
    return Decimal::parse(text);
  }
  static Comparison compare(const Request& request, const Value& value,
                            ConditionComparison comparison, const VariableScope&) {
    return to_comparison(request <=> value, comparison);
  }
};

}  // namespace

std::unique_ptr<PolicyValues> make_numeric_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<NumericFamily>>(source);
}

}  // namespace iamcheck::families
