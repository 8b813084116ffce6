#pragma once

// Policies with values in the place of their variables: those that a request has, or some that may
// show a difference.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/policy_list.h"
#include "iamcheck/request.h"

namespace iamcheck::analysis {

/// Values by key, in lower case.
using Assignment = std::map<std::string, std::string, std::less<>>;

/// Assignments that are worth a try: a value of its own for every variable of the policies, and the
/// same for all. None when there are no variables.
std::vector<Assignment> assignments_for(const std::vector<const PolicyList*>& lists);

/// The same policies with literal values: right for requests that have these values.
PolicyList substitute(PolicyList policies, const Assignment& values);

/// The policies as this request reads them: the variables that it answers have their values. What
/// it does not answer stays a variable. Nothing where a value would mean something else as text: a
/// variable before the fifth colon of an ARN, which never works (S4.2), or one in a number.
std::optional<PolicyList> as_read_by(PolicyList policies, const Request& request);

}  // namespace iamcheck::analysis
