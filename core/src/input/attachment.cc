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

// The same of Terraform, as its configuration, state and plans name them. Source: the AWS
// provider's documentation.
constexpr std::array<Row, 47> kTerraformPolicies = {{
    {"aws_acmpca_policy", "AWS::ACMPCA::CertificateAuthority"},
    {"aws_api_gateway_rest_api", "AWS::ApiGateway::RestApi"},
    {"aws_api_gateway_rest_api_policy", "AWS::ApiGateway::RestApi"},
    {"aws_backup_vault_policy", "AWS::Backup::BackupVault"},
    {"aws_cloudwatch_event_bus_policy", "AWS::Events::EventBus"},
    {"aws_cloudwatch_log_destination_policy", "AWS::Logs::Destination"},
    {"aws_cloudwatch_log_resource_policy", "AWS::Logs::LogGroup"},
    {"aws_codeartifact_domain_permissions_policy", "AWS::CodeArtifact::Domain"},
    {"aws_codeartifact_repository_permissions_policy", "AWS::CodeArtifact::Repository"},
    {"aws_dynamodb_resource_policy", "AWS::DynamoDB::Table"},
    {"aws_ecr_registry_policy", "AWS::ECR::Registry"},
    {"aws_ecr_repository_policy", "AWS::ECR::Repository"},
    {"aws_efs_file_system_policy", "AWS::EFS::FileSystem"},
    {"aws_elasticsearch_domain", "AWS::OpenSearchService::Domain"},
    {"aws_elasticsearch_domain_policy", "AWS::OpenSearchService::Domain"},
    {"aws_glacier_vault", ""},
    {"aws_glue_resource_policy", ""},
    {"aws_kinesis_resource_policy", "AWS::Kinesis::Stream"},
    {"aws_kms_external_key", "AWS::KMS::Key"},
    {"aws_kms_key", "AWS::KMS::Key"},
    {"aws_kms_key_policy", "AWS::KMS::Key"},
    {"aws_kms_replica_key", "AWS::KMS::Key"},
    {"aws_media_store_container_policy", ""},
    {"aws_opensearch_domain", "AWS::OpenSearchService::Domain"},
    {"aws_opensearch_domain_policy", "AWS::OpenSearchService::Domain"},
    {"aws_redshift_resource_policy", ""},
    {"aws_redshiftserverless_resource_policy", ""},
    {"aws_s3_access_point", "AWS::S3::AccessPoint"},
    {"aws_s3_bucket", "AWS::S3::Bucket"},
    {"aws_s3_bucket_policy", "AWS::S3::Bucket"},
    {"aws_s3control_access_point_policy", "AWS::S3::AccessPoint"},
    {"aws_s3control_bucket_policy", "AWS::S3Outposts::Bucket"},
    {"aws_s3control_multi_region_access_point_policy", "AWS::S3::MultiRegionAccessPoint"},
    {"aws_s3control_object_lambda_access_point_policy", "AWS::S3ObjectLambda::AccessPoint"},
    {"aws_s3tables_table_bucket_policy", "AWS::S3Tables::TableBucket"},
    {"aws_s3tables_table_policy", "AWS::S3Tables::Table"},
    {"aws_schemas_registry_policy", ""},
    {"aws_secretsmanager_secret", "AWS::SecretsManager::Secret"},
    {"aws_secretsmanager_secret_policy", "AWS::SecretsManager::Secret"},
    {"aws_ses_identity_policy", ""},
    {"aws_sesv2_email_identity_policy", ""},
    {"aws_sns_topic", "AWS::SNS::Topic"},
    {"aws_sns_topic_policy", "AWS::SNS::Topic"},
    {"aws_sqs_queue", "AWS::SQS::Queue"},
    {"aws_sqs_queue_policy", "AWS::SQS::Queue"},
    {"aws_vpclattice_auth_policy", "AWS::VpcLattice::Service"},
    {"aws_vpclattice_resource_policy", ""},
}};
constexpr std::array<std::string_view, 8> kTerraformIdentity = {
    "aws_iam_group_policy", "aws_iam_policy",      "aws_iam_role",
    "aws_iam_role_policy",  "aws_iam_user_policy", "aws_ssoadmin_permission_set_inline_policy",
    "aws_iam_group",        "aws_iam_user"};

// `{"type": "aws_iam_role", "instances": [...]}` in state, with `values` or `change` in plans.
std::optional<Attachment> attachment_in_terraform(const Node& node) {
  const Node* type = node.find("type");
  const bool is_resource = type != nullptr && type->is_text() && type->text.starts_with("aws_") &&
                           (node.find("instances") != nullptr || node.find("values") != nullptr ||
                            node.find("change") != nullptr);
  if (!is_resource) return std::nullopt;
  return attachment_of_terraform_type(type->text);
}

// AWS::Organizations::Policy says by a property which kind it is.
std::optional<PolicyKind> kind_of_organization_policy(const Node& resource) {
  const Node* properties = resource.find("Properties");
  const Node* type = properties == nullptr ? nullptr : properties->find("Type");
  if (type == nullptr || !type->is_text()) return std::nullopt;
  return kind_of_organization_type(type->text);
}

}  // namespace

std::optional<PolicyKind> kind_of_organization_type(std::string_view type) {
  if (type == "SERVICE_CONTROL_POLICY") return PolicyKind::kScp;
  if (type == "RESOURCE_CONTROL_POLICY") return PolicyKind::kRcp;
  return std::nullopt;
}

bool is_of_other_cloud(std::string_view type) {
  constexpr std::array<std::string_view, 5> kProviders = {
      "alicloud_", "baiducloud_", "huaweicloud_", "tencentcloud_", "volcengine_"};
  return std::ranges::any_of(kProviders,
                             [&](std::string_view prefix) { return type.starts_with(prefix); });
}

Attachment attachment_of_terraform_type(std::string_view type) {
  if (type == "aws_vpc_endpoint" || type == "aws_vpc_endpoint_policy")
    return {PolicyKind::kEndpoint, {}};
  if (std::ranges::find(kTerraformIdentity, type) != kTerraformIdentity.end())
    return {PolicyKind::kIdentity, {}};
  const auto* row = std::ranges::find(kTerraformPolicies, type, &Row::type);
  if (row == kTerraformPolicies.end()) return {};
  return {PolicyKind::kResource, std::string(row->attached)};
}

std::optional<Attachment> attachment_of_resource(const Node& node) {
  if (!node.is_object()) return std::nullopt;
  if (auto terraform = attachment_in_terraform(node)) return terraform;
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
  if (name == "AssumeRolePolicyDocument" || name == "assumeRolePolicyDocument" ||
      name == "assume_role_policy")
    return PolicyKind::kTrust;
  if (name == "PermissionsBoundaryPolicy") return PolicyKind::kBoundary;
  if (name == "BucketPolicy" || name == "KeyPolicy" || name == "RepositoryPolicyText")
    return PolicyKind::kResource;
  return std::nullopt;
}

}  // namespace iamcheck
