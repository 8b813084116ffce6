// Resources that everybody can reach.
#include <algorithm>
#include <array>

#include "iamcheck/arn.h"
#include "iamcheck/condition_operator.h"
#include "lint/context.h"
#include "text/edit_distance.h"
#include "text/ip.h"

namespace iamcheck {
namespace {

// Keys that say which account, organisation, principal, network or resource a request comes from.
// The caller cannot choose their values. Source: Amazon S3 User Guide, "The meaning of public".
constexpr std::array<std::string_view, 22> kOriginKeys = {"aws:PrincipalAccount",
                                                          "aws:PrincipalArn",
                                                          "aws:PrincipalOrgID",
                                                          "aws:PrincipalOrgPaths",
                                                          "aws:PrincipalServiceName",
                                                          "aws:SourceAccount",
                                                          "aws:SourceArn",
                                                          "aws:SourceOrgID",
                                                          "aws:SourceOrgPaths",
                                                          "aws:SourceOwner",
                                                          "aws:SourceVpc",
                                                          "aws:SourceVpcArn",
                                                          "aws:SourceVpce",
                                                          "aws:VpceAccount",
                                                          "aws:VpceOrgID",
                                                          "aws:VpceOrgPaths",
                                                          "aws:userid",
                                                          "kms:CallerAccount",
                                                          "lambda:SourceFunctionArn",
                                                          "s3:DataAccessPointAccount",
                                                          "s3:DataAccessPointArn",
                                                          "ec2:SourceInstanceARN"};

// Blocks wider than these are the open internet (the same page of the S3 User Guide).
constexpr int kNarrowIpv4Prefix = 8;
constexpr int kNarrowIpv6Prefix = 32;

bool is_one_of(std::string_view key, std::string_view name) {
  return edit_distance(key, name, 0) == 0u;
}

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

// Fixed enough to be a limit: an ARN with an account or a named resource, another text with
// something before its first wildcard.
bool is_narrow(std::string_view value, bool like) {
  if (!like) return !value.empty();
  if (const auto arn = Arn::parse(value)) {
    if (!arn->account.empty()) return !has_wildcard(arn->account);
    return !arn->resource.empty() && !has_wildcard(arn->resource.substr(0, 1));
  }
  return !value.empty() && !has_wildcard(value.substr(0, 1)) &&
         !(value.starts_with("arn:") && has_wildcard(value)) &&
         !(value == "o-*" || value == "vpc-*" || value == "vpce-*");
}

bool is_narrow_block(const Text& value) {
  const auto block = IpBlock::parse(value.value);
  return block && block->prefix >= (block->network.v6 ? kNarrowIpv6Prefix : kNarrowIpv4Prefix);
}

bool limits_origin(const ConditionEntry& entry) {
  const auto read = parse_condition_operator(entry.condition_operator.value);
  // With IfExists or ForAllValues a request without the key goes through, and a negation lets
  // everybody else in.
  if (!read || read->base->negated || read->if_exists || read->set == SetQualifier::kForAllValues) {
    return false;
  }
  const ConditionFamily family = read->base->family;
  const std::string_view key = entry.key.value;
  if (family == ConditionFamily::kIpAddress) {
    return (is_one_of(key, "aws:SourceIp") || is_one_of(key, "aws:VpcSourceIp")) &&
           std::all_of(entry.values.begin(), entry.values.end(), is_narrow_block);
  }
  if (family != ConditionFamily::kString && family != ConditionFamily::kArn) return false;
  const bool like = read->base->comparison == ConditionComparison::kLike;
  return std::any_of(kOriginKeys.begin(), kOriginKeys.end(),
                     [&](std::string_view name) { return is_one_of(key, name); }) &&
         std::all_of(entry.values.begin(), entry.values.end(), [&](const Text& value) {
           return value.unresolved || has_placeholder(value.value) || is_narrow(value.value, like);
         });
}

}  // namespace

void check_public_resource_policy(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || !statement.principal) continue;
    const auto& entries = statement.principal->entries;
    auto everyone = std::find_if(entries.begin(), entries.end(), [](const PrincipalEntry& entry) {
      return entry.type == PrincipalEntry::Type::kEveryone;
    });
    if (everyone == entries.end()) continue;
    if (std::any_of(statement.conditions.begin(), statement.conditions.end(), limits_origin)) {
      continue;
    }
    std::string path = path_of(policy, statement) + ".Principal";
    if (!everyone->bare) {
      path += "." + everyone->type_name;
      const auto before = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
        return entry.type_name == everyone->type_name;
      });
      const auto behind = std::find_if(std::next(everyone), entries.end(), [&](const auto& entry) {
        return entry.type_name == everyone->type_name;
      });
      if (before != everyone || behind != entries.end()) {
        path += "[" + std::to_string(everyone - before) + "]";
      }
    }
    Finding& finding = context.report(everyone->value.span, std::move(path),
                                      "everybody in the world is allowed in");
    if (has_condition(statement)) {
      finding.notes.push_back("the conditions do not say which account, organization or network");
    } else {
      finding.notes.push_back("that is every AWS account, and callers without one");
    }
    finding.help =
        "name the accounts, or add a condition on `aws:PrincipalOrgID`, `aws:SourceArn`, "
        "`aws:SourceAccount` or `aws:SourceVpce`";
  }
}

}  // namespace iamcheck
