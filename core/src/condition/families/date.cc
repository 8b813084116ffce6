// Date*: points in time, given on either side in the W3C profile of ISO 8601 or as seconds since
// 1970; the same instant is equal however it is written (S7).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
#include "condition/choices.h"
#include "condition/families/policy_values.h"
#include "text/instant.h"

namespace iamcheck::families {
namespace {

struct DateFamily : PlainFamily<Instant> {
  using Request = Instant;
  static std::optional<Request> read_request(std::string_view text) {
    return Instant::parse(text, choices::kFourDigitsAreAYear);
  }
  static std::optional<Value> read_value(const std::string& text, const ValueSource&) {
    return read_request(text);
  }
  static Comparison compare(const Request& request, const Value& value,
                            ConditionComparison comparison, const VariableScope&) {
    return to_comparison(request <=> value, comparison);
  }
};

}  // namespace

std::unique_ptr<PolicyValues> make_date_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<DateFamily>>(source);
}

}  // namespace iamcheck::families
