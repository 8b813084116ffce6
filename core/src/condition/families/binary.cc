// BinaryEquals: both sides are base64, and the bytes behind them are compared, not the texts (S7).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
#include "condition/families/policy_values.h"
#include "text/base64.h"

namespace iamcheck::families {
namespace {

struct BinaryFamily : PlainFamily<std::string> {
  using Request = std::string_view;
  static std::optional<Request> read_request(std::string_view text) {
    if (match_base64(text, {}) == Base64Match::kNotBase64) return std::nullopt;
    return text;
  }
  static std::optional<Value> read_value(const std::string& text, const ValueSource&) {
    return decode_base64(text);
  }
  static Comparison compare(const Request& request, const Value& bytes, ConditionComparison,
                            const VariableScope&) {
    return to_comparison(match_base64(request, bytes) == Base64Match::kEqual);
  }
};

}  // namespace

std::unique_ptr<PolicyValues> make_binary_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<BinaryFamily>>(source);
}

}  // namespace iamcheck::families
