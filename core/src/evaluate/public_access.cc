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

// Whether every value is fixed; a value known only at deploy time may be.
Truth all_fixed(const ConditionEntry& entry, auto is_fixed) {
  Truth truth = to_truth(!entry.values.empty());
  for (const Text& value : entry.values)
    truth = truth_and(truth, value.unresolved ? Truth::kUnknown : to_truth(is_fixed(value.value)));
  return truth;
}

Truth ties_down(const ConditionEntry& entry) {
  if (entry.condition_operator.unresolved || entry.key.unresolved) return Truth::kUnknown;
  std::optional<ConditionOperator> op = parse_condition_operator(entry.condition_operator.value);
  if (!op || op->base->negated || op->if_exists) return Truth::kFalse;
  // ForAllValues is true without any value, so it ties nobody down.
  if (op->set == SetQualifier::kForAllValues) return Truth::kFalse;
  const std::string key = ascii_lower(entry.key.value);
  const ConditionFamily family = op->base->family;
  if (family == ConditionFamily::kIpAddress)
    return key == "aws:sourceip" ? all_fixed(entry, is_narrow_network) : Truth::kFalse;
  if (family != ConditionFamily::kString && family != ConditionFamily::kArn) return Truth::kFalse;
  if (key == "s3:dataaccesspointarn") return all_fixed(entry, is_fixed_access_point);
  if (std::ranges::find(kTrustKeys, key) == kTrustKeys.end()) return Truth::kFalse;
  return all_fixed(entry, [](std::string_view value) { return !has_open_end(value); });
}

Truth is_open_to_everyone(const Statement& statement) {
  if (statement.not_principal) return Truth::kTrue;
  Truth truth = Truth::kFalse;
  if (!statement.principal) return truth;
  for (const PrincipalEntry& entry : statement.principal->entries) {
    if (entry.type == PrincipalEntry::Type::kEveryone) return Truth::kTrue;
    if (entry.value.unresolved) truth = Truth::kUnknown;
  }
  return truth;
}

Truth is_allow(const Statement& statement) {
  if (statement.effect) return to_truth(statement.effect == Effect::kAllow);
  return statement.effect_text && statement.effect_text->unresolved ? Truth::kUnknown
                                                                    : Truth::kFalse;
}

Truth grants_public_access(const Statement& statement) {
  if (statement.condition_malformed) return Truth::kFalse;
  Truth tied = Truth::kFalse;
  for (const ConditionEntry& entry : statement.conditions) tied = truth_or(tied, ties_down(entry));
  return truth_and(truth_and(is_allow(statement), is_open_to_everyone(statement)), truth_not(tied));
}

}  // namespace

Truth grants_public_access(const Policy& policy) {
  Truth truth = Truth::kFalse;
  for (const Statement& statement : policy.statements)
    truth = truth_or(truth, grants_public_access(statement));
  return truth;
}

}  // namespace iamcheck
