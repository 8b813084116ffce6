#include "evaluate/public_access.h"

#include <algorithm>
#include <array>

#include "iamcheck/arn.h"
#include "iamcheck/condition_operator.h"
#include "text/ascii.h"
#include "text/ip.h"

namespace iamcheck {
namespace {

// Keys that tie a statement down when a positive operator compares them with fixed values.
constexpr auto kTrustKeys = std::to_array<std::string_view>(
    {"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
     "aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths",
     "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid",
     "s3:dataaccesspointaccount"});

bool has_open_end(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos ||
         text.find("${") != std::string_view::npos;
}

// Only in the ARN of an access point are wildcards allowed, as long as they leave the account
// fixed.
bool is_fixed_access_point(std::string_view value) {
  if (value.find("${") != std::string_view::npos) return false;
  std::optional<Arn> arn = Arn::parse(value);
  return arn && is_account_id(arn->account);
}

// Blocks wider than /8 (IPv6: /32) are everyone, but for the private ranges of RFC 1918.
bool is_narrow_network(std::string_view value) {
  std::optional<IpBlock> block = IpBlock::parse(value);
  if (!block) return true;  // S7.7: matches nobody
  return block->prefix >= (block->network.v6 ? 32 : 8);
}

bool ties_down(const ConditionEntry& entry) {
  std::optional<ConditionOperator> op = parse_condition_operator(entry.condition_operator.value);
  if (!op || op->base->negated || op->if_exists) return false;
  // ForAllValues is true without any value, so it ties nobody down.
  if (op->set == SetQualifier::kForAllValues) return false;
  const std::string key = ascii_lower(entry.key.value);
  const auto all = [&](auto fixed) {
    return !entry.values.empty() && std::ranges::all_of(entry.values, [&](const Text& value) {
      return !value.unresolved && fixed(value.value);
    });
  };
  const ConditionFamily family = op->base->family;
  if (family == ConditionFamily::kIpAddress) return key == "aws:sourceip" && all(is_narrow_network);
  if (family != ConditionFamily::kString && family != ConditionFamily::kArn) return false;
  if (key == "s3:dataaccesspointarn") return all(is_fixed_access_point);
  return std::ranges::find(kTrustKeys, key) != kTrustKeys.end() &&
         all([](std::string_view value) { return !has_open_end(value); });
}

bool is_open_to_everyone(const Statement& statement) {
  if (statement.not_principal) return true;
  if (!statement.principal) return false;
  return std::ranges::any_of(statement.principal->entries, [](const PrincipalEntry& entry) {
    return entry.type == PrincipalEntry::Type::kEveryone;
  });
}

}  // namespace

bool grants_public_access(const Policy& policy) {
  return std::ranges::any_of(policy.statements, [](const Statement& statement) {
    return statement.effect == Effect::kAllow && !statement.condition_malformed &&
           is_open_to_everyone(statement) && std::ranges::none_of(statement.conditions, ties_down);
  });
}

}  // namespace iamcheck
