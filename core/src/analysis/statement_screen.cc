#include "analysis/statement_screen.h"

#include <algorithm>
#include <optional>

#include "iamcheck/arn.h"
#include "iamcheck/condition_operator.h"
#include "text/ascii.h"

namespace iamcheck::analysis {
namespace {

// One action that the statement is about: its first entry, with a letter for each wildcard.
std::optional<std::string> some_action(const Statement& statement) {
  if (!statement.action || statement.not_action) return std::nullopt;
  for (const Text& entry : statement.action->values) {
    const ActionText text(entry.value);
    if (entry.unresolved || text.never) continue;
    if (text.everything) return "x:x";
    std::string action = ascii_lower(entry.value);
    std::ranges::replace_if(action, [](char c) { return c == '*' || c == '?'; }, 'x');
    return action;
  }
  return std::nullopt;
}

bool may_name(const ListElement& list, const std::string& action) {
  return std::ranges::any_of(list.values, [&](const Text& entry) {
    if (entry.unresolved) return true;
    // Most entries differ before their first wildcard.
    const std::size_t fixed = std::min(entry.value.find_first_of("*?"), entry.value.size());
    if (fixed > action.size() ||
        !equals_ignoring_case(std::string_view(entry.value).substr(0, fixed),
                              std::string_view(action).substr(0, fixed)))
      return false;
    return ActionPattern(entry.value).matches(action);
  });
}

bool surely_names(const ListElement& list, const std::string& action) {
  return std::ranges::any_of(list.values, [&](const Text& entry) {
    return !entry.unresolved && ActionPattern(entry.value).matches(action);
  });
}

bool may_be_about(const Statement& statement, const std::string& action) {
  if (statement.expression) return true;
  if (statement.action) return may_name(*statement.action, action);
  return statement.not_action && !surely_names(*statement.not_action, action);
}

bool names_some_resource(const ListElement& list) {
  return std::ranges::any_of(list.values, [](const Text& entry) {
    if (entry.unresolved) return false;
    return entry.value == "*" ||
           (entry.value.starts_with("arn:") && std::ranges::count(entry.value, ':') >= 5 &&
            entry.value.find('$') == std::string::npos);
  });
}

// A condition that some value of its key meets: one text that the key may have.
bool is_easily_met(const ConditionEntry& entry) {
  const auto op = parse_condition_operator(entry.condition_operator.value);
  if (!op || op->base->negated || op->set != SetQualifier::kNone || op->if_exists) return false;
  if (op->base->family != ConditionFamily::kString || entry.key.unresolved) return false;
  return std::ranges::any_of(entry.values, [](const Text& value) {
    return !value.unresolved && !value.value.empty() && value.value.find('$') == std::string::npos;
  });
}

}  // namespace

bool StatementScreen::surely_matches(const Statement& statement) const {
  if (info(kind_).takes_principal || statement.principal || statement.not_principal) return false;
  if (!some_action(statement) || statement.not_resource || !statement.resource) return false;
  if (!names_some_resource(*statement.resource)) return false;
  if (statement.condition_malformed || statement.conditions.size() > 1) return false;
  return std::ranges::all_of(statement.conditions, is_easily_met);
}

bool StatementScreen::speaks_alone(const Statement& statement,
                                   const std::vector<bool>& left) const {
  const std::optional<std::string> action = some_action(statement);
  if (!action) return false;
  // Far above what fits into a policy: a hostile one is left to the proof, which has its limits.
  constexpr std::size_t kMost = 2'000'000;
  for (const Statement& other : policy_.statements) {
    const auto& list = other.action ? other.action : other.not_action;
    looked_at_ += 1 + (list ? list->values.size() : 0);
    if (looked_at_ > kMost) return false;
    if (other.index != statement.index && left[other.index] && may_be_about(other, *action))
      return false;
  }
  return true;
}

}  // namespace iamcheck::analysis
