// Principals of accounts. A policy does not say to which account its role or resource belongs, so
// that every account that is named may be another one.
#include <algorithm>
#include <array>
#include <string>

#include "lint/action_cover.h"
#include "lint/context.h"
#include "lint/origin_limit.h"
#include "lint/principal_places.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Places of an Allow's Principal that belong to an account.
template <typename Report>
void for_each_account(RuleContext& context, Report report) {
  const Policy& policy = context.policy();
  for (const PrincipalPlace& place : principal_places(policy)) {
    if (!is_grant(place.statement) || place.element != "Principal") continue;
    const std::string_view account = account_of(place.entry);
    if (!account.empty()) report(place, account);
  }
}

// Conditions that a stranger who tricks the trusted account into calling does not meet.
bool guards_assumption(const Statement& statement) {
  constexpr std::array<std::string_view, 6> kGuards = {
      "sts:ExternalId",     "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge",
      "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",      "aws:PrincipalArn"};
  return std::ranges::any_of(condition_places(statement), [&](const ConditionPlace& place) {
    if (place.entry.condition_operator.unresolved || place.entry.key.unresolved) return true;
    if (!place.op || place.negated() || place.op->if_exists ||
        place.op->base->family == ConditionFamily::kNull) {
      return false;
    }
    return std::ranges::any_of(kGuards, [&](std::string_view name) {
      return equals_ignoring_case(name, place.entry.key.value);
    });
  });
}

std::string whoever(const PrincipalPlace& place, std::string_view account) {
  if (is_account(place.entry)) return "whoever account " + std::string(account) + " lets";
  return quoted(place.entry.value.value);
}

}  // namespace

void check_trust_cross_account(RuleContext& context) {
  for_each_account(context, [&](const PrincipalPlace& place, std::string_view account) {
    Finding& finding = context.report(place.entry.value.span, path_of(context.policy(), place),
                                      whoever(place, account) + " may assume the role");
    finding.notes.push_back("if " + std::string(account) +
                            " is another account, its administrators decide who that is");
    finding.help = is_account(place.entry)
                       ? "name the roles that need it instead of the whole account"
                       : "make sure that the account is one of yours, or that of a partner";
  });
}

void check_trust_cross_account_no_external_id(RuleContext& context) {
  ActionCover assumed("sts:AssumeRole");
  const Statement* last = nullptr;
  bool guarded = false;
  for_each_account(context, [&](const PrincipalPlace& place, std::string_view account) {
    if (!is_account(place.entry) || !assumed.of(place.statement)) return;
    if (last != &place.statement) guarded = guards_assumption(place.statement);
    last = &place.statement;
    if (guarded) return;
    Finding& finding =
        context.report(place.entry.value.span, path_of(context.policy(), place),
                       "account " + std::string(account) +
                           " is trusted without an external id, MFA or an organization");
    finding.notes.emplace_back(
        "a provider who acts for many customers can be made to act on this role for another one");
    finding.help =
        "add a condition on `sts:ExternalId` for a provider, on `aws:PrincipalOrgID` for an "
        "account "
        "of yours, or on `aws:MultiFactorAuthPresent` for people";
  });
}

void check_resource_policy_cross_account(RuleContext& context) {
  for_each_account(context, [&](const PrincipalPlace& place, std::string_view account) {
    Finding& finding = context.report(place.entry.value.span, path_of(context.policy(), place),
                                      whoever(place, account) + " is allowed in");
    finding.notes.push_back("if " + std::string(account) +
                            " is another account, its administrators decide who that is");
    finding.help = "make sure that the account is one of yours, or that of a partner";
  });
}

}  // namespace iamcheck
