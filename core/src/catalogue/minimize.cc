// Each service by itself, since no pattern but `*` crosses a service.
#include <algorithm>
#include <set>

#include "catalogue/action_ranges.h"
#include "catalogue/pattern_candidates.h"
#include "catalogue/set_cover.h"
#include "catalogue/statement_actions.h"
#include "iamcheck/action_list.h"
#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Nodes of the search tree for one service.
constexpr std::size_t kMaxSteps = 20'000;

// A pattern that is needed for one name alone becomes that name: it is no longer, and says less
// about what AWS adds later.
std::vector<std::string> chosen_texts(const std::vector<PatternCandidate>& candidates,
                                      const std::vector<std::size_t>& chosen,
                                      const std::vector<std::string_view>& wanted) {
  std::vector<std::size_t> holders(wanted.size());
  for (const std::size_t set : chosen) {
    for (std::size_t i = 0; i < wanted.size(); ++i) holders[i] += candidates[set].names.has(i);
  }
  std::vector<std::string> texts;
  for (const std::size_t set : chosen) {
    const BitSet& names = candidates[set].names;
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (names.has(i) && holders[i] == 1) own.push_back(i);
    }
    if (own.size() != 1) {
      texts.push_back(candidates[set].text);
      continue;
    }
    texts.emplace_back(wanted[own[0]]);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (i != own[0] && names.has(i)) --holders[i];
    }
  }
  return texts;
}

void minimize_service(const Service& service, const ActionRanges& wanted_actions,
                      MinimizedActions& out) {
  std::vector<std::string_view> wanted, others;
  for (const Action action : service.actions())
    (contains(wanted_actions, action.id()) ? wanted : others).push_back(action.name());
  if (wanted.empty()) return;
  const std::string prefix = std::string(service.prefix()) + ":";
  if (others.empty()) {
    out.patterns.push_back(wanted.size() == 1 ? prefix + std::string(wanted[0]) : prefix + "*");
    return;
  }
  const std::vector<PatternCandidate> candidates = pattern_candidates(wanted, others);
  std::vector<BitSet> sets;
  sets.reserve(candidates.size());
  for (const PatternCandidate& candidate : candidates) sets.push_back(candidate.names);
  const Cover cover = smallest_cover(wanted.size(), sets, kMaxSteps);
  out.smallest = out.smallest && cover.smallest;
  for (const std::string& text : chosen_texts(candidates, cover.sets, wanted))
    out.patterns.push_back(prefix + text);
}

// Asks the evaluator's own pattern about every action that it could match, one by one.
ActionRanges proved_actions(const Catalogue& catalogue, const std::vector<std::string>& patterns) {
  ActionRangesBuilder builder;
  for (const std::string& text : patterns) {
    const ActionPattern pattern(text);
    if (pattern.matches_everything()) return all_actions(catalogue);
    const auto service = catalogue.find_service(pattern.service());
    if (!service) continue;
    for (const Action action : service->actions()) {
      if (pattern.matches(action.full_name())) builder.add({action.id(), action.id() + 1});
    }
  }
  return builder.take();
}

}  // namespace

Result<MinimizedActions> minimize_actions(const Catalogue& catalogue,
                                          const std::vector<std::string>& actions) {
  if (auto error = check_entry_count(actions.size(), kMaxActionEntries)) return *std::move(error);
  MinimizedActions out;
  ActionRangesBuilder builder;
  std::set<std::string> seen;
  for (const std::string& action : actions) {
    const ActionRanges named = expand_entry(catalogue, action);
    builder.add(named);
    if (named.empty() && seen.insert(ascii_lower(action)).second) out.unknown.push_back(action);
  }
  const ActionRanges wanted = builder.take();
  out.actions = count(wanted);
  if (wanted == all_actions(catalogue)) {
    out.patterns.emplace_back("*");
  } else {
    for (const Service service : catalogue.services()) minimize_service(service, wanted, out);
  }
  if (proved_actions(catalogue, out.patterns) != wanted)
    return Error{ErrorCode::kInternal,
                 "the patterns that were found do not match the same actions",
                 "please report this with the actions",
                 {}};
  out.patterns.insert(out.patterns.end(), out.unknown.begin(), out.unknown.end());
  std::ranges::sort(out.patterns);
  return out;
}

}  // namespace iamcheck
