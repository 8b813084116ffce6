#include "lint/origin_limit.h"

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
struct OriginKey {
  std::string_view name;
  OriginLimit limit;
};

constexpr std::array<OriginKey, 22> kOriginKeys = {{
    {"aws:PrincipalAccount", OriginLimit::kCaller},
    {"aws:PrincipalArn", OriginLimit::kCaller},
    {"aws:PrincipalOrgID", OriginLimit::kCaller},
    {"aws:PrincipalOrgPaths", OriginLimit::kCaller},
    {"aws:PrincipalServiceName", OriginLimit::kCaller},
    {"aws:SourceAccount", OriginLimit::kSource},
    {"aws:SourceArn", OriginLimit::kSource},
    {"aws:SourceOrgID", OriginLimit::kSource},
    {"aws:SourceOrgPaths", OriginLimit::kSource},
    {"aws:SourceOwner", OriginLimit::kSource},
    {"aws:SourceVpc", OriginLimit::kNetwork},
    {"aws:SourceVpcArn", OriginLimit::kNetwork},
    {"aws:SourceVpce", OriginLimit::kNetwork},
    {"aws:VpceAccount", OriginLimit::kNetwork},
    {"aws:VpceOrgID", OriginLimit::kNetwork},
    {"aws:VpceOrgPaths", OriginLimit::kNetwork},
    {"aws:userid", OriginLimit::kCaller},
    {"kms:CallerAccount", OriginLimit::kCaller},
    {"lambda:SourceFunctionArn", OriginLimit::kCaller},
    {"s3:DataAccessPointAccount", OriginLimit::kNetwork},
    {"s3:DataAccessPointArn", OriginLimit::kNetwork},
    {"ec2:SourceInstanceARN", OriginLimit::kCaller},
}};

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
  if (value.unresolved || has_placeholder(value.value)) return true;
  const auto block = IpBlock::parse(value.value);
  return block && block->prefix >= (block->network.v6 ? kNarrowIpv6Prefix : kNarrowIpv4Prefix);
}

// The name in `${name}` at `at`, such as `aws:PrincipalAccount`, when it is that of a policy
// variable and not of a template (`AWS::AccountId`, `var.account`).
std::string_view variable_at(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "${") return {};
  const std::size_t end = text.find('}', at);
  if (end == std::string_view::npos) return {};
  std::string_view name = text.substr(at + 2, end - at - 2);
  name = name.substr(0, name.find_first_of(", "));  // a default may stand behind
  const std::size_t colon = name.find(':');
  const bool policy_variable =
      colon != std::string_view::npos && colon != 0 && name.find("::") == std::string_view::npos;
  return policy_variable ? name : std::string_view();
}

// Variables whose value the resource brings along, whoever calls.
bool is_fixed_by_resource(std::string_view variable) {
  return is_one_of(variable, "aws:ResourceAccount") || is_one_of(variable, "aws:ResourceOrgID") ||
         is_one_of(variable, "aws:ResourceOrgPaths");
}

// `text` with a star for each policy variable that the caller brings along: such a variable may
// have any value, and `${aws:PrincipalAccount}` is the account of the caller by its nature.
std::string open_variables(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view name = variable_at(text, at);
    if (name.empty()) {
      out += text[at++];
      continue;
    }
    out += is_fixed_by_resource(name) ? "x" : "*";
    at = text.find('}', at) + 1;
  }
  return out;
}

// A value that the caller cannot meet from anywhere.
bool is_fixed(const Text& value, bool like, bool variables) {
  if (value.unresolved) return true;
  const std::string text = variables ? open_variables(value.value) : value.value;
  if (has_placeholder(text)) return true;
  return is_narrow(text, like || text != value.value);
}

}  // namespace

OriginLimit origin_limit(const ConditionEntry& entry, bool variables) {
  // What the template will say is given the benefit of the doubt.
  if (entry.condition_operator.unresolved || entry.key.unresolved) return OriginLimit::kUnknown;
  const auto read = parse_condition_operator(entry.condition_operator.value);
  // With IfExists or ForAllValues a request without the key goes through, and a negation lets
  // everybody else in.
  if (!read || read->base->negated || read->if_exists || read->set == SetQualifier::kForAllValues) {
    return OriginLimit::kNone;
  }
  const ConditionFamily family = read->base->family;
  const std::string_view key = entry.key.value;
  if (family == ConditionFamily::kIpAddress) {
    const bool narrow = (is_one_of(key, "aws:SourceIp") || is_one_of(key, "aws:VpcSourceIp")) &&
                        std::all_of(entry.values.begin(), entry.values.end(), is_narrow_block);
    return narrow ? OriginLimit::kNetwork : OriginLimit::kNone;
  }
  if (family != ConditionFamily::kString && family != ConditionFamily::kArn) {
    return OriginLimit::kNone;
  }
  const auto row =
      std::find_if(kOriginKeys.begin(), kOriginKeys.end(),
                   [&](const OriginKey& origin) { return is_one_of(key, origin.name); });
  if (row == kOriginKeys.end()) return OriginLimit::kNone;
  const bool like = read->base->comparison == ConditionComparison::kLike;
  const bool fixed = std::all_of(entry.values.begin(), entry.values.end(), [&](const Text& value) {
    return is_fixed(value, like, variables);
  });
  return fixed ? row->limit : OriginLimit::kNone;
}

bool limits_origin(const ConditionEntry& entry, bool variables) {
  return origin_limit(entry, variables) != OriginLimit::kNone;
}

bool limits_origin(const Policy& policy, const Statement& statement) {
  return std::any_of(
      statement.conditions.begin(), statement.conditions.end(),
      [&](const ConditionEntry& entry) { return limits_origin(entry, policy.has_variables()); });
}

}  // namespace iamcheck
