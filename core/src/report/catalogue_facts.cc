#include "report/catalogue_facts.h"

namespace iamcheck {

namespace {

NotFound not_found(const Catalogue& catalogue, std::string_view name) {
  NotFound answer{std::string(name), "", {}};
  const std::size_t colon = name.find(':');
  auto retired = catalogue.find_retired_action(name);
  if (!retired) retired = catalogue.find_retired_service(name.substr(0, colon));
  if (retired) {
    answer.retired_since = retired->last_seen.empty() ? "unknown" : std::string(retired->last_seen);
  }
  answer.suggestions = catalogue.suggest_action(name);
  if (answer.suggestions.empty()) answer.suggestions = catalogue.suggest_condition_key(name);
  if (answer.suggestions.empty() && !catalogue.find_service(name.substr(0, colon))) {
    answer.suggestions = catalogue.suggest_service(name.substr(0, colon));
  }
  if (answer.suggestions.empty() && colon == std::string_view::npos) {
    answer.suggestions = catalogue.suggest_managed_policy(name);
  }
  return answer;
}

}  // namespace

CatalogueFact look_up(const Catalogue& catalogue, std::string_view name) {
  if (const auto action = catalogue.find_action(name)) return *action;
  if (name.find_first_of("*?") != std::string_view::npos) {
    PatternActions found{std::string(name), {}};
    for (const ActionRange& range : catalogue.expand(name)) {
      for (std::uint32_t id = range.begin; id < range.end; ++id) {
        found.actions.push_back(catalogue.actions()[id]);
      }
    }
    if (!found.actions.empty()) return found;
    return not_found(catalogue, name);
  }
  if (const auto service = catalogue.find_service(name)) return *service;
  if (const auto key = catalogue.find_condition_key(name)) return *key;
  if (const auto policy = catalogue.find_managed_policy(name)) return *policy;
  return not_found(catalogue, name);
}

std::string level_text(AccessLevels levels) {
  std::string text;
  for (const AccessLevel level : levels.list()) {
    if (!text.empty()) text += ", ";
    text += to_string(level);
  }
  return text;
}

std::string key_type_text(const ConditionKey& key) {
  std::string text(key.multivalued() ? "list of " : "");
  text += to_string(key.type());
  for (const KeyType type : {KeyType::kString, KeyType::kArn, KeyType::kBool, KeyType::kNumeric,
                             KeyType::kDate, KeyType::kIpAddress, KeyType::kBinary}) {
    if (type != key.type() && key.has_type(type)) {
      text += " or ";
      text += to_string(type);
    }
  }
  return text;
}

}  // namespace iamcheck
