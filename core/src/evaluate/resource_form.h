#pragma once

// The ARN forms of the catalogue's resource types.

#include <string>
#include <string_view>

#include "iamcheck/catalogue.h"

namespace iamcheck {

/// `arn:${Partition}:s3:::${BucketName}` as a pattern: each placeholder is a `*`.
std::string form_pattern(std::string_view form);

/// Whether `resource` may be of the type, as far as the letters of its ARN forms outside of the
/// placeholders go: `arn:${Partition}:s3:::${BucketName}/${KeyName}`.
bool is_of_type(const std::string& resource, const ResourceType& type);

}  // namespace iamcheck
