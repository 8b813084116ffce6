// Keys that do not limit what they seem to limit.
#include <algorithm>
#include <array>

#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"
#include "lint/condition_edit.h"
#include "lint/condition_facts.h"

namespace iamcheck {
namespace {

// Whoever calls writes these into the request.
constexpr std::array<std::string_view, 2> kChosenByCaller = {"aws:UserAgent", "aws:Referer"};

// A key that means something only beside one of the others.
struct PairedKey {
  std::string_view key;
  std::array<std::string_view, 3> companions;
};
constexpr std::array<PairedKey, 1> kPairs = {
    {{"aws:VpcSourceIp", {"aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"}}}};

bool has_key(const Statement& statement, std::string_view name) {
  return std::ranges::any_of(condition_places(statement),
                             [&](const ConditionPlace& place) { return names_key(place, name); });
}

// Actions that return all attributes unless told otherwise.
bool selects_attributes(const Catalogue& catalogue, const Statement& statement) {
  const auto select = catalogue.find_condition_key("dynamodb:Select");
  if (!select) return false;
  const StatementActions named = actions_of(catalogue, statement);
  for (const Action& action :
       actions_of(catalogue, intersect(named.actions, catalogue.expand("dynamodb:*")))) {
    for (const ConditionKey key : action.condition_keys()) {
      if (key == *select) return true;
    }
  }
  return false;
}

bool pins_select(const ConditionPlace& place) {
  return names_key(place, "dynamodb:Select") && place.op && !place.negated() &&
         place.op->base->family == ConditionFamily::kString &&
         std::ranges::all_of(place.entry.values, [](const Text& value) {
           return value.unresolved || has_placeholder(value.value) ||
                  value.value == "SPECIFIC_ATTRIBUTES" || value.value == "COUNT";
         });
}

}  // namespace

void check_missing_paired_keys(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    for (const PairedKey& pair : kPairs) {
      if (!has_key(statement, pair.key) ||
          std::ranges::any_of(pair.companions,
                              [&](std::string_view name) { return has_key(statement, name); }))
        continue;
      for (const ConditionPlace& place : condition_places(statement)) {
        if (!names_key(place, pair.key)) continue;
        Finding& finding =
            context.report(place.entry.key.span, path_of(policy, place),
                           "an address in a network says nothing without the network");
        finding.notes.emplace_back(
            "private addresses are used again in every VPC, also in those of "
            "other accounts");
        finding.help =
            "add `aws:SourceVpc`, `aws:SourceVpcArn` or `aws:SourceVpce` to the statement";
      }
    }
  }
}

void check_untrustworthy_key(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (std::ranges::none_of(kChosenByCaller,
                             [&](std::string_view name) { return names_key(place, name); }))
      continue;
    Finding& finding = context.report(place.entry.key.span, path_of(policy, place),
                                      "whoever calls chooses " + quoted(place.entry.key.value));
    finding.notes.emplace_back("it is a header of the request, which any program can set");
    finding.help =
        "limit who calls or from where: `aws:PrincipalArn`, `aws:PrincipalOrgID`, "
        "`aws:SourceIp`, `aws:SourceVpce`";
  }
}

void check_dynamodb_attributes_without_select(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || !has_key(statement, "dynamodb:Attributes") ||
        std::ranges::any_of(condition_places(statement), pins_select) ||
        !selects_attributes(context.catalogue(), statement))
      continue;
    for (const ConditionPlace& place : condition_places(statement)) {
      if (!names_key(place, "dynamodb:Attributes") || !place.op || place.negated() ||
          place.op->base->family != ConditionFamily::kString)
        continue;
      Finding& finding = context.report(place.entry.key.span, path_of(policy, place),
                                        "a query that names no attributes returns all of them");
      finding.notes.emplace_back(
          "`dynamodb:Attributes` lists what the request names, and it may "
          "name nothing");
      finding.help =
          "add `\"StringEqualsIfExists\": {\"dynamodb:Select\": \"SPECIFIC_ATTRIBUTES\"}`";
      if (!context.full())
        finding.fix = with_condition(policy, place, "StringEqualsIfExists", "dynamodb:Select",
                                     "SPECIFIC_ATTRIBUTES", false, "ask for named attributes");
    }
  }
}

void check_s3_prefix_negative(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!place.op || place.op->base->family != ConditionFamily::kString ||
        !names_key(place, "s3:prefix"))
      continue;
    const bool allow = is_grant(place.statement);
    if (!allow && place.statement.effect != Effect::kDeny) continue;
    if (allow != place.negated()) continue;
    Finding& finding =
        context.report(place.entry.key.span, path_of(policy, place),
                       allow ? "a shorter prefix, or none, lists what this leaves out"
                             : "a shorter prefix, or none, lists what this denies");
    finding.notes.emplace_back(
        "`s3:prefix` is what the caller asks for, and a list of everything "
        "under `a` holds `a/secret/` too");
    finding.help = "allow the prefixes that may be listed, with a positive operator";
  }
}

}  // namespace iamcheck
