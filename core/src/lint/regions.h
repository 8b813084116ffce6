#pragma once

// The regions and partitions of AWS.

#include <string_view>
#include <vector>

namespace iamcheck {

/// `aws`, `aws-cn`, ...: what stands behind `arn:`. Source: AWS General Reference, "Amazon Resource
/// Names", and the partitions of the AWS SDKs.
bool is_partition(std::string_view text);

/// Of all partitions. Source: AWS General Reference, "AWS Regions", as of 2026-09.
const std::vector<std::string_view>& region_names();
bool is_region(std::string_view text);
/// The text differs from a region in the number at its end only: AWS may have opened it since.
bool may_be_new_region(std::string_view text);

}  // namespace iamcheck
