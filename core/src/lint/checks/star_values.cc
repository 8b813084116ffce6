// Values of conditions that are a wildcard alone, or a wildcard where none works.
#include <algorithm>
#include <string>

#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/deletion.h"
#include "lint/edits.h"
#include "lint/written_variable.h"

namespace iamcheck {
namespace {

// The operator looks at every value that there is, whatever the rest of the list says.
bool has_star(const ConditionPlace& place) {
  return std::ranges::any_of(place.entry.values, [](const Text& value) {
    return !value.unresolved && is_everything(value.value);
  });
}

void report_stars(RuleContext& context, std::string_view base, std::string_view meaning) {
  const Policy& policy = context.policy();
  const bool negated = base == "StringNotLike";
  for (const ConditionValuePlace& value : condition_values(policy)) {
    if (!is_unqualified(value.place) || !has_operator(value.place, base)) continue;
    if (!is_everything(value.text.value)) continue;
    const bool keep = !context.full();
    std::string message = "`";
    message.append(base).append("` with ").append(quoted(value.text.value));
    message.append(" asks only whether the request has ")
        .append(quoted(value.place.entry.key.value))
        .append(meaning);
    Finding& finding = context.report(value.text.span, path_of(policy, value), std::move(message));
    finding.help = std::string("say so: `\"Null\": {\"key\": \"") + (negated ? "true" : "false") +
                   "\"}`, or write the values that are meant";
    // For `Null` an empty text is no value: less is allowed, or more denied, but not the reverse.
    const Effect narrower = negated ? Effect::kDeny : Effect::kAllow;
    if (!keep || value.place.statement.effect != narrower) continue;
    finding.fix = as_null_check(policy, value.place, negated);
    if (finding.fix) finding.fix->safe = false;
  }
}

bool is_always_true(const ConditionPlace& place) {
  if (!place.op || !has_operator(place, "StringLike") || !has_star(place)) return false;
  return place.op->set == SetQualifier::kForAllValues ||
         (place.op->set == SetQualifier::kNone && place.op->if_exists);
}

bool is_never_true(const ConditionPlace& place) {
  return place.op && has_operator(place, "StringNotLike") && has_star(place) &&
         !place.op->if_exists && place.op->set == SetQualifier::kForAnyValue;
}

Span star_of(const ConditionPlace& place) {
  const auto star = std::ranges::find_if(
      place.entry.values, [](const Text& value) { return is_everything(value.value); });
  return star == place.entry.values.end() ? place.entry.span : star->span;
}

}  // namespace

void check_like_star_means_present(RuleContext& context) {
  report_stars(context, "StringLike", "");
}

void check_notlike_star_means_absent(RuleContext& context) {
  report_stars(context, "StringNotLike", " not");
}

void check_condition_always_true(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!is_always_true(place)) continue;
    const bool keep = !context.full();
    Finding& finding = context.report(
        place.entry.key.span, path_of(policy, place),
        "the condition on " + quoted(place.entry.key.value) + " holds for every request");
    finding.related.push_back({star_of(place), "matches whatever the request has", true});
    finding.notes.emplace_back("it holds without the key too: nothing is restricted");
    finding.help = "delete it, or write the values that are meant";
    if (!keep) continue;
    if (const auto edit = deletion_of_key(policy, place))
      finding.fix = Fix{true, "delete the condition", {*edit}};
  }
}

void check_condition_never_true(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!is_never_true(place)) continue;
    const bool keep = !context.full();
    const bool deny = place.statement.effect == Effect::kDeny;
    Finding& finding = context.report(place.entry.key.span, path_of(policy, place),
                                      "the condition on " + quoted(place.entry.key.value) +
                                          " never holds: the statement " +
                                          (deny ? "denies" : "allows") + " nothing");
    finding.related.push_back({star_of(place), "every value is like this", true});
    finding.help = deny ? "write the values that are meant: nothing is denied now"
                        : "delete the statement, or write the values that are meant";
    if (keep && place.statement.effect == Effect::kAllow)
      finding.fix = deletion_of(policy, place.statement);
  }
}

void check_wildcard_without_like(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionValuePlace& value : condition_values(policy)) {
    const ConditionOperatorInfo& base = value.base;
    const bool ignore_case = base.comparison == ConditionComparison::kEqualIgnoringCase;
    if (base.family != ConditionFamily::kString) continue;
    if (!ignore_case && base.comparison != ConditionComparison::kEqual) continue;
    const std::string rest = without_policy_variables(context, value.text.value);
    if (rest.find_first_of("*?") == std::string::npos || is_left_open(context, rest)) continue;
    const bool keep = !context.full();
    const std::string like = base.negated ? "StringNotLike" : "StringLike";
    Finding& finding =
        context.report(value.text.span, path_of(policy, value),
                       "wildcards do not work with `" + std::string(base.name) +
                           "`: " + quoted(value.text.value) + " is compared letter by letter");
    finding.help = "write `" + like;
    finding.help.append("` when a pattern is meant, or `${*}` and `${?}` for the characters ");
    finding.help.append("themselves under `").append(like).append("`");
    // A pattern matches more: that must not let more through.
    if (!keep || ignore_case || widens_access(value.place) || !is_unqualified(value.place))
      continue;
    finding.fix = with_operator(policy, value.place, like);
    if (finding.fix) finding.fix->safe = false;
  }
}

}  // namespace iamcheck
