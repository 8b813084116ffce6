#include "analysis/lower_condition.h"

#include <algorithm>

#include "condition/families/boolean.h"
#include "iamcheck/arn.h"
#include "iamcheck/condition_operator.h"
#include "match/pattern_compiler.h"
#include "text/letter_case.h"

namespace iamcheck::analysis {
namespace {

struct NoVariables final : VariableScope {
  VariableValue find_variable(const ContextKey&) const override { return {}; }
};

std::string describe(const ConditionOperatorInfo& base, const ConditionEntry& entry,
                     VariableUse variables) {
  std::string text(to_string(base.family));
  text += std::to_string(static_cast<int>(base.comparison));
  if (variables.work) text += 'v';
  if (variables.open) text += 'o';
  for (const Text& value : entry.values) {
    text += value.unresolved ? '\2' : '\1';
    text += value.value;
  }
  return text;
}

bool is_unresolved(const Text& value, VariableUse variables) {
  return value.unresolved || (variables.open && value.value.find("${") != std::string::npos);
}

// S7: each of the six parts is compared with wildcards of its own, and case counts in all.
Pattern arn_value(std::string_view text, bool variables) {
  const std::vector<std::string_view> parts = split_arn(text, variables);
  if (parts.size() != 6) return Pattern::never();
  // Both texts begin with `arn`: a first part that does not match that matches nothing.
  if (!Pattern::like(parts[0], {}).matches("arn")) return Pattern::never();
  using Wildcards = PatternCompiler::Wildcards;
  PatternCompiler compiler(text, {.variables = variables});
  compiler.add_literal("arn", false);
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    compiler.add_literal(":", false);
    compiler.add(parts[i], Wildcards::kInsideField, false);
  }
  compiler.add_literal(":", false);
  compiler.add(parts.back(), Wildcards::kFree, false);
  return compiler.finish();
}

Language language_of(const ConditionOperatorInfo& base, const std::string& text, bool variables) {
  const Pattern::Options options{.variables = variables && base.variables};
  if (base.family == ConditionFamily::kArn) return Language(arn_value(text, options.variables));
  if (base.comparison == ConditionComparison::kLike) return Language(Pattern::like(text, options));
  const bool lowered = base.comparison == ConditionComparison::kEqualIgnoringCase;
  return Language(Pattern::exact(lowered ? to_lower(text) : text, options), lowered);
}

ValueSet set_of(const ConditionOperatorInfo& base, const ConditionEntry& entry,
                VariableUse variables, bool or_mistyped) {
  ValueSet set;
  set.family = base.family;
  set.or_mistyped = or_mistyped;
  if (base.family == ConditionFamily::kString || base.family == ConditionFamily::kArn) {
    for (const Text& value : entry.values) {
      if (is_unresolved(value, variables)) {
        set.languages.add(unknown_text(value.value));
        continue;
      }
      Language one = language_of(base, value.value, variables.work);
      set.everything = set.everything || one.is_everything();
      if (!one.is_nothing()) set.languages.add(std::move(one));
    }
    return set;
  }
  std::vector<ConditionValue> values;
  for (const Text& value : entry.values) {
    values.push_back({value.value, false});
    set.samples.push_back(value.value);
  }
  set.typed = families::make_values(base.family, {values, base.comparison, false});
  // S7.7: a policy value of the wrong type spoils a negated operator.
  if (or_mistyped && set.typed->constant(true, NoVariables()) == false) set.everything = true;
  return set;
}

// Null asks for a missing key, for a present one, or for neither or both (S7.6).
std::vector<Box> lower_null(const ConditionEntry& entry, AttributeId key,
                            const Universe& universe) {
  bool missing = false, present = false;
  for (const Text& value : entry.values) {
    const std::optional<bool> word = families::read_boolean(value.value);
    missing = missing || word == true;
    present = present || word == false;
  }
  const Literal has_value{key, universe.not_empty(), false, true};
  if (missing && present) return {Box{}};
  if (missing) return {Box{has_value.opposite()}};
  if (present) return {Box{has_value}};
  return {};
}

std::vector<Box> lower_set(const ConditionOperator& op, AttributeId key, SetId matched,
                           SetId matched_or_mistyped, const Universe& universe) {
  const bool negated = op.base->negated;
  const SetId set = negated ? matched_or_mistyped : matched;
  // "Some value passes" and "some value does not": a negated operator passes what lies outside.
  const Literal some_passes{key, set, negated, true};
  const Literal some_fails{key, set, !negated, true};
  if (op.set == SetQualifier::kForAnyValue) return {Box{some_passes}};
  std::vector<Box> ways = {Box{some_fails.opposite()}};
  // S7.6: nothing but an empty text counts as no value at all.
  if (universe.set(set).has("") == negated)
    ways.push_back({{key, universe.not_empty(), false, false}});
  return ways;
}

}  // namespace

Language unknown_text(std::string_view text) {
  // The name of a variable cannot hold a brace, and no policy can write this one.
  std::string name = "${unresolved ";
  for (const char c : text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    name += kHex[byte >> 4];
    name += kHex[byte & 15];
  }
  return Language(Pattern::exact(name + "}", {.variables = true}));
}

std::vector<Box> lower(const ConditionEntry& entry, VariableUse variables, Universe& universe) {
  const auto open = [&] {
    std::string text = entry.condition_operator.value + '\1' + entry.key.value;
    for (const Text& value : entry.values) text += '\1' + value.value;
    const AttributeId question = universe.open_question(text);
    return std::vector<Box>{Box{{question, universe.everything(), false, true}}};
  };
  if (entry.condition_operator.unresolved || entry.key.unresolved) return open();
  const auto op = parse_condition_operator(entry.condition_operator.value);
  if (!op) return {};  // S7.8
  const ConditionOperatorInfo& base = *op->base;
  const bool is_text =
      base.family == ConditionFamily::kString || base.family == ConditionFamily::kArn;
  // Variables in a Bool, and values of other types that come at deploy time.
  const bool hard = !is_text && std::ranges::any_of(entry.values, [&](const Text& value) {
    return is_unresolved(value, variables) ||
           (base.variables && variables.work && value.value.find("${") != std::string::npos);
  });
  if (hard) return open();
  const AttributeId key = universe.key(entry.key.value);
  if (base.family == ConditionFamily::kNull) {
    if (op->if_exists) return {};  // S7.8
    return lower_null(entry, key, universe);
  }
  const std::string description = describe(base, entry, variables);
  const SetId matched =
      universe.set(description, [&] { return set_of(base, entry, variables, false); });
  const bool tells_types = base.family != ConditionFamily::kString;
  const SetId matched_or_mistyped = !tells_types ? matched : universe.set(description + "!", [&] {
    return set_of(base, entry, variables, true);
  });
  if (op->set != SetQualifier::kNone)
    return lower_set(*op, key, matched, matched_or_mistyped, universe);
  Box box;
  if (base.negated) {
    box.push_back({key, matched_or_mistyped, false, false});
  } else if (op->if_exists) {
    box.push_back({key, matched, true, false});
  } else {
    box.push_back({key, matched, false, true});
  }
  // S7.3: without a set operator nothing matches a list.
  if (universe.attributes()[key].lists) box.push_back({key, Literal::kIsList, false, false});
  return {box};
}

}  // namespace iamcheck::analysis
