// Source: IAM Access Analyzer API reference, `ValidatePolicy`, `validatePolicyResourceType`.
#include "lint/attached_resource.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 2> kBucket = {"bucket", "object"};
// What is asked of an access point is asked of its bucket too, and the catalogue does not list each
// action with both.
constexpr std::array<std::string_view, 5> kAccessPoint = {
    "accesspoint", "accesspointobject", "bucket", "object", "multiregionaccesspoint"};
constexpr std::array<std::string_view, 1> kObjectLambda = {"objectlambdaaccesspoint"};
constexpr std::array<std::string_view, 2> kTable = {"table", "index"};
constexpr std::array<std::string_view, 1> kRole = {"role"};

constexpr AttachedResource kRoleTrust("AWS::IAM::AssumeRolePolicyDocument", "sts", kRole);
constexpr std::array<AttachedResource, 5> kTypes = {{
    {"AWS::S3::Bucket", "s3", kBucket},
    {"AWS::S3::AccessPoint", "s3", kAccessPoint},
    {"AWS::S3::MultiRegionAccessPoint", "s3", kAccessPoint},
    {"AWS::S3ObjectLambda::AccessPoint", "s3-object-lambda", kObjectLambda},
    {"AWS::DynamoDB::Table", "dynamodb", kTable},
}};

}  // namespace

bool AttachedResource::has(const ResourceType& type) const {
  return std::ranges::find(resource_types_, type.name()) != resource_types_.end();
}

bool AttachedResource::takes(const Action& action) const {
  if (!equals_ignoring_case(action.service().prefix(), service_)) return false;
  for (const ResourceUse use : action.resource_types()) {
    if (has(use.type())) return true;
  }
  return false;
}

std::optional<AttachedResource> attached_resource(const RuleContext& context) {
  if (context.kind() == PolicyKind::kTrust) return kRoleTrust;
  const auto known = std::ranges::find(kTypes, context.resource_type(), &AttachedResource::name);
  return known == kTypes.end() ? std::nullopt : std::optional(*known);
}

}  // namespace iamcheck
