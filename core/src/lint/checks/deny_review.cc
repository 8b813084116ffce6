// Deny statements that deny less than they seem to.
#include <algorithm>
#include <array>
#include <string_view>

#include "iamcheck/condition_operator.h"
#include "lint/context.h"
#include "lint/every_resource.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

bool is_deny(const Statement& statement) {
  return statement.effect == Effect::kDeny && !statement.condition_malformed;
}

// Keys that every signed request has: whoever the pattern `*` leaves out is everybody. Not
// aws:SourceVpce, aws:PrincipalOrgID and the like: requests without them are what such a Deny is
// for.
constexpr std::array<std::string_view, 5> kAlwaysThere = {"aws:PrincipalAccount",
                                                          "aws:PrincipalArn", "aws:PrincipalType",
                                                          "aws:ResourceAccount", "aws:userid"};

bool is_always_there(std::string_view key) {
  return std::ranges::any_of(
      kAlwaysThere, [&](std::string_view name) { return equals_ignoring_case(key, name); });
}

// Every ARN of an identity, or every value there is.
bool takes_in_everybody(const Text& value) {
  return !value.unresolved && is_every_resource(value.value);
}

// The value of a negated pattern that nobody is outside of.
const Text* total_exemption(const ConditionPlace& place) {
  if (place.entry.key.unresolved || !place.op || !place.op->base->negated ||
      !is_always_there(place.entry.key.value))
    return nullptr;
  // StringNotEquals compares with a star as it stands; ArnNotEquals does not.
  const ConditionOperatorInfo& base = *place.op->base;
  const bool patterns =
      base.comparison == ConditionComparison::kLike || base.family == ConditionFamily::kArn;
  if (!patterns) return nullptr;
  const auto total = std::ranges::find_if(place.entry.values, takes_in_everybody);
  return total == place.entry.values.end() ? nullptr : &*total;
}

}  // namespace

void check_deny_notaction_review(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    if (!is_deny(statement) || !statement.not_action || statement.action) continue;
    Finding& finding = context.report(statement.not_action->name_span,
                                      path_of(context.policy(), statement) + ".NotAction",
                                      "every action but the listed ones is denied");
    finding.notes.emplace_back(
        "the list allows nothing by itself, and services that AWS adds later are denied too");
    finding.help = "check that the list holds all that people and services need here";
  }
}

void check_deny_notresource_ineffective(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_deny(statement) || statement.resource || !statement.not_resource) continue;
    const Text* everything = everything_in(statement.not_resource);
    if (everything == nullptr) continue;
    const ListElement& list = *statement.not_resource;
    const ListEntry place{statement, "NotResource", list,
                          static_cast<std::size_t>(everything - list.values.data()), *everything};
    Finding& finding =
        context.report(everything->span, path_of(policy, place),
                       "this Deny denies nothing: `NotResource` leaves out every resource");
    finding.help = "write `Resource`, or name in `NotResource` what the Deny is not about";
  }
}

void check_deny_carveout_total(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_deny(statement)) continue;
    for (const ConditionPlace& place : condition_places(statement)) {
      const Text* total = total_exemption(place);
      if (total == nullptr) continue;
      const auto index = static_cast<std::size_t>(total - place.entry.values.data());
      const bool anonymous =
          info(context.kind()).takes_principal && !(place.op && place.op->if_exists);
      Finding& finding = context.report(
          total->span, path_of(policy, place, index),
          anonymous ? "this Deny exempts everybody but anonymous callers: " + quoted(total->value) +
                          " is every value"
                    : "this Deny denies nobody: " + quoted(total->value) + " exempts every caller");
      finding.help = anonymous ? "name whom the Deny is not about; to deny anonymous callers, use "
                                 "`Null` with `aws:PrincipalArn`"
                               : "name whom the Deny is not about";
      break;
    }
  }
}

}  // namespace iamcheck
