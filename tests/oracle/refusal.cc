#include "refusal.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "action.h"
#include "arn.h"
#include "characters.h"
#include "wildcard.h"

namespace iamcheck::oracle {
namespace {

// Patterns in lower case, because actions ignore case.
template <typename Patterns>
bool is_one_of(const std::string& action, const Patterns& patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
    return matches(wildcard_tokens(pattern), ascii_lower(action));
  });
}

constexpr std::array<std::string_view, 6> kManagedPolicyWrites = {
    "iam:createpolicy", "iam:createpolicyversion",
    "iam:delete*",      "iam:setdefaultpolicyversion",
    "iam:tag*",         "iam:untag*"};

constexpr std::array<std::string_view, 14> kRoleChanges = {"iam:attachrolepolicy",
                                                           "iam:createrole",
                                                           "iam:createservicelinkedrole",
                                                           "iam:deleterole",
                                                           "iam:deleterolepermissionsboundary",
                                                           "iam:deleterolepolicy",
                                                           "iam:deleteservicelinkedrole",
                                                           "iam:detachrolepolicy",
                                                           "iam:passrole",
                                                           "iam:putrolepermissionsboundary",
                                                           "iam:putrolepolicy",
                                                           "iam:tagrole",
                                                           "iam:untagrole",
                                                           "iam:update*"};

constexpr std::array<std::string_view, 3> kAliasChanges = {"kms:createalias", "kms:deletealias",
                                                           "kms:updatealias"};

constexpr std::array<std::string_view, 3> kBucketPolicyActions = {
    "s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"};

constexpr std::array<std::string_view, 4> kTrustActions = {
    "sts:assumerole*", "sts:tagsession", "sts:setsourceidentity", "sts:setcontext"};

constexpr std::string_view kRcpServices =
    " appconfig appstream aoss autoscaling autoscaling-plans budgets clouddirectory cloudfront "
    "cloudsearch cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity "
    "cognito-idp comprehend comprehendmedical compute-optimizer cost-optimization-hub dax dsql "
    "dynamodb ecr ecr-public events firehose fis fms gamelift health inspector-scan kendra "
    "kinesisvideo kms logs memorydb networkmonitor notifications opensearch pca-connector-ad "
    "personalize polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery "
    "signin sqs sts support swf textract timestream-influxdb transcribe transfer translate wafv2 "
    "workspaces xray ";

}  // namespace

bool is_always_allowed(const Caller& caller, const std::string& action) {
  return ascii_lower(action) == "sts:getcalleridentity" && caller.kind != CallerKind::kAnonymous &&
         caller.kind != CallerKind::kProvider;
}

bool is_allowed_after_refusals(const Caller& caller, const std::string& action) {
  return ascii_lower(action) == "sts:getsessiontoken" && caller.kind == CallerKind::kUser;
}

bool credential_refuses(const Caller& caller, const std::string& action, const Context& context) {
  const std::string name = ascii_lower(action);
  const std::string service = action_service(action);
  if (caller.kind == CallerKind::kRoot && name == "sts:assumerole") return true;
  // A federated-user session has no other credentials than those of GetFederationToken.
  if (caller.credential == "federation-token" || caller.kind == CallerKind::kFederatedSession) {
    return service == "iam" || (service == "sts" && name != "sts:getcalleridentity");
  }
  if (caller.credential == "get-session-token") {
    if (service == "sts") return name != "sts:assumerole" && name != "sts:getcalleridentity";
    const ContextValue mfa = context.find("aws:MultiFactorAuthPresent");
    const bool has_mfa = mfa.state == ContextValue::State::kGiven && !mfa.is_list &&
                         ascii_lower(mfa.values.front()) == "true";
    return service == "iam" && !has_mfa;
  }
  return false;
}

bool resource_refuses(const std::string& action, const std::string& resource) {
  const auto parts = six_parts(resource);
  if (!parts) return false;
  const std::string& service = (*parts)[2];
  const std::string& rest = (*parts)[5];
  if (service == "iam" && (*parts)[4] == "aws" && starts_with(rest, "policy/")) {
    return is_one_of(action, kManagedPolicyWrites);
  }
  if (service == "iam" && starts_with(rest, "role/aws-reserved/")) {
    return is_one_of(action, kRoleChanges);
  }
  if (service == "kms" && starts_with(rest, "alias/aws/")) return is_one_of(action, kAliasChanges);
  return false;
}

bool is_bucket_policy_rescue(const Caller& caller, const std::string& action,
                             const std::string& resource, const std::string& owner) {
  const auto parts = six_parts(resource);
  return caller.kind == CallerKind::kRoot && caller.account == owner && parts &&
         (*parts)[2] == "s3" && (*parts)[3].empty() && (*parts)[4].empty() &&
         (*parts)[5].find_first_of("/:") == std::string::npos &&
         is_one_of(action, kBucketPolicyActions);
}

bool is_role(const std::string& resource) {
  const auto parts = six_parts(resource);
  return parts && (*parts)[2] == "iam" && starts_with((*parts)[5], "role/");
}

bool demands_own_policy(const std::string& action, const std::string& resource) {
  const auto parts = six_parts(resource);
  if (parts && (*parts)[2] == "kms" && starts_with((*parts)[5], "key/")) return true;
  return is_role(resource) && is_one_of(action, kTrustActions);
}

bool rcp_reaches(const std::string& action, const std::string& resource, const Caller& caller) {
  if (caller.is_service_linked_role || ascii_lower(action) == "kms:retiregrant") return false;
  if (is_role(resource) && resource.find(":role/aws-service-role/") != std::string::npos) {
    return false;
  }
  // An AWS managed KMS key is told by its alias alone.
  const auto parts = six_parts(resource);
  if (parts && (*parts)[2] == "kms" && starts_with((*parts)[5], "alias/aws/")) return false;
  const std::string service = action_service(action);
  return !service.empty() && kRcpServices.find(" " + service + " ") != std::string_view::npos;
}

}  // namespace iamcheck::oracle
