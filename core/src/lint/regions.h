#pragma once

// The regions of AWS, in all partitions.

#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

/// Whether there was such a region when the list was made. Names are in lower case.
bool is_region(std::string_view name);
/// It has the form of one, such as `eu-west-9`: perhaps it is newer than the list.
bool looks_like_region(std::string_view name);
/// Regions that somebody may have meant.
std::vector<std::string> suggest_region(std::string_view name);

}  // namespace iamcheck
