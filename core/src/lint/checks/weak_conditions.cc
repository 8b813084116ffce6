// Conditions that also hold for requests without their key (S7.1): IfExists, negated operators.
#include <algorithm>
#include <array>

#include "lint/condition_edit.h"
#include "lint/condition_facts.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Keys that say where a request comes from or for whom it is made. Multi-factor authentication has
// rules of its own.
constexpr std::array<std::string_view, 18> kSecurityKeys = {
    "aws:MultiFactorAuthAge", "aws:PrincipalAccount", "aws:PrincipalArn",   "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",  "aws:SourceAccount",    "aws:SourceArn",      "aws:SourceIdentity",
    "aws:SourceIp",           "aws:SourceOrgID",      "aws:SourceOrgPaths", "aws:SourceVpc",
    "aws:SourceVpcArn",       "aws:SourceVpce",       "aws:VpcSourceIp",    "aws:VpceAccount",
    "aws:VpceOrgID",          "sts:ExternalId"};

bool is_security_key(std::string_view key) {
  return std::ranges::any_of(
      kSecurityKeys, [&](std::string_view name) { return equals_ignoring_case(key, name); });
}

bool is_if_exists(const ConditionPlace& place) {
  return place.op && place.op->if_exists && place.op->base->family != ConditionFamily::kNull;
}

// AWS sends it with nearly every request, too (IAM User Guide, the exceptions of the key).
bool is_nearly_always_present(std::string_view key, PolicyKind kind) {
  return is_always_present(key, kind) || equals_ignoring_case(key, "aws:ResourceAccount");
}

// Nothing in the statement needs a key to be there.
bool holds_without_keys(const std::vector<ConditionPlace>& places) {
  return !places.empty() && std::ranges::all_of(places, holds_without_key);
}

// Keys for which "not there" is as bad as the value that a Deny names: no time since the second
// factor, nobody who signed the request.
bool denies_bad_value(const ConditionPlace& place, PolicyKind kind) {
  if (!place.op || place.op->if_exists || place.op->set != SetQualifier::kNone) return false;
  const ConditionComparison comparison = place.op->base->comparison;
  if (names_key(place, "aws:MultiFactorAuthAge"))
    return comparison == ConditionComparison::kGreater ||
           comparison == ConditionComparison::kGreaterOrEqual;
  // Requests without a signature have neither.
  const bool signed_only =
      names_key(place, "aws:PrincipalIsAWSService") || names_key(place, "aws:ViaAWSService");
  return signed_only && info(kind).takes_principal &&
         place.op->base->family == ConditionFamily::kBool && boolean_value(place) == false;
}

}  // namespace

void check_ifexists_on_always_present(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!is_if_exists(place) || !is_literal_key(place) ||
        !is_always_present(place.entry.key.value, context.kind()))
      continue;
    ConditionOperator wanted = known_operator(place);
    wanted.if_exists = false;
    Finding& finding = context.report(
        place.entry.key.span, path_of(policy, place),
        "every request has " + quoted(place.entry.key.value) + ", so that IfExists does nothing");
    finding.help = "use " + quoted(to_string(wanted));
    const bool allow = place.statement.effect == Effect::kAllow;
    if (!context.full() && (allow || holds_without_key({place.statement, place.entry, wanted})))
      finding.fix = with_operator(policy, place, wanted, false, "drop IfExists");
  }
}

void check_ifexists_weakens_security(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    const std::vector<ConditionPlace> places = condition_places(statement);
    if (!holds_without_keys(places)) continue;
    const NullTests present(statement, false);
    for (const ConditionPlace& place : places) {
      const std::string& key = place.entry.key.value;
      if (!is_if_exists(place) || place.negated() || !is_literal_key(place) ||
          !is_security_key(key) || is_always_present(key, context.kind()))
        continue;
      Finding& finding = context.report(place.entry.key.span, path_of(policy, place),
                                        "a request without " + quoted(key) + " is allowed too");
      finding.notes.emplace_back(
          "IfExists holds where the key is missing, and nothing else limits "
          "the statement");
      ConditionOperator wanted = known_operator(place);
      wanted.if_exists = false;
      finding.help = "use " + quoted(to_string(wanted));
    }
  }
}

void check_ifexists_weakens_deny(RuleContext& context) {
  const Policy& policy = context.policy();
  const NullTests denied_when_missing = missing_keys_denied(policy);
  for (const ConditionPlace& place : condition_places(policy)) {
    if (place.statement.effect != Effect::kDeny || !denies_bad_value(place, context.kind()) ||
        denied_when_missing.contains(place.entry.key.value))
      continue;
    ConditionOperator wanted = known_operator(place);
    wanted.if_exists = true;
    Finding& finding =
        context.report(place.entry.key.span, path_of(policy, place),
                       "a request without " + quoted(place.entry.key.value) + " is not denied");
    finding.notes.emplace_back("a positive operator does not hold where the key is missing");
    finding.help = "use " + quoted(to_string(wanted));
    if (!context.full())
      finding.fix =
          with_operator(policy, place, wanted, false, "deny requests without the key too");
  }
}

void check_negated_operator_allow(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    const std::vector<ConditionPlace> places = condition_places(statement);
    if (!holds_without_keys(places)) continue;
    for (const ConditionPlace& place : places) {
      if (!place.op || !place.negated() || place.op->if_exists ||
          place.op->set != SetQualifier::kNone || !is_literal_key(place) ||
          is_nearly_always_present(place.entry.key.value, context.kind()))
        continue;
      Finding& finding =
          context.report(place.entry.key.span, path_of(policy, place),
                         "a request without " + quoted(place.entry.key.value) + " is allowed too");
      finding.notes.push_back(quoted(place.entry.condition_operator.value) +
                              " holds where the key is missing");
      finding.help = "list what is allowed with the positive operator, or add `\"Null\": {\"" +
                     place.entry.key.value + "\": \"false\"}`";
    }
  }
}

}  // namespace iamcheck
