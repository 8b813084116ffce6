#include <algorithm>

#include "iamcheck/action_list_report.h"
#include "iamcheck/report.h"
#include "iamcheck/suggestion.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxNamed = 20;

std::string names_text(const ActionRanges& actions, const Catalogue& catalogue,
                       ActionListOptions options) {
  if (options.count_only) return std::to_string(count(actions)) + "\n";
  std::string text;
  for (const Action& action : actions_of(catalogue, actions)) text += action.full_name() + "\n";
  return text;
}

std::string shortened(const std::string& text) {
  constexpr std::size_t kMaxShown = 120;
  return text.size() <= kMaxShown ? text : text.substr(0, kMaxShown) + "...";
}

std::string unmatched_note(const ExpandedPattern& pattern, const Catalogue& catalogue) {
  std::string note = "`" + shortened(pattern.pattern) + "` matches nothing in the catalogue of " +
                     std::string(catalogue.date()) + ": " + pattern.reason;
  if (!pattern.suggestions.empty()) note += "; " + did_you_mean(pattern.suggestions);
  return note;
}

std::string positions_text(const std::vector<std::size_t>& positions) {
  std::string text;
  for (std::size_t i = 0; i < positions.size() && i < kMaxNamed; ++i)
    text += (i == 0 ? "Statement[" : ", Statement[") + std::to_string(positions[i]) + "]";
  if (positions.size() > kMaxNamed)
    text += " and " + std::to_string(positions.size() - kMaxNamed) + " more";
  return text;
}

}  // namespace

std::string render_text(const ExpandedActions& expanded, const Catalogue& catalogue,
                        ActionListOptions options) {
  return names_text(expanded.actions, catalogue, options);
}

std::string render_text(const PolicyActions& actions, const Catalogue& catalogue,
                        ActionListOptions options) {
  return names_text(actions.actions, catalogue, options);
}

std::string render_text(const MinimizedActions& minimized) {
  std::string text;
  for (const std::string& pattern : minimized.patterns) text += escape_controls(pattern) + "\n";
  return text;
}

std::vector<std::string> notes_on(const ExpandedActions& expanded, const Catalogue& catalogue) {
  std::vector<std::string> notes;
  for (const ExpandedPattern& pattern : expanded.patterns) {
    if (pattern.actions.empty()) notes.push_back(unmatched_note(pattern, catalogue));
  }
  return notes;
}

std::vector<std::string> notes_on(const PolicyActions& actions, const Catalogue& catalogue,
                                  const Source& source) {
  std::vector<std::string> notes;
  notes.reserve(actions.unmatched.size() + 3);
  for (const ExpandedPattern& pattern : actions.unmatched)
    notes.push_back(unmatched_note(pattern, catalogue));
  if (!actions.open_statements.empty())
    notes.push_back("known in part only before the policy is deployed: " +
                    positions_text(actions.open_statements) + "; what is known of it is listed");
  if (actions.denied > 0)
    notes.push_back("left out: " + std::to_string(actions.denied) +
                    (actions.denied == 1 ? " action" : " actions") +
                    " that a Deny takes away from every request");
  if (!actions.partial_denies.empty())
    notes.push_back("still listed: actions that are denied for some requests only, by " +
                    positions_text(actions.partial_denies));
  PolicyRedactions redactions;
  for (std::string& note : notes) redactions.of(source).hide_in(note);
  return notes;
}

std::vector<std::string> notes_on(const MinimizedActions& minimized, const Catalogue& catalogue) {
  std::vector<std::string> notes;
  if (!minimized.unknown.empty()) {
    std::string names;
    for (std::size_t i = 0; i < minimized.unknown.size() && i < kMaxNamed; ++i)
      names.append(i == 0 ? "`" : ", `").append(shortened(minimized.unknown[i])).append("`");
    if (minimized.unknown.size() > kMaxNamed)
      names += " and " + std::to_string(minimized.unknown.size() - kMaxNamed) + " more";
    notes.push_back("kept as given, since the catalogue of " + std::string(catalogue.date()) +
                    " lacks them: " + names);
  }
  if (!minimized.smallest)
    notes.emplace_back("the search stopped at its bound; a shorter list may exist");
  return notes;
}

}  // namespace iamcheck
