// Multi-factor authentication, asked for in a way that does not ask for it. The key
// aws:MultiFactorAuthPresent is missing for long-term keys, and "false" for sessions without a
// second factor (IAM User Guide, "AWS global condition context keys").
#include <algorithm>

#include "lint/condition_edit.h"
#include "lint/condition_facts.h"

namespace iamcheck {
namespace {

constexpr std::string_view kMfa = "aws:MultiFactorAuthPresent";

struct MfaTest {
  ConditionFamily family;
  bool value;
  bool if_exists;
};

std::optional<MfaTest> mfa_test(const ConditionPlace& place) {
  if (!place.op || !names_key(place, kMfa)) return std::nullopt;
  const ConditionFamily family = place.op->base->family;
  const std::optional<bool> value = boolean_value(place);
  if (!value || (family != ConditionFamily::kBool && family != ConditionFamily::kNull))
    return std::nullopt;
  return MfaTest{family, *value, place.op->if_exists};
}

bool has_test(const Statement& statement, bool (*wanted)(const MfaTest&)) {
  return std::ranges::any_of(condition_places(statement), [&](const ConditionPlace& place) {
    const auto test = mfa_test(place);
    return test && wanted(*test);
  });
}

// Holds only with a second factor, or where the key is there at all.
bool asks_for_mfa(const MfaTest& test) {
  return test.family == ConditionFamily::kBool && test.value && !test.if_exists;
}
bool asks_for_key(const MfaTest& test) {
  return test.family == ConditionFamily::kNull && !test.value;
}
bool is_with_mfa(const MfaTest& test) {
  return test.family == ConditionFamily::kBool && test.value;
}
bool is_without_mfa(const MfaTest& test) {
  return test.family == ConditionFamily::kBool && !test.value;
}
bool is_without_key(const MfaTest& test) {
  return test.family == ConditionFamily::kNull && test.value;
}

bool some_deny_has(const Policy& policy, bool (*wanted)(const MfaTest&)) {
  return std::ranges::any_of(policy.statements, [&](const Statement& statement) {
    return statement.effect == Effect::kDeny && has_test(statement, wanted);
  });
}

// `Null` and its value become a comparison that asks for the second factor: an Allow with it, a
// Deny without it.
std::optional<Fix> comparison_of_mfa(const Policy& policy, const ConditionPlace& place,
                                     bool allow) {
  ConditionOperator wanted = with_base(known_operator(place), "Bool");
  wanted.if_exists = !allow;
  std::optional<Fix> fix =
      with_operator(policy, place, wanted, false,
                    allow ? "ask for the second factor" : "deny requests without a second factor");
  if (!fix || place.entry.values.size() != 1) return std::nullopt;
  fix->edits.push_back({place.entry.values[0].span, allow ? "\"true\"" : "\"false\""});
  return fix;
}

}  // namespace

void check_mfa_bool_false(RuleContext& context) {
  const Policy& policy = context.policy();
  if (some_deny_has(policy, is_without_key)) return;
  for (const ConditionPlace& place : condition_places(policy)) {
    const auto test = mfa_test(place);
    if (!test || place.statement.effect != Effect::kDeny || !is_without_mfa(*test) ||
        test->if_exists)
      continue;
    Finding& finding = context.report(place.entry.key.span, path_of(policy, place),
                                      "long-term access keys are not denied");
    finding.notes.emplace_back(
        "their requests have no `aws:MultiFactorAuthPresent`, and `Bool` does "
        "not hold without it");
    finding.help = "use `BoolIfExists`";
    if (context.full()) continue;
    ConditionOperator wanted = known_operator(place);
    wanted.if_exists = true;
    finding.fix = with_operator(policy, place, wanted, false, "deny requests without the key too");
  }
}

void check_mfa_null_false(RuleContext& context) {
  const Policy& policy = context.policy();
  const bool denied_without = some_deny_has(policy, is_without_mfa);
  for (const Statement& statement : policy.statements) {
    const bool allow = is_grant(statement);
    if (!allow && (statement.effect != Effect::kDeny || denied_without)) continue;
    // `Bool` asks for it by itself, and `BoolIfExists` beside the Null test says the rest.
    if (allow && has_test(statement, is_with_mfa)) continue;
    for (const ConditionPlace& place : condition_places(statement)) {
      const auto test = mfa_test(place);
      if (!test || !(allow ? asks_for_key(*test) : is_without_key(*test))) continue;
      Finding& finding = context.report(place.entry.key.span, path_of(policy, place),
                                        allow ? "sessions without a second factor are allowed"
                                              : "sessions without a second factor are not denied");
      finding.notes.emplace_back("they have the key, with the value \"false\"");
      finding.help = allow ? "use `\"Bool\": {\"aws:MultiFactorAuthPresent\": \"true\"}`"
                           : "use `\"BoolIfExists\": {\"aws:MultiFactorAuthPresent\": \"false\"}`";
      if (!context.full()) finding.fix = comparison_of_mfa(policy, place, allow);
    }
  }
}

void check_mfa_boolifexists_allow(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement) || has_test(statement, asks_for_mfa) ||
        has_test(statement, asks_for_key))
      continue;
    for (const ConditionPlace& place : condition_places(statement)) {
      const auto test = mfa_test(place);
      if (!test || test->family != ConditionFamily::kBool || !test->value) continue;
      Finding& finding =
          context.report(place.entry.key.span, path_of(policy, place),
                         "long-term access keys are allowed without a second factor");
      finding.notes.emplace_back(
          "their requests have no `aws:MultiFactorAuthPresent`, and IfExists "
          "holds without it");
      finding.help = "use `Bool`";
      if (context.full()) continue;
      ConditionOperator wanted = known_operator(place);
      wanted.if_exists = false;
      finding.fix = with_operator(policy, place, wanted, false, "ask that the key is there");
    }
  }
}

}  // namespace iamcheck
