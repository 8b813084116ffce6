#pragma once

#include <string>
#include <vector>

#include "iamcheck/evaluate.h"

namespace iamcheck {

/// `check_request`. Of a unit of a call `left_out` are the keys it does not have, of which nothing
/// is said, as of further units; null: the question stands alone.
std::vector<DecisionWarning> check_question(const Request& request, const Catalogue& catalogue,
                                            const std::vector<std::string>* left_out);

}  // namespace iamcheck
