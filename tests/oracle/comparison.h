#pragma once

// One policy value against one request value, positively: the families of S7's table.

#include <set>
#include <string>

#include "context.h"

namespace iamcheck::oracle {

enum class Family : unsigned char {
  kStringEquals,
  kStringEqualsIgnoreCase,
  kStringLike,
  kNumericEquals,
  kNumericLess,
  kNumericLessOrEqual,
  kNumericGreater,
  kNumericGreaterOrEqual,
  kDateEquals,
  kDateLess,
  kDateLessOrEqual,
  kDateGreater,
  kDateGreaterOrEqual,
  kBool,
  kBinary,
  kIp,
  kArn,
  kNull,
};

enum class Comparison : unsigned char {
  kDifferent,
  kEqual,
  kUnknown,
  kTrouble,  // one side does not parse (S7.7): never a match, not even for a negated operator
};

Comparison compare_values(Family family, const std::string& policy_value,
                          const std::string& request_value, bool variables_on,
                          const Context& context, std::set<std::string>& unknown);

}  // namespace iamcheck::oracle
