#pragma once

// From a pattern to a text that it matches.

#include <string>
#include <string_view>

#include "dice.h"
#include "iamcheck/request.h"

namespace iamcheck::managed {

/// What the texts of one question have in common, so that variables and patterns meet.
struct Setting {
  std::string account;  ///< of the resources
  std::string partition = "aws";
};

/// Replaces `*` and `?`; `${key}` becomes the value that the context has or is given here. Nearly
/// always a text that `pattern` matches; not when the key is one that the request derives anew.
std::string instantiate(std::string_view pattern, RequestFields& fields, oracle::Dice& dice);

/// The same for a resource: in partition, region and account the wildcards become likely texts.
std::string instantiate_resource(std::string_view pattern, const Setting& setting,
                                 RequestFields& fields, oracle::Dice& dice);

/// The catalogue's ARN forms: `arn:${Partition}:s3:::${BucketName}`.
std::string instantiate_form(std::string_view form, const Setting& setting, oracle::Dice& dice);

/// A text close to `text` that a pattern for it should not match, or only by a rule of its own:
/// another case, one letter more, fewer or different.
std::string near_miss(std::string text, oracle::Dice& dice);

}  // namespace iamcheck::managed
