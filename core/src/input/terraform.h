#pragma once

// Where in a Terraform file the policies are: documents of the AWS provider, and JSON that
// `jsonencode`, a heredoc or a string writes. What they hang on is told by the resource that refers
// to them, directly or through a local value.

#include <optional>
#include <string>
#include <vector>

#include "document/hcl.h"
#include "iamcheck/limits.h"
#include "input/attachment.h"

namespace iamcheck {

/// A value in which policies may stand, or the reason why it could not be read.
struct TerraformValue {
  Document document;
  std::string path;  ///< `aws_iam_role.ci.assume_role_policy`, `data.aws_iam_policy_document.x`
  Attachment attachment;
  std::optional<Error> error;
};

/// In the order of the file. A document whose statements all went into another one is not listed by
/// itself. Never fails as a whole; the last entry may be the error that not all was evaluated.
std::vector<TerraformValue> find_terraform_values(const HclFile& file, const Limits& limits);

}  // namespace iamcheck
