#pragma once

// What the place of a policy tells: a member's name, and the type of the CloudFormation or
// Terraform resource it stands in.

#include <optional>
#include <string>
#include <string_view>

#include "iamcheck/document.h"
#include "iamcheck/policy.h"

namespace iamcheck {

struct Attachment {
  std::optional<PolicyKind> kind;
  std::string resource_type;  ///< `AWS::S3::Bucket`; empty: not known, or no resource
};

/// Of a CloudFormation resource (`{"Type": "AWS::S3::BucketPolicy", "Properties": ...}`), or of one
/// in Terraform's state or plan (`{"type": "aws_s3_bucket_policy", "instances": ...}`); nothing for
/// any other node. Source: AWS CloudFormation Template Reference.
std::optional<Attachment> attachment_of_resource(const Node& node);

/// Of a type of resource of Terraform's AWS provider: `aws_s3_bucket_policy`.
Attachment attachment_of_terraform_type(std::string_view type);

/// Whether a type of Terraform resource is of a provider whose policies have the form of IAM's, but
/// other actions and names.
bool is_of_other_cloud(std::string_view type);

/// Of a type of policy of AWS Organizations: `SERVICE_CONTROL_POLICY`.
std::optional<PolicyKind> kind_of_organization_type(std::string_view type);

/// What the name of the member says about the policy in it, whatever it stands in:
/// `AssumeRolePolicyDocument`.
std::optional<PolicyKind> kind_of_member(std::string_view name);

}  // namespace iamcheck
