// CheckAccessNotGranted and CheckNoPublicAccess as questions of new access: the existing policy is
// one that allows everything but what is asked about. Source: IAM Access Analyzer API reference; S3
// User Guide, "The meaning of public"; docs/analysis.md, "Every check is one inclusion".
#include <algorithm>
#include <array>
#include <memory>

#include "analysis/question.h"
#include "iamcheck/arn.h"
#include "iamcheck/condition_operator.h"
#include "policy/everything.h"
#include "text/ascii.h"
#include "text/ip.h"

namespace iamcheck {
namespace {

Text text_of(std::string value) { return {std::move(value), {}, false}; }

ListElement list_of(const std::vector<std::string>& values) {
  ListElement element;
  element.is_list = true;
  for (const std::string& value : values) element.values.push_back(text_of(value));
  return element;
}

// The requests that `access` does not ask about.
Policy all_but(const AccessQuestion& access, PolicyKind kind) {
  Policy policy;
  if (!access.actions.empty()) {
    Statement other_actions = allow_everything(kind);
    other_actions.action.reset();
    other_actions.not_action = list_of(access.actions);
    append(std::move(other_actions), policy);
  }
  if (!access.resources.empty()) {
    Statement other_resources = allow_everything(kind);
    other_resources.resource.reset();
    other_resources.not_resource = list_of(access.resources);
    append(std::move(other_resources), policy);
  }
  return policy;
}

// Keys whose value says who is behind a request, or from where in AWS or the network it comes.
struct TrustKey {
  std::string_view name;
  bool lists = false;
};
constexpr std::array<TrustKey, 18> kTrustKeys = {{
    {"aws:PrincipalArn"},
    {"aws:PrincipalAccount"},
    {"aws:PrincipalOrgID"},
    {"aws:PrincipalOrgPaths", true},
    {"aws:PrincipalServiceName"},
    {"aws:SourceArn"},
    {"aws:SourceAccount"},
    {"aws:SourceOwner"},
    {"aws:SourceOrgID"},
    {"aws:SourceOrgPaths", true},
    {"aws:SourceVpc"},
    {"aws:SourceVpce"},
    {"aws:SourceIp"},
    {"aws:VpcSourceIp"},
    {"aws:userid"},
    {"kms:CallerAccount"},
    {"s3:DataAccessPointArn"},
    {"s3:DataAccessPointAccount"},
}};

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

// Whether the value names somebody for certain: no wildcard, an ARN with the id of an account, an
// organization with what lies below it, a role's id with any session.
bool is_fixed(const TrustKey& key, ConditionFamily family, const std::string& value) {
  if (value.find("${") != std::string::npos) return false;
  if (family == ConditionFamily::kIpAddress) {
    // Less of a network than that is most of the internet.
    constexpr int kWidestV4 = 8, kWidestV6 = 24;
    const auto block = IpBlock::parse(value);
    return block && block->prefix >= (block->network.v6 ? kWidestV6 : kWidestV4);
  }
  if (!has_wildcard(value)) return !value.empty();
  if (const auto arn = Arn::parse(value)) {
    // In a String operator a `*` before the account runs past it, and leaves it open.
    const std::size_t before = value.find(arn->account, value.find(':', 4));
    if (family == ConditionFamily::kString &&
        value.substr(0, before).find('*') != std::string::npos)
      return false;
    return is_account_id(arn->account) ||
           (key.name == "aws:SourceArn" && arn->service == "s3" && !arn->resource.empty() &&
            !has_wildcard(arn->resource.substr(0, arn->resource.find('/'))));
  }
  const std::string_view first = std::string_view(value).substr(0, value.find_first_of("/:"));
  return (key.lists || key.name == "aws:userid") && first.size() < value.size() &&
         !has_wildcard(first);
}

const TrustKey* find_trust_key(std::string_view name) {
  for (const TrustKey& key : kTrustKeys) {
    if (equals_ignoring_case(key.name, name)) return &key;
  }
  return nullptr;
}

// What the condition lets in that is named for certain, as a condition of its own.
std::optional<ConditionEntry> fixed_part(const ConditionEntry& entry) {
  const TrustKey* key = find_trust_key(entry.key.value);
  const auto op = parse_condition_operator(entry.condition_operator.value);
  if (key == nullptr || !op || op->base->negated || entry.condition_operator.unresolved)
    return std::nullopt;
  const ConditionFamily family = op->base->family;
  if (family != ConditionFamily::kString && family != ConditionFamily::kArn &&
      family != ConditionFamily::kIpAddress)
    return std::nullopt;
  ConditionEntry fixed = entry;
  fixed.condition_operator = text_of(
      to_string({op->base, key->lists ? SetQualifier::kForAnyValue : SetQualifier::kNone, false}));
  std::erase_if(fixed.values, [&](const Text& value) {
    return value.unresolved || !is_fixed(*key, family, value.value);
  });
  if (fixed.values.empty()) return std::nullopt;
  return fixed;
}

// Everything for those whom the policy names for certain, in Principal or in a condition.
Policy trusted_by(const Policy& policy, PolicyKind kind) {
  Policy trusted;
  trusted.version = policy.version;
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kAllow) continue;
    if (statement.principal) {
      PrincipalElement callers = *statement.principal;
      std::erase_if(callers.entries, [](const PrincipalEntry& entry) {
        return entry.type == PrincipalEntry::Type::kEveryone || entry.value.unresolved;
      });
      if (!callers.entries.empty()) {
        Statement named = allow_everything(kind);
        named.principal = std::move(callers);
        append(std::move(named), trusted);
      }
    }
    for (const ConditionEntry& entry : statement.conditions) {
      auto fixed = fixed_part(entry);
      if (!fixed) continue;
      Statement from_there = allow_everything(kind);
      from_there.conditions.push_back(std::move(*fixed));
      append(std::move(from_there), trusted);
    }
  }
  return trusted;
}

constexpr std::string_view kTrustType = "AWS::IAM::AssumeRolePolicyDocument";
constexpr std::array<std::string_view, 26> kPublicAccessTypes = {
    "AWS::ApiGateway::RestApi",
    "AWS::Backup::BackupVault",
    "AWS::CloudTrail::Dashboard",
    "AWS::CloudTrail::EventDataStore",
    "AWS::CodeArtifact::Domain",
    "AWS::DynamoDB::Stream",
    "AWS::DynamoDB::Table",
    "AWS::EFS::FileSystem",
    kTrustType,
    "AWS::KMS::Key",
    "AWS::Kinesis::Stream",
    "AWS::Kinesis::StreamConsumer",
    "AWS::Lambda::Function",
    "AWS::OpenSearchService::Domain",
    "AWS::S3::AccessPoint",
    "AWS::S3::Bucket",
    "AWS::S3::Glacier",
    "AWS::S3Express::AccessPoint",
    "AWS::S3Express::DirectoryBucket",
    "AWS::S3Outposts::AccessPoint",
    "AWS::S3Outposts::Bucket",
    "AWS::S3Tables::Table",
    "AWS::S3Tables::TableBucket",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::SecretsManager::Secret",
};
static_assert(std::ranges::is_sorted(kPublicAccessTypes));

}  // namespace

AccessAnswer access_not_granted(const Policy& policy, std::span<const AccessQuestion> access,
                                PolicyKind kind, const AnalysisOptions& options) {
  AccessAnswer worst;
  worst.verdict = Verdict::kPass;
  bool depends_on_reading = false;
  const auto badness = [](Verdict verdict) {
    switch (verdict) {
      case Verdict::kPass:
        return 0;
      case Verdict::kUnknown:
        return 1;
      case Verdict::kFailPossible:
        return 2;
      case Verdict::kFailConfirmed:
        break;
    }
    return 3;
  };
  for (const AccessQuestion& one : access) {
    AccessAnswer answer = no_new_access(all_but(one, kind), policy, kind, options);
    // The other side is of our making: no statement of anybody is closest.
    answer.closest.reset();
    answer.closest_lacks.clear();
    depends_on_reading = depends_on_reading || answer.depends_on_reading;
    if (badness(answer.verdict) > badness(worst.verdict)) worst = std::move(answer);
  }
  worst.depends_on_reading = depends_on_reading;
  return worst;
}

AccessAnswer no_public_access(const Policy& policy, PolicyKind kind,
                              const AnalysisOptions& options) {
  AccessAnswer answer = no_new_access(trusted_by(policy, kind), policy, kind, options);
  answer.closest.reset();
  answer.closest_lacks.clear();
  return answer;
}

std::optional<PolicyKind> public_access_kind(std::string_view resource_type) {
  if (!std::ranges::binary_search(kPublicAccessTypes, resource_type)) return std::nullopt;
  return resource_type == kTrustType ? PolicyKind::kTrust : PolicyKind::kResource;
}

std::span<const std::string_view> public_access_types() { return kPublicAccessTypes; }

}  // namespace iamcheck
