// Actions that should be granted for named resources, and are granted for all of them.
#include <algorithm>
#include <optional>
#include <string_view>

#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"
#include "lint/escalation_table.h"
#include "lint/exposure_of_actions.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

std::string name_them(RuleContext& context, const ExposedActions& exposed) {
  std::string help = "name the resources";
  const std::string forms = arn_forms_of(context.catalogue(), exposed.actions);
  if (!forms.empty()) help.append(": ").append(forms);
  return help;
}

// `set`, as far as a statement could name something narrower: what cannot be mended is no finding.
ActionRanges restrictable(RuleContext& context, const ActionRanges& set) {
  return intersect(set, context.grants().sets().restrictable);
}

void check_set(RuleContext& context, const ActionRanges& set, std::string_view what,
               std::string_view why) {
  for (const ExposedActions& exposed : exposed_actions(context, restrictable(context, set))) {
    Finding& finding = report_exposed(context, exposed, std::string(what));
    if (context.full()) continue;
    finding.notes.emplace_back(why);
    finding.help = name_them(context, exposed);
  }
}

// Where the statement takes a Condition: behind its last element, on a line of its own where the
// others have one.
std::optional<Fix> mfa_condition(const Policy& policy, const Statement& statement) {
  if (!policy.source || !statement.action || has_condition(statement) || statement.condition_span)
    return std::nullopt;
  std::uint32_t end = statement.action->span.end;
  for (const auto* list : {&statement.not_action, &statement.resource, &statement.not_resource}) {
    if (*list) end = std::max(end, (*list)->span.end);
  }
  for (const auto* text : {&statement.sid, &statement.effect_text}) {
    if (*text) end = std::max(end, (*text)->span.end);
  }
  const Source& source = *policy.source;
  if (end >= statement.span.end || source.slice(statement.action->name_span) != "\"Action\"")
    return std::nullopt;  // another notation than JSON
  const Span rest{statement.span.source, end, statement.span.end};
  const std::string_view tail = source.slice(rest);
  if (!tail.ends_with('}') || tail.find_first_not_of(" \t\r\n") != tail.size() - 1)
    return std::nullopt;
  const Span head{statement.span.source, statement.span.begin, statement.action->name_span.begin};
  const std::string_view before = source.slice(head);
  const std::size_t line = before.find_last_of('\n');
  std::string text = ", ";
  if (line != std::string_view::npos &&
      before.find_first_not_of(" \t", line + 1) == std::string_view::npos)
    text = ",\n" + std::string(before.substr(line + 1));
  text += R"("Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}})";
  const Span behind{statement.span.source, end, end};
  return Fix{false, "ask for MFA", {{behind, std::move(text)}}};
}

bool asks_for_mfa(const Statement& statement) {
  return std::ranges::any_of(statement.conditions, [](const ConditionEntry& entry) {
    return entry.key.unresolved || entry.condition_operator.unresolved ||
           ascii_lower(entry.key.value).starts_with("aws:multifactorauth");
  });
}

bool lacks_mfa(const AllowGrant& grant) { return !asks_for_mfa(*grant.statement); }

// What a Deny takes away from who has no MFA.
ActionRanges kept_by_mfa(RuleContext& context) {
  ActionRangesBuilder kept;
  for (const Statement& statement : context.policy().statements) {
    if (statement.effect == Effect::kDeny && asks_for_mfa(statement))
      kept.add(actions_of(context.catalogue(), statement).actions);
  }
  return kept.take();
}

}  // namespace

void check_permissions_management_unconstrained(RuleContext& context) {
  // What changes users, roles and their policies is a way to more rights, and what gives snapshots
  // away is about data: both are said there.
  const ActionSets& sets = context.grants().sets();
  check_set(context,
            subtract(subtract(sets.managing, embedded_escalation_table().principal_actions),
                     sets.bulk_data),
            "who has access to any resource can be changed: ",
            "whoever can change the permissions of a resource can give it to themselves or to the "
            "world");
}

void check_credentials_exposure(RuleContext& context) {
  check_set(context, context.grants().sets().credentials,
            "credentials for any resource are handed out: ",
            "what is signed with them is no longer bound by this policy");
}

void check_data_exfiltration(RuleContext& context) {
  check_set(context, context.grants().sets().bulk_data,
            "the data of any resource can be read or given away: ",
            "one stolen credential then takes everything that the account has stored");
}

void check_write_unconstrained(RuleContext& context) {
  check_set(context, context.grants().sets().changing, "any resource can be changed: ",
            "a mistake, or a stolen credential, reaches every resource of the account");
}

void check_sensitive_action_no_mfa(RuleContext& context) {
  const ActionRanges set = subtract(context.grants().sets().sensitive, kept_by_mfa(context));
  for (const ExposedActions& exposed : granted_actions(context, set, lacks_mfa)) {
    Finding& finding =
        report_exposed(context, exposed, "allowed without multi-factor authentication: ");
    if (context.full()) continue;
    finding.notes.emplace_back("what these destroy, or put out, is missed most when it is needed");
    finding.help =
        "add a Condition with Bool on `aws:MultiFactorAuthPresent`, in a statement of its own";
    finding.fix = mfa_condition(context.policy(), *exposed.grant->statement);
  }
}

}  // namespace iamcheck
