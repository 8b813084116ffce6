// Keys that say whose a principal, resource or network is. A pattern there lets in whoever can
// choose a matching name.
#include <algorithm>
#include <array>
#include <string>

#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/written_variable.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 10> kOwnerKeys = {
    "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:ResourceAccount", "aws:ResourceOrgID",
    "aws:SourceAccount",    "aws:SourceOrgID",    "aws:SourceVpc",       "aws:SourceVpce",
    "aws:VpceAccount",      "aws:VpceOrgID"};

// Of these a pattern is in order when enough of it is fixed.
constexpr std::array<std::string_view, 6> kIdentityKeys = {
    "aws:PrincipalArn",   "aws:PrincipalOrgPaths", "aws:ResourceOrgPaths",
    "aws:SourceOrgPaths", "aws:SourceArn",         "aws:VpceOrgPaths"};
constexpr std::string_view kUserId = "aws:userid";
constexpr std::size_t kLeastFixed = 6;

// The place of the first variable or wildcard in `text`.
std::size_t first_open(const RuleContext& context, std::string_view text, bool variables) {
  constexpr std::size_t kNone = std::string_view::npos;
  if (!variables) {
    std::size_t at = 0;
    for (const WrittenVariable& variable : written_variables(text)) {
      const std::size_t star = text.substr(0, variable.begin).find_first_of("*?", at);
      if (star != kNone) return star;
      at = variable.end;
    }
    return text.find_first_of("*?", at);
  }
  for (const WrittenVariable& variable : written_variables(text)) {
    const bool escape = variable.key == "*" || variable.key == "?" || variable.key == "$";
    if (!variable.closed || escape || !is_policy_variable(context, variable)) continue;
    return variable.begin;
  }
  return kNone;
}

// `${aws:PrincipalAccount}` alone, as a value of aws:ResourceAccount: the two are to be the same,
// which is as narrow as a name.
bool is_owner_key_variable(std::string_view text) {
  const auto variables = written_variables(text);
  return variables.size() == 1 && variables[0].begin == 0 && variables[0].end == text.size() &&
         variables[0].closed && std::ranges::any_of(kOwnerKeys, [&](std::string_view key) {
           return equals_ignoring_case(key, variables[0].key);
         });
}

// In front of the colon stands the unique id, which nobody chooses; `*` alone is another matter.
bool is_open_user_id(std::string_view text, std::size_t open) {
  const std::size_t colon = text.find(':', open);
  return colon != std::string_view::npos && colon > open;
}

// Whatever the partition: it says nothing of whose the ARN is.
std::size_t behind_partition(std::string_view text) {
  constexpr std::string_view kPrefix = "arn:";
  if (!text.starts_with(kPrefix)) return 0;
  const std::size_t colon = text.find(':', kPrefix.size());
  return colon == std::string_view::npos ? 0 : colon + 1;
}

bool is_too_open(const ConditionPlace& place, std::string_view text, std::size_t open) {
  if (open == std::string_view::npos) return false;
  if (has_any_key(place, kOwnerKeys)) return true;
  if (has_key(place, kUserId)) return is_open_user_id(text, open);
  return has_any_key(place, kIdentityKeys) && open < kLeastFixed;
}

bool is_judged(const RuleContext& context, const ConditionPlace& place) {
  return context.profile() == Profile::kAccessAnalyzer || widens_access(place);
}

void report_open(RuleContext& context, const ConditionValuePlace& value, std::string_view what) {
  Finding& finding =
      context.report(value.text.span, path_of(context.policy(), value),
                     std::string(what) + " in " + quoted(value.text.value) + " leaves open whose " +
                         quoted(value.place.entry.key.value) + " is meant");
  finding.notes.emplace_back("whoever can get a matching name is let in");
  finding.help = has_any_key(value.place, kOwnerKeys)
                     ? "write the names in full: accounts, organizations and endpoints have ids"
                     : "write more of the name, at least up to what nobody else can choose";
}

}  // namespace

void check_variable_in_sensitive_key(RuleContext& context) {
  for (const ConditionValuePlace& value : condition_values(context.policy())) {
    const ConditionFamily family = value.base.family;
    if (family != ConditionFamily::kString && family != ConditionFamily::kArn) continue;
    const std::string_view text = value.text.value;
    if (!is_judged(context, value.place) || is_owner_key_variable(text)) continue;
    if (is_too_open(value.place, text, first_open(context, text, true)))
      report_open(context, value, "the variable");
  }
}

void check_wildcard_in_sensitive_key(RuleContext& context) {
  for (const ConditionValuePlace& value : condition_values(context.policy())) {
    if (value.base.comparison != ConditionComparison::kLike) continue;
    const std::string_view text = value.text.value;
    if (!is_judged(context, value.place)) continue;
    std::size_t open = first_open(context, text, false);
    const std::size_t behind = behind_partition(text);
    if (open < behind && context.profile() != Profile::kAccessAnalyzer) {
      open = first_open(context, text.substr(behind), false);
      if (open != std::string_view::npos) open += behind;
    }
    if (is_too_open(value.place, text, open)) report_open(context, value, "the wildcard");
  }
}

}  // namespace iamcheck
