// ForAllValues and ForAnyValue: where one is missing, and where one says something else than it
// seems to (S7.3: ForAllValues holds for a request without the key, ForAnyValue does not).
#include <algorithm>

#include "lint/condition_edit.h"
#include "lint/condition_facts.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

bool is_set(const ConditionPlace& place, SetQualifier set) {
  return place.op && place.op->set == set;
}

bool is_null(const ConditionPlace& place) {
  return place.op && place.op->base->family == ConditionFamily::kNull;
}

// The key names what the request carries along; a request without it carries nothing, and nothing
// needs to be limited.
bool limits_content(std::string_view key) {
  return equals_ignoring_case(key, "aws:TagKeys") ||
         equals_ignoring_case(key, "s3:RequestObjectTagKeys");
}

// How the caller was authenticated; a list in all of AWS's own examples, though AWS calls it a
// text.
bool is_authentication_methods(const ConditionPlace& place) {
  return equals_ignoring_case(place.entry.key.value, "cognito-identity.amazonaws.com:amr");
}

// Services send most of their keys with every request of the action that has them; which, nobody
// lists. A context for encryption is known to be optional.
bool is_known_optional(std::string_view key, PolicyKind kind) {
  return equals_ignoring_case(key, "kms:EncryptionContextKeys") ||
         (equals_ignoring_case(key_prefix(key), "aws") && !is_always_present(key, kind));
}

std::string set_name(const ConditionPlace& place) {
  return place.op && place.op->set == SetQualifier::kForAllValues ? "`ForAllValues`"
                                                                  : "`ForAnyValue`";
}

// Without the prefix the condition holds for the same requests or, denied, for more.
bool may_drop_set(const ConditionPlace& place) {
  if (!place.op) return false;
  const bool allow = place.statement.effect == Effect::kAllow;
  return place.op->set == SetQualifier::kForAllValues ? allow : !place.negated();
}

std::optional<Fix> without_set_prefix(const Policy& policy, const ConditionPlace& place) {
  if (!place.op || !may_drop_set(place)) return std::nullopt;
  return with_operator(policy, place, without_set(known_operator(place)), false,
                       "drop " + set_name(place));
}

void report_single_valued(RuleContext& context, SetQualifier set, const char* why) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!is_set(place, set) || is_null(place)) continue;
    // The claim has rules of its own.
    if (is_authentication_methods(place) ||
        (context.kind() == PolicyKind::kTrust && is_audience(place)))
      continue;
    const auto key = catalogued_key(context.catalogue(), place);
    if (!key || key->multivalued()) continue;
    Finding& finding = context.report(place.entry.key.span, path_of(policy, place),
                                      quoted(place.entry.key.value) + " has one value, and " +
                                          set_name(place) + " is for keys with many");
    finding.notes.emplace_back(why);
    finding.help = "use " + quoted(to_string(without_set(known_operator(place))));
    if (!context.full()) finding.fix = without_set_prefix(policy, place);
  }
}

}  // namespace

void check_missing_qualifier(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!is_set(place, SetQualifier::kNone) || is_null(place)) continue;
    const auto key = catalogued_key(context.catalogue(), place);
    if (!key || !key->multivalued()) continue;
    Finding& finding =
        context.report(place.entry.key.span, path_of(policy, place),
                       quoted(key->name()) + " may have many values, and " +
                           quoted(place.entry.condition_operator.value) + " compares one");
    finding.help =
        "write `ForAnyValue:` for some value of the request, or `ForAllValues:` with a "
        "Null test for all of them";
  }
}

void check_forallvalues_single_valued(RuleContext& context) {
  report_single_valued(context, SetQualifier::kForAllValues,
                       "with it, the condition also holds for every request without the key");
}

void check_foranyvalue_single_valued(RuleContext& context) {
  report_single_valued(context, SetQualifier::kForAnyValue,
                       "with one value it compares as it would without, but for a negated operator "
                       "and a request without the key");
}

void check_forallvalues_allow_without_null(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || statement.conditions.empty()) continue;
    const std::vector<ConditionPlace> places = condition_places(statement);
    // Something else limits the statement.
    if (!std::ranges::all_of(places, holds_without_key)) continue;
    for (const ConditionPlace& place : places) {
      if (!is_set(place, SetQualifier::kForAllValues) || is_null(place)) continue;
      const auto key = catalogued_key(context.catalogue(), place);
      if (!key || !key->multivalued() || limits_content(key->name())) continue;
      Finding& finding =
          context.report(place.entry.key.span, path_of(policy, place),
                         "a request without " + quoted(key->name()) + " is allowed too");
      finding.notes.emplace_back("`ForAllValues` holds for a request that has no value at all");
      if (!is_known_optional(key->name(), context.kind())) {
        finding.severity = Severity::kNote;
        finding.confidence = Confidence::kLow;
        finding.notes.emplace_back("the service may send the key with every request");
      }
      finding.help = "add `\"Null\": {\"" + std::string(key->name()) + "\": \"false\"}`";
      if (context.full()) continue;
      finding.fix = with_condition(policy, place, "Null", place.entry.key.value, "false", false,
                                   "ask that the key is there");
    }
  }
}

void check_foranyvalue_deny_without_null(RuleContext& context) {
  const Policy& policy = context.policy();
  const NullTests denied_when_missing = missing_keys_denied(policy);
  for (const ConditionPlace& place : condition_places(policy)) {
    if (place.statement.effect != Effect::kDeny || !is_set(place, SetQualifier::kForAnyValue) ||
        !place.negated() || known_operator(place).if_exists)
      continue;
    const auto key = catalogued_key(context.catalogue(), place);
    if (!key || limits_content(key->name()) || is_always_present(key->name(), context.kind()) ||
        denied_when_missing.contains(place.entry.key.value))
      continue;
    Finding& finding =
        context.report(place.entry.key.span, path_of(policy, place),
                       "a request without " + quoted(key->name()) + " is not denied");
    finding.notes.push_back(quoted(place.entry.condition_operator.value) +
                            " needs a value to compare, unlike the operator by itself");
    ConditionOperator wanted = known_operator(place);
    wanted.if_exists = true;
    finding.help = "use " + quoted(to_string(wanted)) + ", or deny requests without the key too";
    if (!context.full())
      finding.fix =
          with_operator(policy, place, wanted, false, "deny requests without the key too");
  }
}

void check_foranyvalue_audience(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!is_set(place, SetQualifier::kForAnyValue) || !is_audience(place)) continue;
    Finding& finding = context.report(
        place.entry.key.span, path_of(policy, place),
        "a token that is also meant for others is accepted: one audience of many is enough");
    finding.help = "use " + quoted(to_string(without_set(known_operator(place))));
    if (!context.full()) finding.fix = without_set_prefix(policy, place);
  }
}

void check_confirm_audience_type(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!is_set(place, SetQualifier::kForAllValues) || !is_audience(place)) continue;
    const auto key = catalogued_key(context.catalogue(), place);
    if (key && key->multivalued()) continue;
    Finding& finding = context.report(
        place.entry.key.span, path_of(policy, place),
        "the audience of " + quoted(key_prefix(place.entry.key.value)) + " may be a single value");
    finding.help = "make sure that the provider sends a list, or use " +
                   quoted(to_string(without_set(known_operator(place))));
    if (!context.full()) finding.fix = without_set_prefix(policy, place);
  }
}

}  // namespace iamcheck
