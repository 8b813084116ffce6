#include "input/attachment.h"

#include <algorithm>
#include <array>

namespace iamcheck {
namespace {

struct Row {
  std::string_view type;      ///< of the CloudFormation resource
  std::string_view attached;  ///< what its policy hangs on
};

// Resources that carry a resource-based policy, or are one.
constexpr std::array<Row, 32> kResourcePolicies = {{
    {"AWS::ApiGateway::RestApi", "AWS::ApiGateway::RestApi"},
    {"AWS::Backup::BackupVault", "AWS::Backup::BackupVault"},
    {"AWS::CodeArtifact::Domain", "AWS::CodeArtifact::Domain"},
    {"AWS::CodeArtifact::Repository", "AWS::CodeArtifact::Repository"},
    {"AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table"},
    {"AWS::DynamoDB::Table", "AWS::DynamoDB::Table"},
    {"AWS::ECR::RegistryPolicy", "AWS::ECR::Registry"},
    {"AWS::ECR::Repository", "AWS::ECR::Repository"},
    {"AWS::EFS::FileSystem", "AWS::EFS::FileSystem"},
    {"AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"},
    {"AWS::Events::EventBusPolicy", "AWS::Events::EventBus"},
    {"AWS::KMS::Key", "AWS::KMS::Key"},
    {"AWS::KMS::ReplicaKey", "AWS::KMS::Key"},
    {"AWS::Kinesis::ResourcePolicy", "AWS::Kinesis::Stream"},
    {"AWS::Lambda::LayerVersionPermission", "AWS::Lambda::LayerVersion"},
    {"AWS::Logs::ResourcePolicy", "AWS::Logs::LogGroup"},
    {"AWS::OpenSearchService::Domain", "AWS::OpenSearchService::Domain"},
    {"AWS::S3::AccessPoint", "AWS::S3::AccessPoint"},
    {"AWS::S3::BucketPolicy", "AWS::S3::Bucket"},
    {"AWS::S3::MultiRegionAccessPointPolicy", "AWS::S3::MultiRegionAccessPoint"},
    {"AWS::S3Express::BucketPolicy", "AWS::S3Express::DirectoryBucket"},
    {"AWS::S3ObjectLambda::AccessPointPolicy", "AWS::S3ObjectLambda::AccessPoint"},
    {"AWS::S3Outposts::BucketPolicy", "AWS::S3Outposts::Bucket"},
    {"AWS::S3Tables::TableBucketPolicy", "AWS::S3Tables::TableBucket"},
    {"AWS::S3Tables::TablePolicy", "AWS::S3Tables::Table"},
    {"AWS::SNS::TopicInlinePolicy", "AWS::SNS::Topic"},
    {"AWS::SNS::TopicPolicy", "AWS::SNS::Topic"},
    {"AWS::SQS::QueueInlinePolicy", "AWS::SQS::Queue"},
    {"AWS::SQS::QueuePolicy", "AWS::SQS::Queue"},
    {"AWS::SecretsManager::ResourcePolicy", "AWS::SecretsManager::Secret"},
    {"AWS::Serverless::Api", "AWS::ApiGateway::RestApi"},
    {"AWS::VpcLattice::AuthPolicy", "AWS::VpcLattice::Service"},
}};

// Resources whose policies grant to those they are attached to.
constexpr std::array<std::string_view, 12> kIdentityPolicies = {"AWS::IAM::Group",
                                                                "AWS::IAM::GroupPolicy",
                                                                "AWS::IAM::ManagedPolicy",
                                                                "AWS::IAM::Policy",
                                                                "AWS::IAM::Role",
                                                                "AWS::IAM::RolePolicy",
                                                                "AWS::IAM::User",
                                                                "AWS::IAM::UserPolicy",
                                                                "AWS::SSO::PermissionSet",
                                                                "AWS::Serverless::Application",
                                                                "AWS::Serverless::Function",
                                                                "AWS::Serverless::StateMachine"};

// AWS::Organizations::Policy says by a property which kind it is.
std::optional<PolicyKind> kind_of_organization_policy(const Node& resource) {
  const Node* properties = resource.find("Properties");
  const Node* type = properties == nullptr ? nullptr : properties->find("Type");
  if (type == nullptr || !type->is_text()) return std::nullopt;
  if (type->text == "SERVICE_CONTROL_POLICY") return PolicyKind::kScp;
  if (type->text == "RESOURCE_CONTROL_POLICY") return PolicyKind::kRcp;
  return std::nullopt;
}

}  // namespace

std::optional<Attachment> attachment_of_resource(const Node& node) {
  if (!node.is_object()) return std::nullopt;
  const Node* type = node.find("Type");
  if (type == nullptr || !type->is_text() || !type->text.starts_with("AWS::") ||
      node.find("Properties") == nullptr)
    return std::nullopt;
  Attachment attachment;
  const std::string_view name = type->text;
  if (name == "AWS::Organizations::Policy") {
    attachment.kind = kind_of_organization_policy(node);
  } else if (name == "AWS::EC2::VPCEndpoint") {
    attachment.kind = PolicyKind::kEndpoint;
  } else if (std::ranges::find(kIdentityPolicies, name) != kIdentityPolicies.end()) {
    attachment.kind = PolicyKind::kIdentity;
  } else if (const auto* row = std::ranges::find(kResourcePolicies, name, &Row::type);
             row != kResourcePolicies.end()) {
    attachment.kind = PolicyKind::kResource;
    attachment.resource_type = row->attached;
  }
  return attachment;
}

std::optional<PolicyKind> kind_of_member(std::string_view name) {
  if (name == "AssumeRolePolicyDocument") return PolicyKind::kTrust;
  if (name == "PermissionsBoundaryPolicy") return PolicyKind::kBoundary;
  if (name == "BucketPolicy" || name == "KeyPolicy" || name == "RepositoryPolicyText")
    return PolicyKind::kResource;
  return std::nullopt;
}

}  // namespace iamcheck
