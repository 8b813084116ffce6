#pragma once

// What a policy holds, as tuples in the order of the fields of the classes of iamcheck.policy.
// Every piece has its path, as findings write it, and its place.

#include <string>

#include "bind.h"
#include "iamcheck/policy.h"

namespace iamcheck::python {

/// In the order of the fields of iamcheck.policy.Statement.
py::tuple statement_tuple(const Policy& policy, const Statement& statement);
/// (path, number, begin, end) of everything that has a path, in bytes of the text: what findings
/// can be about. The number is that in a list, else -1. A path may stand for two places, as that of
/// a condition key and of its only value; the one that findings mean comes first.
py::list places_of(const Policy& policy);

}  // namespace iamcheck::python
