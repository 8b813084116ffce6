#pragma once

// Policies with values in the place of their variables, to find a request that shows a difference.

#include <map>
#include <string>
#include <vector>

#include "analysis/policy_list.h"

namespace iamcheck::analysis {

/// Values by key, in lower case.
using Assignment = std::map<std::string, std::string, std::less<>>;

/// Assignments that are worth a try: a value of its own for every variable of the policies, and the
/// same for all. None when there are no variables.
std::vector<Assignment> assignments_for(const std::vector<const PolicyList*>& lists);

/// The same policies with literal values: right for requests that have these values.
PolicyList substitute(PolicyList policies, const Assignment& values);

}  // namespace iamcheck::analysis
