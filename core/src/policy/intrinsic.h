#pragma once

// Values that CloudFormation fills in when it deploys: `{"Ref": ...}` and `{"Fn::...": ...}`.
// Source: AWS CloudFormation Template Reference, "Intrinsic function reference".

#include <optional>

#include "iamcheck/policy.h"

namespace iamcheck {

/// The expression that a node is: an intrinsic function, or what a reader of another notation has
/// found to be unresolved. Nothing for a value that stands there as it is.
std::optional<Text> unresolved_text(const Node& node);

}  // namespace iamcheck
