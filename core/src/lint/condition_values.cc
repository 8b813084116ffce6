#include "lint/condition_values.h"

#include <algorithm>

#include "lint/edits.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// The keys of one operator stand side by side.
bool is_only_key(const ConditionPlace& place) {
  const auto& all = place.statement.conditions;
  const auto at = static_cast<std::size_t>(&place.entry - all.data());
  const auto is_same = [&](const ConditionEntry& other) {
    return other.condition_operator.span == place.entry.condition_operator.span;
  };
  return (at == 0 || !is_same(all[at - 1])) && (at + 1 == all.size() || !is_same(all[at + 1]));
}

bool has_block(const Statement& statement, std::string_view name) {
  return std::ranges::any_of(statement.conditions, [&](const ConditionEntry& entry) {
    return equals_ignoring_case(entry.condition_operator.value, name);
  });
}

}  // namespace

std::vector<ConditionValuePlace> condition_values(const Policy& policy) {
  std::vector<ConditionValuePlace> values;
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!place.op) continue;
    for (std::size_t i = 0; i < place.entry.values.size(); ++i) {
      const Text& text = place.entry.values[i];
      if (!text.unresolved) values.push_back({place, i, text, *place.op->base});
    }
  }
  return values;
}

std::string path_of(const Policy& policy, const ConditionValuePlace& value) {
  return path_of(policy, value.place, value.index);
}

bool has_key(const ConditionPlace& place, std::string_view key) {
  return !place.entry.key.unresolved && equals_ignoring_case(place.entry.key.value, key);
}

bool has_any_key(const ConditionPlace& place, std::span<const std::string_view> keys) {
  return std::ranges::any_of(keys, [&](std::string_view key) { return has_key(place, key); });
}

bool has_operator(const ConditionPlace& place, std::string_view base) {
  return place.op && place.op->base->name == base;
}

bool is_unqualified(const ConditionPlace& place) {
  return place.op && place.op->set == SetQualifier::kNone && !place.op->if_exists;
}

bool widens_access(const ConditionPlace& place) {
  if (!place.op || !place.statement.effect) return false;
  return place.negated() == (*place.statement.effect == Effect::kDeny);
}

bool has_variable_or_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos ||
         text.find("${") != std::string_view::npos;
}

std::optional<Fix> with_operator(const Policy& policy, const ConditionPlace& place,
                                 std::string_view name) {
  const Text& written = place.entry.condition_operator;
  if (!is_plain(policy, written) || !is_only_key(place)) return std::nullopt;
  if (has_block(place.statement, name)) return std::nullopt;
  return Fix{true, "write `" + std::string(name) + "`", {{written.span, json_string(name)}}};
}

std::optional<Fix> as_null_check(const Policy& policy, const ConditionPlace& place, bool missing) {
  std::optional<Fix> fix = with_operator(policy, place, "Null");
  if (!fix) return std::nullopt;
  const std::string value = missing ? "true" : "false";
  fix->description =
      "write `\"Null\": {" + json_string(place.entry.key.value) + ": \"" + value + "\"}`";
  fix->edits.push_back({place.entry.span, json_string(value)});
  return fix;
}

std::optional<Edit> deletion_of_key(const Policy& policy, const ConditionPlace& place) {
  const auto& all = place.statement.conditions;
  if (!is_only_key(place))
    return deletion_of_member(policy, place.entry.key.span, place.entry.span);
  if (all.size() == 1) return deletion_of_condition(policy, place.statement);
  // The end of the operator's object is the next closing brace.
  const std::string_view text = policy.source ? policy.source->text() : std::string_view();
  const std::size_t brace = text.find_first_not_of(" \t\r\n", place.entry.span.end);
  if (brace == std::string_view::npos || text[brace] != '}') return std::nullopt;
  const Text& name = place.entry.condition_operator;
  return deletion_of_member(
      policy, name.span,
      {name.span.source, name.span.begin, static_cast<std::uint32_t>(brace + 1)});
}

}  // namespace iamcheck
