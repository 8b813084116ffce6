// Patterns of Action as lists of actions, with a word about those that match nothing.
#include <algorithm>

#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"
#include "iamcheck/action_list.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxSuggestions = 3;
// No action has a longer name; a pattern with more letters, wildcards not counted, matches none.
constexpr std::size_t kMaxNameSize = 128;
// Beyond this many unmatched entries the nearest names are not looked for: each takes a
// millisecond.
constexpr std::size_t kMaxSuggested = 100;

std::string quoted(std::string_view text) {
  constexpr std::size_t kMaxShown = 80;
  std::string shown(text.substr(0, kMaxShown));
  if (text.size() > kMaxShown) shown += "...";
  return "`" + shown + "`";
}

// Why the entry is no pattern of actions at all (S5).
std::string malformation(std::string_view pattern) {
  const std::size_t colon = pattern.find(':');
  if (colon == std::string_view::npos)
    return "it has no colon; an action is service:Name, such as s3:GetObject";
  if (pattern.substr(0, colon).find_first_of("*?") != std::string_view::npos)
    return "the service before the colon takes no wildcard, but for `*` alone";
  if (colon == 0) return "there is no service before the colon";
  if (colon + 1 == pattern.size()) return "there is no name behind the colon";
  return "an action with white space or a comma in its name matches nothing";
}

void explain_nothing(const Catalogue& catalogue, ExpandedPattern& expanded, bool suggest) {
  const std::string_view pattern = expanded.pattern;
  const ActionText parts(pattern);
  if (parts.never) {
    expanded.reason = malformation(pattern);
    if (suggest && pattern.find(':') == std::string_view::npos)
      expanded.suggestions = catalogue.suggest_action(pattern, kMaxSuggestions);
    return;
  }
  const auto retired = [](std::string_view last_seen) {
    return last_seen.empty() ? std::string()
                             : "; AWS retired it, last seen " + std::string(last_seen);
  };
  if (!catalogue.find_service(parts.service)) {
    expanded.reason = "there is no service " + quoted(parts.service);
    if (const auto gone = catalogue.find_retired_service(parts.service))
      expanded.reason += retired(gone->last_seen);
    if (!suggest) return;
    expanded.suggestions = catalogue.suggest_service(parts.service, kMaxSuggestions);
    for (std::string& near : expanded.suggestions) near.append(":").append(parts.name);
    std::erase_if(expanded.suggestions,
                  [&](const std::string& near) { return expand_entry(catalogue, near).empty(); });
    if (expanded.suggestions.empty())
      expanded.suggestions = catalogue.suggest_action(pattern, kMaxSuggestions);
    return;
  }
  if (parts.name.find_first_of("*?") != std::string_view::npos) {
    expanded.reason = "no action of " + quoted(parts.service) + " matches";
  } else {
    expanded.reason = "there is no such action";
    if (const auto gone = catalogue.find_retired_action(pattern))
      expanded.reason += retired(gone->last_seen);
  }
  if (suggest) expanded.suggestions = catalogue.suggest_action(pattern, kMaxSuggestions);
}

}  // namespace

ActionRanges expand_entry(const Catalogue& catalogue, std::string_view pattern) {
  const ActionText parts(pattern);
  if (parts.never) return {};
  const auto letters =
      static_cast<std::size_t>(std::ranges::count_if(parts.name, [](char c) { return c != '*'; }));
  if (letters > kMaxNameSize) return {};
  return catalogue.expand(pattern);
}

std::optional<Error> check_entry_count(std::size_t entries, std::size_t most) {
  if (entries <= most) return std::nullopt;
  return Error{ErrorCode::kLimitExceeded,
               "more than " + std::to_string(most) + " actions and patterns at once",
               "ask about fewer at a time",
               {}};
}

ExpandedPattern unmatched_entry(const Catalogue& catalogue, std::string pattern, bool suggest) {
  ExpandedPattern expanded;
  expanded.pattern = std::move(pattern);
  explain_nothing(catalogue, expanded, suggest);
  return expanded;
}

Result<ExpandedActions> expand_actions(const Catalogue& catalogue,
                                       const std::vector<std::string>& patterns) {
  if (auto error = check_entry_count(patterns.size(), kMaxActionEntries)) return *std::move(error);
  ExpandedActions expanded;
  ActionRangesBuilder all;
  std::size_t unmatched = 0;
  for (const std::string& pattern : patterns) {
    ActionRanges actions = expand_entry(catalogue, pattern);
    if (actions.empty()) {
      expanded.patterns.push_back(unmatched_entry(catalogue, pattern, unmatched++ < kMaxSuggested));
      continue;
    }
    all.add(actions);
    expanded.patterns.push_back({pattern, std::move(actions), "", {}});
  }
  expanded.actions = all.take();
  return expanded;
}

}  // namespace iamcheck
