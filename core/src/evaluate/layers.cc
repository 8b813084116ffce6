// Sources: Organizations User Guide, "Service control policies (SCPs)" and "Resource control
// policies (RCPs)"; S3 User Guide, "Blocking public access to your Amazon S3 storage".
#include "evaluate/layers.h"

#include <algorithm>
#include <array>

#include "evaluate/compiled_policy.h"
#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

using Kind = Principal::Kind;

// Services that resource control policies cover, as of 2026-09-26. Sorted.
constexpr auto kRcpServices = std::to_array<std::string_view>({
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
});
static_assert(std::ranges::is_sorted(kRcpServices));

constexpr std::string_view kServiceLinkedPath = "role/aws-service-role/";

bool is_service_linked_role(std::string_view text) {
  std::optional<Arn> arn = Arn::parse(text);
  return arn && arn->service == "iam" && arn->resource.starts_with(kServiceLinkedPath);
}

std::string_view scp_exemption(const Request& request) {
  const std::string& management = request.fields().management_account;
  if (!management.empty() && management == request.principal_account())
    return "SCPs do not affect the management account";
  if (is_service_linked(request)) return "SCPs do not affect service-linked roles";
  return {};
}

std::string_view rcp_exemption(const Request& request) {
  const std::string& management = request.fields().management_account;
  if (!management.empty() && management == request.resource_account())
    return "RCPs do not affect resources of the management account";
  if (!std::ranges::binary_search(kRcpServices, std::string_view(request.service())))
    return "RCPs do not cover this service";
  if (is_service_linked(request)) return "RCPs do not affect calls of service-linked roles";
  if (request.service() == "sts" && is_service_linked_role(request.resource()))
    return "RCPs do not affect the trust policies of service-linked roles";
  if (request.service() == "kms") {
    if (request.action_name() == "retiregrant") return "RCPs do not affect kms:RetireGrant";
    std::optional<Arn> arn = request.resource_arn();
    if (arn && arn->resource.starts_with("alias/aws/"))
      return "RCPs do not affect AWS managed keys";
  }
  return {};
}

}  // namespace

std::span<const std::string_view> rcp_services() { return kRcpServices; }

bool brings_identity_policies(const Principal& caller) {
  return caller.kind != Kind::kAnonymous && caller.kind != Kind::kService &&
         caller.kind != Kind::kFederatedIdentity && caller.kind != Kind::kOther;
}

bool is_service_linked(const Request& request) {
  const Principal& caller = request.principal();
  if (caller.kind == Kind::kRole) return is_service_linked_role(caller.text);
  if (caller.kind != Kind::kRoleSession) return false;
  // A session ARN has lost the path; without the role's ARN the reserved name must do.
  const std::string& role = request.fields().principal_role_arn;
  return role.empty() ? caller.name.starts_with("AWSServiceRoleFor") : is_service_linked_role(role);
}

std::string_view exemption(PolicyKind kind, const Request& request) {
  switch (kind) {
    case PolicyKind::kResource:
    case PolicyKind::kTrust:
    case PolicyKind::kEndpoint:
      return {};
    case PolicyKind::kRcp:
      return rcp_exemption(request);
    case PolicyKind::kIdentity:
    case PolicyKind::kBoundary:
    case PolicyKind::kSession:
    case PolicyKind::kScp:
      break;
  }
  if (!brings_identity_policies(request.principal()))
    return "this caller has no account whose policies could apply";
  if (kind == PolicyKind::kScp) return scp_exemption(request);
  if (kind == PolicyKind::kBoundary && request.principal().kind == Kind::kRoot)
    return "a root user has no permissions boundary";
  return {};
}

Setting setting_of(const PolicySet& policies, const Request& request) {
  const auto weighs = [&](PolicyKind kind) {
    return policies.has(kind) && exemption(kind, request).empty();
  };
  Setting setting;
  setting.boundary = weighs(PolicyKind::kBoundary);
  setting.session = weighs(PolicyKind::kSession);
  setting.endpoint = weighs(PolicyKind::kEndpoint);
  if (weighs(PolicyKind::kScp)) {
    const std::size_t levels = policies.levels(PolicyKind::kScp).size();
    setting.scp_levels = levels >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << levels) - 1;
  }
  return setting;
}

// S9.10. RestrictPublicBuckets leaves the bucket to its own account and to AWS services.
Truth restricted_as_public(const PolicySet& policies, const Request& request) {
  if (!policies.has(PolicyKind::kResource) || request.service() != "s3") return Truth::kFalse;
  if (!request.fields().s3_block_public_access) return Truth::kFalse;
  if (request.principal().kind != Kind::kAnonymous && !request.is_cross_account())
    return Truth::kFalse;
  Truth truth = Truth::kFalse;
  for (const auto& policy : policies.compiled())
    truth = truth_or(truth, policy->grants_public_access);
  return truth;
}

}  // namespace iamcheck
