#pragma once

#include <string_view>

#include "iamcheck/input.h"

namespace iamcheck {

/// What the content looks like; `name` is only a hint where the content leaves it open.
InputFormat sniff_format(std::string_view name, std::string_view text);

/// The words without which there is no policy in a YAML text.
bool may_hold_policy(std::string_view text);

/// The words without which there is no policy in HCL.
bool may_hold_hcl_policy(std::string_view text);

/// Text that was meant to be a policy, whether or not it can be read: it has the words of one.
bool smells_of_policy(std::string_view text);

}  // namespace iamcheck
