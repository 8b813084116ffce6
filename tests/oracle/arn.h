#pragma once

// ARNs in six parts.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck::oracle {

/// The six parts of a text that starts with `arn:` and has at least five colons.
std::optional<std::vector<std::string>> six_parts(std::string_view text);

}  // namespace iamcheck::oracle
