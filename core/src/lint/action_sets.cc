#include "lint/action_sets.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"

namespace iamcheck {
namespace {

// Whoever has what these return is somebody else, or comes in where IAM is not asked again. Not
// here: what only says again who the caller is (`sts:GetSessionToken`,
// `ecr:GetAuthorizationToken`), and the keys and passwords of users, which are ways to more rights
// (rules/escalation/paths.csv).
constexpr std::string_view kCredentials[] = {
    "airflow:CreateCliToken",
    "airflow:CreateWebLoginToken",
    "bedrock-agentcore:GetResourceApiKey",
    "bedrock-agentcore:GetResourceOauth2Token",
    "bedrock-agentcore:GetWorkloadAccessToken*",
    "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
    "connect:GetFederationToken",
    "deadline:Assume*Role*",
    "dsql:DbConnectAdmin",
    "ec2:GetPasswordData",
    "elasticmapreduce:GetClusterSessionCredentials",
    "emr-containers:GetManagedEndpointSessionCredentials",
    "gamelift:GetComputeAccess",
    "gamelift:GetComputeAuthToken",
    "gamelift:GetInstanceAccess",
    "gamelift:RequestUploadCredentials",
    "grafana:CreateWorkspaceApiKey",
    "grafana:CreateWorkspaceServiceAccountToken",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "lightsail:CreateBucketAccessKey",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
    "mediapackage:RotateChannelCredentials",
    "mediapackage:RotateIngestEndpointCredentials",
    "rds-db:connect",
    "redshift-serverless:GetCredentials",
    "redshift:GetClusterCredentials",
    "redshift:GetClusterCredentialsWithIAM",
    "sagemaker:CreatePresignedDomainUrl",
    "sagemaker:CreatePresignedNotebookInstanceUrl",
    "storagegateway:DescribeChapCredentials",
    "sts:GetFederationToken",
};

constexpr std::string_view kBulkData[] = {
    "cassandra:Select",
    "codecommit:GitPull",
    "dynamodb:BatchGetItem",
    "dynamodb:ExportTableToPointInTime",
    "dynamodb:GetItem",
    "dynamodb:PartiQLSelect",
    "dynamodb:Query",
    "dynamodb:Scan",
    "ebs:GetSnapshotBlock",
    "ec2:ModifySnapshotAttribute",
    "kinesis:GetRecords",
    "kms:Decrypt",
    "rds-data:BatchExecuteStatement",
    "rds-data:ExecuteStatement",
    "rds:ModifyDBClusterSnapshotAttribute",
    "rds:ModifyDBSnapshotAttribute",
    "rds:StartExportTask",
    "redshift:AuthorizeSnapshotAccess",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameterHistory",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "timestream:Select",
};

constexpr std::string_view kSensitive[] = {
    "access-analyzer:DeleteAnalyzer",
    "account:CloseAccount",
    "backup:DeleteBackupVault",
    "backup:DeleteBackupVaultLockConfiguration",
    "backup:DeleteRecoveryPoint",
    "cloudtrail:DeleteEventDataStore",
    "cloudtrail:DeleteTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
    "config:DeleteConfigurationRecorder",
    "config:DeleteDeliveryChannel",
    "config:StopConfigurationRecorder",
    "dynamodb:DeleteTable",
    "ec2:DeleteFlowLogs",
    "ec2:DisableEbsEncryptionByDefault",
    "guardduty:DeleteDetector",
    "guardduty:StopMonitoringMembers",
    "guardduty:UpdateDetector",
    "iam:DeactivateMFADevice",
    "iam:DeleteAccountPasswordPolicy",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteVirtualMFADevice",
    "iam:UpdateAccountPasswordPolicy",
    "inspector2:Disable",
    "kms:DeleteImportedKeyMaterial",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:ScheduleKeyDeletion",
    "logs:DeleteLogGroup",
    "macie2:DisableMacie",
    "organizations:CloseAccount",
    "organizations:DetachPolicy",
    "organizations:DisablePolicyType",
    "organizations:LeaveOrganization",
    "rds:DeleteDBCluster",
    "rds:DeleteDBInstance",
    "route53:DeleteHostedZone",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:PutAccountPublicAccessBlock",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketVersioning",
    "secretsmanager:DeleteSecret",
    "securityhub:DisableSecurityHub",
    "wafv2:DeleteWebACL",
};

// AWS counts them as permissions management, but nobody gets access to anything through them alone.
constexpr std::string_view kNotManaging[] = {
    "apigateway:SetWebACL",
    "ec2:*CoipPool*",
    "ec2:*LocalGatewayRouteTable*",
    "ec2:*NetworkInterfacePermission",
    "ec2:*OdbNetwork*",
    "iam:CreatePolicy",
    "iot:CreatePolicy",
    "rds-db:connect",
};
constexpr std::string_view kReadingVerbs[] = {"Describe", "Get", "List", "Test"};

bool changes_no_access(std::string_view name) {
  return std::ranges::any_of(kReadingVerbs,
                             [&](std::string_view verb) { return name.starts_with(verb); }) ||
         name.find("VendedLogDelivery") != std::string_view::npos;
}

ActionRanges actions_named(const Catalogue& catalogue, std::span<const std::string_view> names) {
  ActionRangesBuilder builder;
  for (const std::string_view name : names) builder.add(expand_entry(catalogue, name));
  return builder.take();
}

}  // namespace

ActionSets::ActionSets(const Catalogue& catalogue)
    : credentials(actions_named(catalogue, kCredentials)),
      bulk_data(actions_named(catalogue, kBulkData)),
      sensitive(actions_named(catalogue, kSensitive)) {
  ActionRangesBuilder read, change, manage, restrict;
  for (const Action action : catalogue.actions()) {
    const ActionRange one{action.id(), action.id() + 1};
    const AccessLevels levels = action.access_levels();
    const bool changes = levels.has(AccessLevel::kWrite) || levels.has(AccessLevel::kTagging);
    const bool manages = levels.has(AccessLevel::kPermissionsManagement);
    if (manages && !changes_no_access(action.name())) manage.add(one);
    if (changes) change.add(one);
    if (!manages && !changes) read.add(one);
    if (!action.resource_types().empty()) restrict.add(one);
  }
  reading = read.take();
  changing = change.take();
  managing = subtract(manage.take(), actions_named(catalogue, kNotManaging));
  restrictable = restrict.take();
}

const ActionSets& embedded_action_sets() {
  static const ActionSets sets(Catalogue::embedded());
  return sets;
}

}  // namespace iamcheck
