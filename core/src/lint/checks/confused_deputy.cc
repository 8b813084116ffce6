// Services that act for whoever asks them: without a condition on the source, anybody may make the
// service act here. Source: IAM User Guide, "The confused deputy problem".
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "lint/context.h"
#include "lint/origin_limit.h"
#include "lint/principal_places.h"
#include "lint/service_principal.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Type = PrincipalEntry::Type;

// Services whose documentation asks for a source condition in the trust policy of their roles.
constexpr std::array<std::string_view, 47> kDeputies = {"apigateway",
                                                        "appflow",
                                                        "appsync",
                                                        "backup",
                                                        "batch",
                                                        "bedrock",
                                                        "bedrock-agentcore",
                                                        "chatbot",
                                                        "cloudtrail",
                                                        "codebuild",
                                                        "codedeploy",
                                                        "codepipeline",
                                                        "cognito-idp",
                                                        "comprehend",
                                                        "config",
                                                        "datasync",
                                                        "datazone",
                                                        "dlm",
                                                        "ecs-tasks",
                                                        "events",
                                                        "export.rds",
                                                        "firehose",
                                                        "fis",
                                                        "forecast",
                                                        "glue",
                                                        "greengrass",
                                                        "imagebuilder",
                                                        "iotevents",
                                                        "iotsitewise",
                                                        "kendra",
                                                        "kinesisanalytics",
                                                        "lex",
                                                        "lexv2",
                                                        "logs",
                                                        "omics",
                                                        "personalize",
                                                        "pipes",
                                                        "proton",
                                                        "rekognition",
                                                        "rolesanywhere",
                                                        "sagemaker",
                                                        "scheduler",
                                                        "ses",
                                                        "states",
                                                        "transfer",
                                                        "vpc-flow-logs",
                                                        "wisdom"};

// The four keys that say for whom a service acts, and the older one of SNS.
bool is_source_key(std::string_view key) {
  constexpr std::array<std::string_view, 5> kKeys = {"aws:SourceArn", "aws:SourceAccount",
                                                     "aws:SourceOrgID", "aws:SourceOrgPaths",
                                                     "aws:SourceOwner"};
  return std::ranges::any_of(
      kKeys, [&](std::string_view name) { return equals_ignoring_case(name, key); });
}

// Keys that limit less: the service, or whoever asks it, brings the value along.
bool is_weak_key(std::string_view key) {
  constexpr std::array<std::string_view, 9> kKeys = {
      "aws:Referer",  "aws:UserAgent", "sts:ExternalId", "kms:CallerAccount",      "kms:ViaService",
      "aws:SourceIp", "aws:SourceVpc", "aws:SourceVpce", "lambda:EventSourceToken"};
  constexpr std::string_view kEncryption = "kms:EncryptionContext:";
  return std::ranges::any_of(
             kKeys, [&](std::string_view name) { return equals_ignoring_case(name, key); }) ||
         equals_ignoring_case(key.substr(0, kEncryption.size()), kEncryption) ||
         equals_ignoring_case(key, "s3:ResourceAccount");
}

// Keys that say who the caller is among people and roles; services never send them.
bool is_never_sent_by_services(std::string_view key) {
  constexpr std::array<std::string_view, 10> kKeys = {
      "aws:PrincipalOrgID",   "aws:PrincipalOrgPaths",      "aws:PrincipalOrgMasterAccountId",
      "aws:PrincipalArn",     "aws:PrincipalAccount",       "aws:username",
      "aws:SourceIdentity",   "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge",
      "aws:FederatedProvider"};
  constexpr std::string_view kTag = "aws:PrincipalTag/";
  return std::ranges::any_of(
             kKeys, [&](std::string_view name) { return equals_ignoring_case(name, key); }) ||
         equals_ignoring_case(key.substr(0, kTag.size()), kTag);
}

struct SourceLimits {
  bool source = false;                   ///< one of the four keys limits the statement
  const ConditionEntry* weak = nullptr;  ///< the first condition that limits less
};

SourceLimits source_limits(const RuleContext& context, const Statement& statement) {
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  SourceLimits limits;
  for (const ConditionPlace& place : condition_places(statement)) {
    const OriginLimit limit = origin_limit(place.entry, context.policy().has_variables());
    if (limit == OriginLimit::kSource || limit == OriginLimit::kUnknown) limits.source = true;
    if (!place.op || place.negated() || place.op->base->family == ConditionFamily::kNull) continue;
    // Access Analyzer does not look at the value.
    if (as_aws && is_source_key(place.entry.key.value)) limits.source = true;
    // Its documentation names one weaker key.
    const std::string_view key = place.entry.key.value;
    const bool weak = as_aws ? equals_ignoring_case(key, "aws:Referer") : is_weak_key(key);
    if (limits.weak == nullptr && weak) limits.weak = &place.entry;
  }
  return limits;
}

// Service principals of Allows.
std::vector<PrincipalPlace> service_places(const Policy& policy) {
  std::vector<PrincipalPlace> places;
  for (const PrincipalPlace& place : principal_places(policy)) {
    if (is_grant(place.statement) && place.element == "Principal" &&
        place.has_type(Type::kService)) {
      places.push_back(place);
    }
  }
  return places;
}

// The limits of each statement, found out once however many services it names.
class LimitsOfStatements {
 public:
  explicit LimitsOfStatements(const RuleContext& context) : context_(context) {}

  const SourceLimits& of(const Statement& statement) {
    if (statement_ != &statement) {
      statement_ = &statement;
      last_ = source_limits(context_, statement);
    }
    return last_;
  }

 private:
  const RuleContext& context_;
  const Statement* statement_ = nullptr;
  SourceLimits last_;
};

}  // namespace

void check_trust_confused_deputy(RuleContext& context) {
  const Policy& policy = context.policy();
  LimitsOfStatements limits(context);
  for (const PrincipalPlace& place : service_places(policy)) {
    const Text& value = place.entry.value;
    if (!is_literal(value) || limits.of(place.statement).source) continue;
    if (!std::ranges::binary_search(kDeputies, service_of_principal(value.value))) continue;
    Finding& finding = context.report(
        value.span, path_of(policy, place),
        quoted(value.value) + " may assume the role for customers of other accounts");
    finding.help =
        "add a condition on `aws:SourceAccount`, or `aws:SourceArn` with the resource "
        "that the role is for";
  }
}

void check_resource_confused_deputy(RuleContext& context) {
  const Policy& policy = context.policy();
  LimitsOfStatements all(context);
  for (const PrincipalPlace& place : service_places(policy)) {
    const SourceLimits& limits = all.of(place.statement);
    if (limits.source || limits.weak != nullptr) continue;
    const Text& value = place.entry.value;
    Finding& finding =
        context.report(value.span, path_of(policy, place),
                       (is_literal(value) ? quoted(value.value) : std::string("a service")) +
                           " may do this for customers of every account");
    finding.notes.emplace_back(
        "whoever can make the service act in an account of theirs reaches this resource through "
        "it");
    finding.help =
        "add a condition on `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or "
        "`aws:SourceOrgPaths`";
  }
}

void check_service_principal_weak_source(RuleContext& context) {
  const Policy& policy = context.policy();
  LimitsOfStatements all(context);
  for (const PrincipalPlace& place : service_places(policy)) {
    const SourceLimits& limits = all.of(place.statement);
    if (limits.source || limits.weak == nullptr) continue;
    const Text& value = place.entry.value;
    Finding& finding = context.report(
        value.span, path_of(policy, place),
        "only " + quoted(limits.weak->key.value) + " says for whom " +
            (is_literal(value) ? quoted(value.value) : std::string("the service")) + " acts");
    finding.related.push_back({limits.weak->key.span, "the condition"});
    finding.help =
        "use `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths` "
        "instead";
  }
}

void check_condition_key_not_for_service_principal(RuleContext& context) {
  const Policy& policy = context.policy();
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  for (const Statement& statement : policy.statements) {
    if (!statement.principal || statement.principal->entries.empty()) continue;
    const auto& entries = statement.principal->entries;
    const bool services = std::ranges::all_of(
        entries, [](const PrincipalEntry& entry) { return entry.type == Type::kService; });
    if (!services) continue;
    Finding* told = nullptr;
    for (const ConditionPlace& place : condition_places(statement)) {
      // With IfExists or Null the author has thought of requests without the key.
      if (!place.op || place.op->if_exists || place.op->base->family == ConditionFamily::kNull ||
          !is_never_sent_by_services(place.entry.key.value)) {
        continue;
      }
      // Access Analyzer has one finding for all keys.
      if (as_aws && told != nullptr) {
        told->related.push_back({place.entry.key.span, "this key too"});
        continue;
      }
      Finding& finding = context.report(
          place.entry.key.span, path_of(policy, place),
          "no service sends " + quoted(place.entry.key.value) + " with a call of its own");
      told = &finding;
      finding.related.push_back({entries[0].value.span, "this service", true});
      finding.notes.emplace_back(place.negated() ? "the condition always holds"
                                                 : "the condition never holds");
      finding.help =
          "use `aws:SourceOrgID`, `aws:SourceOrgPaths`, `aws:SourceAccount` or `aws:SourceArn`";
    }
  }
}

}  // namespace iamcheck
