#pragma once

// The regions and partitions of AWS.

#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

/// `aws`, `aws-cn`, ...: what stands behind `arn:`. Source: AWS General Reference, "Amazon Resource
/// Names", and the partitions of the AWS SDKs.
bool is_partition(std::string_view text);

/// Whether there was such a region when the list was made. Names are in lower case.
bool is_region(std::string_view name);
/// It has the form of one, such as `eu-west-9`: perhaps it is newer than the list.
bool looks_like_region(std::string_view name);
/// It differs from a region in the number at its end only: AWS may have opened it since.
bool may_be_new_region(std::string_view name);
/// Regions that somebody may have meant.
std::vector<std::string> suggest_region(std::string_view name);

}  // namespace iamcheck
