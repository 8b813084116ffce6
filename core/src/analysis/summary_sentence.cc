// From the gravest to the harmless: everything, ways to more rights, managing permissions, writing,
// reading.
#include "analysis/summary_sentence.h"

#include <algorithm>

#include "analysis/statement_words.h"

namespace iamcheck {
namespace {

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string allowed_words(const PolicySummary& summary) {
  constexpr std::size_t kFewActions = 3;
  if (summary.allowed <= kFewActions) {
    std::vector<std::string> names;
    for (const ServiceSummary& service : summary.services) {
      std::vector<std::string> own;
      for (const LevelSummary& level : service.levels) {
        for (const std::string& action : level.actions)
          own.push_back(service.prefix + ":" + action);
      }
      // An action of two levels stands in both.
      std::ranges::sort(own);
      const auto repeated = std::ranges::unique(own);
      own.erase(repeated.begin(), repeated.end());
      names.insert(names.end(), own.begin(), own.end());
    }
    return listed(names);
  }
  if (2 * summary.allowed > summary.known)
    return std::to_string(summary.allowed) + " of the " + std::to_string(summary.known) +
           " actions that there are";
  return std::to_string(summary.allowed) + " actions of " +
         (summary.services.size() == 1 ? summary.services[0].prefix
                                       : counted(summary.services.size(), "service", "services"));
}

// Prefixes of the services with actions of the level.
std::vector<std::string> services_with(const PolicySummary& summary, AccessLevel level) {
  std::vector<std::string> prefixes;
  for (const ServiceSummary& service : summary.services) {
    if (std::ranges::any_of(service.levels,
                            [&](const LevelSummary& one) { return one.level == level; }))
      prefixes.push_back(service.prefix);
  }
  return prefixes;
}

// `everyone `, `the account 111122223333 `; nothing for policies that hang on a principal.
std::string who(const PolicySummary& summary, const SentenceFacts& facts) {
  if (!info(facts.kind).takes_principal) return {};
  if (facts.everyone) return "everyone ";
  std::vector<std::string> names;
  for (const StatementSummary& statement : summary.statements) {
    if (statement.effect != SummaryEffect::kAllow || !statement.never.empty()) continue;
    std::string name = statement.principals;
    if (name == "everyone" && !statement.conditions.empty()) name += " under conditions";
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names.empty() ? "" : listed(names, 2) + " ";
}

std::string gravity_words(const PolicySummary& summary, PolicyKind kind) {
  if (kind == PolicyKind::kTrust) return {};
  if (!summary.escalations.empty()) {
    const auto unlimited = static_cast<std::size_t>(
        std::ranges::count_if(summary.escalations, &EscalationSummary::unlimited));
    std::string words = ", and opens " + counted(summary.escalations.size(), "way to more rights",
                                                 "ways to more rights");
    if (unlimited == summary.escalations.size()) return words + " without a limit";
    return unlimited == 0 ? words : words + ", " + std::to_string(unlimited) + " without a limit";
  }
  const auto managing = services_with(summary, AccessLevel::kPermissionsManagement);
  if (!managing.empty()) return ", among them permissions management of " + listed(managing, 4);
  if (!services_with(summary, AccessLevel::kWrite).empty() ||
      !services_with(summary, AccessLevel::kTagging).empty())
    return ", none that manages permissions";
  return ", only to list or read";
}

// Policies of this kind grant nothing: they say what other policies may grant at most.
bool only_limits(PolicyKind kind) {
  return kind != PolicyKind::kIdentity && kind != PolicyKind::kResource &&
         kind != PolicyKind::kTrust;
}

}  // namespace

std::string summary_sentence(const PolicySummary& summary, const SentenceFacts& facts) {
  const bool limits = only_limits(facts.kind);
  const std::string denied =
      facts.denied == 0 ? "" : " and denies " + counted(facts.denied, "action", "actions");
  if (summary.allowed == 0) {
    const bool unknown = std::ranges::any_of(summary.statements, [](const StatementSummary& one) {
      return one.effect == SummaryEffect::kAllow && one.never.empty() &&
             (one.open || !one.unknown_actions.empty());
    });
    return (unknown ? "allows no action that is known" : "allows nothing") + denied;
  }
  if (summary.unlimited == summary.known) {
    if (limits) return "lets every action through on every resource: it sets no limit";
    if (facts.kind == PolicyKind::kIdentity)
      return "allows every action on every resource: whoever has it is an administrator";
    return "allows " + who(summary, facts) + "every action";
  }
  if (limits) return "lets " + allowed_words(summary) + " through at most" + denied;
  return "allows " + who(summary, facts) + allowed_words(summary) +
         gravity_words(summary, facts.kind);
}

}  // namespace iamcheck
