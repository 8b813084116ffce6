#include "analysis/statement_screen.h"

#include <algorithm>
#include <optional>

#include "iamcheck/arn.h"
#include "iamcheck/condition_operator.h"
#include "text/ascii.h"

namespace iamcheck::analysis {
namespace {

constexpr std::size_t kMaxActions = 4;
constexpr std::size_t kMaxResources = 2;

void put_letters_for_wildcards(std::string& text) {
  std::ranges::replace_if(text, [](char c) { return c == '*' || c == '?'; }, 'x');
}

// Actions that the statement is about: its first entries, with a letter for each wildcard.
std::vector<std::string> some_actions(const Statement& statement, std::size_t most) {
  std::vector<std::string> actions;
  if (!statement.action || statement.not_action) return actions;
  for (const Text& entry : statement.action->values) {
    const ActionText text(entry.value);
    if (entry.unresolved || text.never) continue;
    actions.push_back(text.everything ? "x:x" : ascii_lower(entry.value));
    put_letters_for_wildcards(actions.back());
    if (actions.size() == most) break;
  }
  return actions;
}

bool is_plain_arn(const std::string& entry) {
  return entry.starts_with("arn:") && std::ranges::count(entry, ':') >= 5 &&
         entry.find('$') == std::string::npos;
}

// Resources that it is about, likewise; none where it may be about any.
std::vector<std::string> some_resources(const Statement& statement) {
  std::vector<std::string> resources;
  if (!statement.resource || statement.not_resource) return resources;
  for (const Text& entry : statement.resource->values) {
    if (entry.unresolved || !is_plain_arn(entry.value)) continue;
    resources.push_back(entry.value);
    put_letters_for_wildcards(resources.back());
    if (resources.size() == kMaxResources) break;
  }
  return resources;
}

// False: the texts differ in front of the entry's first wildcard or variable. `end`: where that is.
bool begins_alike(std::string_view entry, std::string_view text, std::size_t& end) {
  for (end = 0; end < entry.size(); ++end) {
    if (entry[end] == '*' || entry[end] == '?' || entry[end] == '$') return true;
    if (end == text.size() || ascii_lower(entry[end]) != ascii_lower(text[end])) return false;
  }
  return true;
}

bool may_name(const ListElement& list, const std::string& action) {
  return std::ranges::any_of(list.values, [&](const Text& entry) {
    std::size_t end = 0;
    if (entry.unresolved) return true;
    // Most entries differ before their first wildcard.
    if (!begins_alike(entry.value, action, end)) return false;
    return ActionPattern(entry.value).matches(action);
  });
}

// Whether a statement may be about the resource: no matching, only what differs at sight.
bool may_be_on(const Statement& statement, const std::string& resource) {
  if (statement.expression || statement.not_resource || !statement.resource) return true;
  return std::ranges::any_of(statement.resource->values, [&](const Text& entry) {
    std::size_t end = 0;
    if (entry.unresolved || !entry.value.starts_with("arn:")) return true;
    if (!begins_alike(entry.value, resource, end)) return false;
    // What has fewer than six parts may go on (S6.4).
    return end < entry.value.size() || end == resource.size() ||
           std::ranges::count(entry.value, ':') < 5;
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
    return entry.value == "*" || is_plain_arn(entry.value);
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
  if (some_actions(statement, 1).empty() || statement.not_resource || !statement.resource)
    return false;
  if (!names_some_resource(*statement.resource)) return false;
  if (statement.condition_malformed || statement.conditions.size() > 1) return false;
  return std::ranges::all_of(statement.conditions, is_easily_met);
}

bool StatementScreen::speaks_alone(const Statement& statement,
                                   const std::vector<bool>& left) const {
  const std::vector<std::string> resources = some_resources(statement);
  for (const std::string& action : some_actions(statement, kMaxActions)) {
    const std::optional<std::vector<const Statement*>> rivals = rivals_of(statement, action, left);
    if (!rivals) return false;
    if (rivals->empty()) return true;
    for (const std::string& resource : resources) {
      if (std::ranges::none_of(*rivals,
                               [&](const Statement* rival) { return may_be_on(*rival, resource); }))
        return true;
    }
  }
  return false;
}

// The others that may be about the action; nothing when there is no time left to look.
std::optional<std::vector<const Statement*>> StatementScreen::rivals_of(
    const Statement& statement, const std::string& action, const std::vector<bool>& left) const {
  // Far above what fits into a policy: a hostile one is left to the proof, which has its limits.
  constexpr std::size_t kMost = 2'000'000;
  std::vector<const Statement*> rivals;
  for (const Statement& other : policy_.statements) {
    const auto& list = other.action ? other.action : other.not_action;
    looked_at_ +=
        1 + (list ? list->values.size() : 0) + (other.resource ? other.resource->values.size() : 0);
    if (looked_at_ > kMost) return std::nullopt;
    if (other.index != statement.index && left[other.index] && may_be_about(other, action))
      rivals.push_back(&other);
  }
  return rivals;
}

}  // namespace iamcheck::analysis
