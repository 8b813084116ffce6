// Resource control policies. Sources: AWS Organizations User Guide, "RCP syntax"; IAM User Guide,
// "Establish permissions guardrails using data perimeters".
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "iamcheck/arn.h"
#include "lint/context.h"
#include "lint/principal_places.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 4> kSourceKeys = {"aws:SourceAccount", "aws:SourceArn",
                                                         "aws:SourceOrgID", "aws:SourceOrgPaths"};
constexpr std::array<std::string_view, 4> kPrincipalKeys = {
    "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths"};
constexpr std::string_view kPrincipalTag = "aws:PrincipalTag/";
constexpr std::array<std::string_view, 3> kServiceKeys = {
    "aws:PrincipalIsAWSService", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"};

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& keys, std::string_view key) {
  return std::ranges::any_of(
      keys, [&](std::string_view name) { return equals_ignoring_case(name, key); });
}

bool is_only_everything(const std::optional<ListElement>& list) {
  return list && list->values.size() == 1 && !list->values[0].unresolved &&
         is_everything(list->values[0].value);
}

// The statement of RCPFullAWSAccess, which AWS attaches itself.
bool is_full_access(const Statement& statement) {
  return statement.effect == Effect::kAllow && !has_condition(statement) &&
         !statement.condition_malformed && statement.principal &&
         std::ranges::all_of(statement.principal->entries, is_everyone) &&
         is_only_everything(statement.action) && is_only_everything(statement.resource);
}

// The condition holds for a request without the key: that of a service, or of anybody else.
bool holds_without_key(const ConditionPlace& place) {
  return place.op && place.op->base->family != ConditionFamily::kNull &&
         (place.op->base->negated || place.op->if_exists);
}

bool is_about_caller(std::string_view key) {
  return is_one_of(kPrincipalKeys, key) ||
         equals_ignoring_case(key.substr(0, kPrincipalTag.size()), kPrincipalTag);
}

bool is_about_source(std::string_view key) { return is_one_of(kSourceKeys, key); }

// Something there speaks about services already, or is known only at deploy time.
bool tells_services_apart(const Statement& statement) {
  return std::ranges::any_of(statement.conditions, [](const ConditionEntry& entry) {
    return entry.condition_operator.unresolved || !is_literal(entry.key) ||
           is_one_of(kServiceKeys, entry.key.value);
  });
}

bool asks_for_source(const Statement& statement) {
  return std::ranges::any_of(condition_places(statement), [](const ConditionPlace& place) {
    if (place.entry.condition_operator.unresolved || !is_literal(place.entry.key)) return true;
    return place.op && place.op->base->family == ConditionFamily::kNull &&
           is_about_source(place.entry.key.value) &&
           std::ranges::all_of(place.entry.values, [](const Text& value) {
             return value.unresolved || equals_ignoring_case(value.value, "false");
           });
  });
}

// Reports each Deny that tests such a key: the first key, with the others beside it.
template <typename Key, typename Guarded>
void report_keys(RuleContext& context, Key is_meant, Guarded is_guarded, std::string_view what,
                 std::string_view help) {
  const Policy& policy = context.policy();
  // Access Analyzer has a finding for each.
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kDeny || is_guarded(statement)) continue;
    Finding* finding = nullptr;
    for (const ConditionPlace& place : condition_places(statement)) {
      if (!holds_without_key(place) || !is_meant(place.entry.key.value)) continue;
      if (finding != nullptr && !as_aws) {
        finding->related.push_back({place.entry.key.span, "this key too"});
        continue;
      }
      finding = &context.report(place.entry.key.span, path_of(policy, place),
                                "the Deny on " + quoted(place.entry.key.value) + std::string(what));
      finding->help = help;
    }
  }
}

}  // namespace

void check_rcp_principal(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const std::string path = path_of(policy, statement);
    constexpr std::string_view kHelp =
        "write `\"Principal\": \"*\"`, and say in a condition on `aws:PrincipalArn` who is meant";
    if (statement.not_principal) {
      Finding& finding = context.report(statement.not_principal->name_span, path + ".NotPrincipal",
                                        "a resource control policy takes no `NotPrincipal`");
      finding.help = kHelp;
    }
    if (!statement.principal) continue;
    const auto& entries = statement.principal->entries;
    const bool named = std::ranges::any_of(entries, [](const PrincipalEntry& entry) {
      return !is_everyone(entry) && is_literal(entry.value);
    });
    if (!named) continue;
    Finding& finding =
        context.report(statement.principal->span, path + ".Principal",
                       "the principal of a resource control policy is `\"*\"` and nothing else");
    finding.help = kHelp;
    if (statement.effect == Effect::kDeny)
      finding.fix = Fix{false, "write `\"*\"`", {{statement.principal->span, "\"*\""}}};
  }
}

void check_rcp_allow(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kAllow || !statement.effect_text || is_full_access(statement))
      continue;
    Finding& finding =
        context.report(statement.effect_text->span, path_of(policy, statement) + ".Effect",
                       "a resource control policy allows nothing, it only denies");
    finding.notes.emplace_back("AWS attaches RCPFullAWSAccess, which allows everything, by itself");
    finding.help = "write what is not to be done as a Deny";
  }
}

void check_rcp_notaction(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!statement.not_action) continue;
    Finding& finding =
        context.report(statement.not_action->name_span, path_of(policy, statement) + ".NotAction",
                       "a resource control policy takes no `NotAction`");
    finding.help = "list the actions in `Action`";
  }
}

void check_rcp_action(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (is_full_access(statement)) continue;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (!is_literal(entry.text)) continue;
      const ActionPattern pattern(entry.text.value);
      if (pattern.matches_everything()) {
        Finding& finding = context.report(entry.text.span, path_of(policy, entry),
                                          "a resource control policy takes no action `*`");
        finding.help = "name the services, such as `s3:*`";
        continue;
      }
      const auto service = context.catalogue().find_service(pattern.service());
      if (!service || service->supports_rcp()) continue;
      Finding& finding = context.report(
          entry.text.span, path_of(policy, entry),
          quoted(pattern.service()) + " is no service for resource control policies");
      finding.notes.emplace_back("AWS refuses the policy with all of its statements");
      finding.help = "leave the action out; the documentation of RCPs lists the services";
    }
  }
}

void check_rcp_missing_principal_is_service(RuleContext& context) {
  report_keys(context, is_about_caller, tells_services_apart, " hits AWS services too",
              "add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}`");
}

void check_rcp_missing_source_is_service(RuleContext& context) {
  report_keys(context, is_about_source, tells_services_apart,
              " hits people and roles, whose requests have no source",
              "add `\"Bool\": {\"aws:PrincipalIsAWSService\": \"true\"}`");
}

void check_rcp_missing_null_check(RuleContext& context) {
  report_keys(context, is_about_source, asks_for_source,
              " hits requests of services that name no source",
              "add `\"Null\": {\"aws:SourceAccount\": \"false\"}`");
}

void check_rcp_blanket_deny(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kDeny || !statement.effect_text || has_condition(statement) ||
        statement.condition_malformed) {
      continue;
    }
    Finding& finding =
        context.report(statement.effect_text->span, path_of(policy, statement) + ".Effect",
                       "the Deny has no condition: nobody may do this in any of the accounts");
    finding.notes.emplace_back(
        "administrators, AWS services and the pipelines that would take it back are denied too");
    finding.help = "add a condition, such as `StringNotEqualsIfExists` on `aws:PrincipalOrgID`";
  }
}

}  // namespace iamcheck
