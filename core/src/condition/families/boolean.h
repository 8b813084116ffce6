#pragma once

#include <optional>
#include <string_view>

namespace iamcheck::families {

/// `true` or `false` in any case (S7).
std::optional<bool> read_boolean(std::string_view text);

}  // namespace iamcheck::families
