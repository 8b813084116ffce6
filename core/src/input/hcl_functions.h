#pragma once

// The functions of Terraform that need nothing but their arguments.
// Source: Terraform documentation, "Built-in Functions".

#include <optional>
#include <string_view>
#include <vector>

#include "input/hcl_work.h"

namespace iamcheck {

/// What a call stands for; nothing when the function is not known here, when it cannot be called
/// so, or when what it depends on is unresolved. `span` is that of the call.
std::optional<Node> call_hcl_function(std::string_view name, std::vector<Node> arguments,
                                      const Span& span, HclWork& work);

/// `value` as JSON, as `jsonencode` writes it; nothing when something in it is unresolved.
std::optional<std::string> hcl_json(const Node& value, HclWork& work);

}  // namespace iamcheck
