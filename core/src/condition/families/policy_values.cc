#include "condition/families/policy_values.h"

namespace iamcheck::families {

std::unique_ptr<PolicyValues> make_values(ConditionFamily family, const ValueSource& source) {
  switch (family) {
    case ConditionFamily::kString:
      return make_string_values(source);
    case ConditionFamily::kNumeric:
      return make_numeric_values(source);
    case ConditionFamily::kDate:
      return make_date_values(source);
    case ConditionFamily::kBool:
      return make_boolean_values(source);
    case ConditionFamily::kBinary:
      return make_binary_values(source);
    case ConditionFamily::kIpAddress:
      return make_ip_values(source);
    case ConditionFamily::kArn:
      return make_arn_values(source);
    case ConditionFamily::kNull:
      break;
  }
  return make_null_values(source);
}

}  // namespace iamcheck::families
