// Resources that everybody can reach, and roles that everybody can assume.
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

bool limits_origin(const ConditionEntry& entry, bool variables) {
  // What the template will say is given the benefit of the doubt.
  if (entry.condition_operator.unresolved || entry.key.unresolved) return true;
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
         std::all_of(entry.values.begin(), entry.values.end(),
                     [&](const Text& value) { return is_fixed(value, like, variables); });
}

// Where a statement says that it is about everybody.
struct Exposure {
  Span span;
  std::string path;  // below the statement
  bool but_listed = false;
};

bool is_everyone(const PrincipalEntry& entry) {
  return entry.type == PrincipalEntry::Type::kEveryone;
}

std::optional<Exposure> exposure_of(const PrincipalElement& principal) {
  const auto& entries = principal.entries;
  const auto everyone = std::find_if(entries.begin(), entries.end(), is_everyone);
  if (everyone == entries.end()) return std::nullopt;
  Exposure exposure{everyone->value.span, ".Principal"};
  if (everyone->bare) return exposure;
  exposure.path += "." + everyone->type_name;
  const auto same_type = [&](const PrincipalEntry& entry) {
    return entry.type_name == everyone->type_name;
  };
  const auto before = std::find_if(entries.begin(), entries.end(), same_type);
  if (before != everyone || std::any_of(std::next(everyone), entries.end(), same_type)) {
    exposure.path += "[" + std::to_string(everyone - before) + "]";
  }
  return exposure;
}

std::optional<Exposure> exposure_of(const Statement& statement, PolicyKind kind) {
  if (statement.principal) return exposure_of(*statement.principal);
  // A trust policy takes no NotPrincipal: its statement never matches. What NotPrincipal lists may
  // not be known before the template is filled in, but it is never everybody.
  if (!statement.not_principal || !info(kind).takes_not_principal) return std::nullopt;
  const auto& listed = statement.not_principal->entries;
  if (std::any_of(listed.begin(), listed.end(), is_everyone)) return std::nullopt;
  return Exposure{statement.not_principal->name_span, ".NotPrincipal", true};
}

}  // namespace

void check_public_resource_policy(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    const std::optional<Exposure> exposed = exposure_of(statement, context.kind());
    if (!exposed) continue;
    if (std::any_of(statement.conditions.begin(), statement.conditions.end(),
                    [&](const ConditionEntry& entry) {
                      return limits_origin(entry, policy.has_variables());
                    })) {
      continue;
    }
    const bool role = context.kind() == PolicyKind::kTrust;
    Finding& finding =
        context.report(exposed->span, path_of(policy, statement) + exposed->path,
                       exposed->but_listed ? "everybody in the world but the listed is allowed in"
                       : role              ? "everybody in the world may assume the role"
                                           : "everybody in the world is allowed in");
    if (has_condition(statement)) {
      finding.notes.push_back("the conditions do not say which account, organization or network");
    } else {
      finding.notes.push_back(role ? "that is every AWS account"
                                   : "that is every AWS account, and callers without one");
    }
    finding.help =
        role ? "name the accounts or the service, or add a condition on `aws:PrincipalOrgID`"
             : "name the accounts, or add a condition on `aws:PrincipalOrgID`, `aws:SourceArn`, "
               "`aws:SourceAccount` or `aws:SourceVpce`";
  }
}

}  // namespace iamcheck
