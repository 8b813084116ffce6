#pragma once

// How the place of a policy in its document is written: `Policies[2].Document`.

#include <string>
#include <string_view>

namespace iamcheck {

/// `path` with a member appended. A long name is cut: a hostile one must not be repeated in the
/// path of every finding below it.
std::string place_below(const std::string& path, std::string_view member);

/// `path` with the number of an item appended.
std::string place_below(const std::string& path, std::size_t index);

}  // namespace iamcheck
