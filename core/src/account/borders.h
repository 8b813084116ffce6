#pragma once

// Where AWS's own rules begin and end.
//
// For some resources the evaluator has rules that no policy states: roles that AWS manages, KMS
// aliases of AWS, the policy of a bucket. A pattern of resources may lie across such a border, and
// is then asked about once for each side.

#include <string>
#include <vector>

#include "iamcheck/request.h"

namespace iamcheck {

/// One pattern for each set of rules that resources of `pattern` may fall under; the first
/// is `pattern` itself (S9.3, S9.4, S9.9). Empty: `pattern` leaves open what those rules hang on
/// (partition, service, account or, for S3, region).
std::vector<std::string> sides_of(const std::string& pattern);

/// The same fields, with another resource.
RequestFields asking_about(RequestFields fields, std::string resource);

}  // namespace iamcheck
