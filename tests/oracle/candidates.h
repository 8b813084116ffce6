#pragma once

// What an unknown context key may turn out to be, as far as it can matter to one condition.

#include <string>
#include <vector>

#include "context.h"

namespace iamcheck::oracle {

/// Single texts and lists: texts of every type, and for each policy value one that it matches and
/// neighbours that it does not. A missing key is not among them.
std::vector<ContextValue> candidates(const std::vector<std::string>& policy_values,
                                     bool variables_on, const Context& context);

}  // namespace iamcheck::oracle
