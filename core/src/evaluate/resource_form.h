#pragma once

#include <string>
#include <string_view>

#include "iamcheck/catalogue.h"

namespace iamcheck {

/// Whether `resource` may be of the type, as far as the letters of its ARN forms outside of the
/// placeholders go: `arn:${Partition}:s3:::${BucketName}/${KeyName}`.
bool is_of_type(const std::string& resource, const ResourceType& type);

}  // namespace iamcheck
