#include "lint/condition_edit.h"

#include <algorithm>

#include "text/ascii.h"

namespace iamcheck {
namespace {

// Nobody writes so many; a hostile file is not searched again for every finding.
constexpr std::size_t kMaxConditions = 500;

std::string_view slice(const Policy& policy, const Span& span) {
  return policy.source ? policy.source->slice(span) : std::string_view();
}

bool has_operator(const Statement& statement, std::string_view name) {
  return std::ranges::any_of(statement.conditions, [&](const ConditionEntry& entry) {
    return equals_ignoring_case(entry.condition_operator.value, name);
  });
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  out += text;
  out += '"';
  return out;
}

// What stands between the token and the one before it where that is a line of its own.
std::string_view indent_of(const Policy& policy, const Span& span) {
  if (!policy.source) return {};
  const std::string_view before = policy.source->slice({span.source, 0, span.begin});
  const std::size_t line = before.find_last_not_of(" \t");
  if (line == std::string_view::npos || before[line] != '\n') return {};
  return before.substr(line);
}

}  // namespace

std::optional<Fix> with_operator(const Policy& policy, const ConditionPlace& place,
                                 const ConditionOperator& wanted, bool safe,
                                 std::string description) {
  const Statement& statement = place.statement;
  const Text& written = place.entry.condition_operator;
  if (statement.conditions.size() > kMaxConditions) return std::nullopt;
  const auto of_operator = std::ranges::count_if(
      statement.conditions,
      [&](const ConditionEntry& entry) { return entry.condition_operator.span == written.span; });
  const std::string name = to_string(wanted);
  if (of_operator != 1 || has_operator(statement, name)) return std::nullopt;
  const std::string_view token = slice(policy, written.span);
  if (token == in_quotes(written.value))
    return Fix{safe, std::move(description), {{written.span, in_quotes(name)}}};
  if (token == written.value) return Fix{safe, std::move(description), {{written.span, name}}};
  return std::nullopt;
}

ConditionOperator without_set(ConditionOperator condition_operator) {
  condition_operator.set = SetQualifier::kNone;
  return condition_operator;
}

ConditionOperator with_base(ConditionOperator condition_operator, std::string_view name) {
  const auto* row = std::ranges::find(kConditionOperators, name, &ConditionOperatorInfo::name);
  if (row != kConditionOperators.end()) condition_operator.base = row;
  return condition_operator;
}

std::optional<Fix> with_condition(const Policy& policy, const ConditionPlace& place,
                                  std::string_view name, std::string_view key,
                                  std::string_view value, bool safe, std::string description) {
  const Text& written = place.entry.condition_operator;
  if (place.statement.conditions.size() > kMaxConditions || has_operator(place.statement, name) ||
      slice(policy, written.span) != in_quotes(written.value))
    return std::nullopt;
  const std::string_view indent = indent_of(policy, written.span);
  std::string text = in_quotes(name);
  text.append(": {").append(in_quotes(key)).append(": ").append(in_quotes(value)).append("},");
  text.append(indent.empty() ? " " : indent);
  const Span before{written.span.source, written.span.begin, written.span.begin};
  return Fix{safe, std::move(description), {{before, std::move(text)}}};
}

}  // namespace iamcheck
