// Policies that are longer than AWS stores. Sources: IAM User Guide, "IAM and AWS STS quotas"; AWS
// Organizations User Guide, "Quotas for AWS Organizations"; the quota pages of the services. What
// counts is said in validation-semantics.md, "Size".
#include <algorithm>
#include <array>
#include <string>

#include "lint/action_cover.h"
#include "lint/context.h"
#include "lint/statement_mergers.h"

namespace iamcheck {
namespace {

constexpr std::size_t kInlineRolePolicy = 10'240;
constexpr std::size_t kManagedPolicy = 6'144;
constexpr std::size_t kSessionPolicy = 2'048;
constexpr std::size_t kTrustPolicy = 2'048;
constexpr std::size_t kRaisedTrustPolicy = 4'096;
constexpr std::size_t kOrganizationPolicy = 5'120;
constexpr std::size_t kEndpointPolicy = 20'480;

struct ResourceLimit {
  std::string_view service;
  std::string_view what;
  std::size_t characters;
};

constexpr std::array<ResourceLimit, 17> kResourceLimits = {{
    {"apigateway", "an API Gateway resource policy", 8'192},
    {"dynamodb", "the policy of a DynamoDB table or stream", 20'480},
    {"ecr", "an ECR repository policy", 10'240},
    {"elasticfilesystem", "an EFS file system policy", 20'000},
    {"es", "an OpenSearch domain access policy", 102'400},
    {"events", "the policy of an event bus", 10'240},
    {"execute-api", "an API Gateway resource policy", 8'192},
    {"glacier", "a vault access policy", 20'480},
    {"glue", "a Glue resource policy", 10'240},
    {"kinesis", "the policy of a Kinesis stream", 20'480},
    {"kms", "a KMS key policy", 32'768},
    {"lambda", "a Lambda function policy", 20'480},
    {"logs", "a CloudWatch Logs resource policy", 5'120},
    {"s3", "an S3 bucket policy", 20'480},
    {"secretsmanager", "the policy of a secret", 20'480},
    {"sns", "an SNS topic policy", 30'720},
    // Amazon SQS Developer Guide, "Amazon SQS policy quotas".
    {"sqs", "an SQS queue policy", 8'192},
}};
// Most services take this much.
constexpr ResourceLimit kOtherResource = {"", "a resource-based policy", 20'480};

struct PolicySize : TextSize {
  bool estimated = false;  ///< not written in JSON, or parts are known at deploy time only
};

bool has_unresolved(const Policy& policy) {
  const auto unresolved = [](const Text& text) { return text.unresolved; };
  for (const Statement& statement : policy.statements) {
    if (statement.expression) return true;
    for (const auto* list :
         {&statement.action, &statement.not_action, &statement.resource, &statement.not_resource}) {
      if (*list && std::ranges::any_of((*list)->values, unresolved)) return true;
    }
  }
  return false;
}

PolicySize policy_size(const Policy& policy) {
  const std::string_view text = policy.source ? policy.source->slice(policy.span) : "";
  const std::size_t first = text.find_first_not_of(" \t\r\n", 1);
  const bool json = text.starts_with("{") && first != std::string_view::npos &&
                    (text[first] == '"' || text[first] == '}');
  PolicySize size{json ? size_of(text) : size_of(print(policy))};
  size.estimated = !json || has_unresolved(policy);
  return size;
}

std::string characters(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " character" : " characters");
}

// Reports the whole policy when it is longer than `limit`.
Finding* check_size(RuleContext& context, std::size_t limit, std::string_view what) {
  const PolicySize size = policy_size(context.policy());
  if (size.characters <= limit) return nullptr;
  // AWS counts one more than there are (validation-semantics.md, "Size").
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  Finding& finding =
      context.report(context.policy().span, "",
                     "the policy has " + characters(size.characters + (as_aws ? 1 : 0)) +
                         " without white space, " + std::to_string(size.characters - limit) +
                         " more than the " + std::to_string(limit) + " of " + std::string(what));
  if (size.estimated) finding.confidence = Confidence::kMedium;
  suggest_mergers(context.policy(), finding);
  return &finding;
}

void check_organization_size(RuleContext& context) {
  constexpr std::string_view kSplit =
      "merge statements, drop Sids, or split the policy: several can be attached to one target";
  if (Finding* finding = check_size(context, kOrganizationPolicy,
                                    "a " + std::string(info(context.kind()).title))) {
    finding->help = kSplit;
    return;
  }
  const PolicySize size = policy_size(context.policy());
  if (size.estimated || size.written <= kOrganizationPolicy ||
      context.profile() == Profile::kAccessAnalyzer) {
    return;
  }
  Finding& finding =
      context.report(context.policy().span, "",
                     "the policy has " + characters(size.written) + " as it is written, " +
                         std::to_string(size.written - kOrganizationPolicy) + " more than the " +
                         std::to_string(kOrganizationPolicy) + " that AWS Organizations stores");
  finding.severity = Severity::kNote;
  finding.notes.push_back("without white space it has " + std::to_string(size.characters) + ", " +
                          std::to_string(kOrganizationPolicy - size.characters) +
                          " are left; only the console takes white space out by itself");
  finding.help = "send the policy without white space";
}

}  // namespace

void check_policy_size_identity(RuleContext& context) {
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  std::size_t limit = kInlineRolePolicy;
  std::string_view what = "an inline policy of a role";
  if (context.kind() == PolicyKind::kBoundary && !as_aws) {
    limit = kManagedPolicy;
    what = "a permissions boundary";
  } else if (context.kind() == PolicyKind::kSession && !as_aws) {
    limit = kSessionPolicy;
    what = "a session policy";
  }
  if (Finding* finding = check_size(context, limit, what)) {
    finding->help =
        "merge statements, drop Sids and entries that others cover, or split the policy; a role "
        "takes several managed policies of 6144 characters each";
    return;
  }
  const PolicySize size = policy_size(context.policy());
  if (as_aws || context.kind() != PolicyKind::kIdentity || size.characters <= kManagedPolicy)
    return;
  Finding& finding =
      context.report(context.policy().span, "",
                     "the policy has " + characters(size.characters) + " without white space, " +
                         std::to_string(size.characters - kManagedPolicy) +
                         " more than the 6144 of a customer managed policy");
  finding.severity = Severity::kNote;
  if (size.estimated) finding.confidence = Confidence::kMedium;
  finding.notes.push_back(std::to_string(kInlineRolePolicy - size.characters) +
                          " are left as an inline policy of a role; those of a user hold 2048 "
                          "together, those of a group 5120");
  suggest_mergers(context.policy(), finding);
  finding.help = "split it if it is to be a managed policy";
}

void check_policy_size_resource(RuleContext& context) {
  const std::string service = service_of(context.policy());
  const ResourceLimit* limit = &kOtherResource;
  for (const ResourceLimit& row : kResourceLimits) {
    if (row.service == service) limit = &row;
  }
  const bool endpoint = context.kind() == PolicyKind::kEndpoint;
  Finding* finding = endpoint ? check_size(context, kEndpointPolicy, "a VPC endpoint policy")
                              : check_size(context, limit->characters, limit->what);
  if (finding == nullptr) return;
  if (!endpoint && limit == &kOtherResource) {
    finding->confidence = Confidence::kMedium;
    finding->notes.emplace_back(
        "most resources take that much; the policy does not tell which it is");
  }
  finding->help =
      "merge statements, or name an organization, a path of roles or a tag in a condition instead "
      "of every principal";
}

void check_policy_size_trust(RuleContext& context) {
  Finding* finding = check_size(context, kTrustPolicy, "a role trust policy");
  if (finding == nullptr) return;
  const bool raised = policy_size(context.policy()).characters <= kRaisedTrustPolicy;
  finding->notes.emplace_back(raised ? "the quota can be raised to 4096"
                                     : "the quota can be raised to 4096, which is too little too");
  finding->help = "merge statements, or name an organization in a condition instead of accounts";
}

void check_policy_size_scp(RuleContext& context) { check_organization_size(context); }

void check_policy_size_rcp(RuleContext& context) { check_organization_size(context); }

}  // namespace iamcheck
