// Actions and resources of one statement that never meet, and actions that need another one.
#include <algorithm>
#include <set>

#include "analysis/statement_grant.h"
#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"
#include "iamcheck/arn.h"
#include "lint/context.h"

namespace iamcheck {
namespace {

// Actions looked at for one policy. Real ones need some thousands; beyond it everything fits.
constexpr std::size_t kMaxActionsLookedAt = 2'000'000;

// The resources that a statement lists, where they can be compared: none is everything or unknown.
const ListElement* listed_resources(const Statement& statement) {
  if (!statement.effect || !statement.resource || statement.not_resource) return nullptr;
  const ListElement& resources = *statement.resource;
  const bool comparable = std::ranges::none_of(resources.values, [](const Text& entry) {
    return entry.unresolved || is_everything(entry.value) || !entry.value.starts_with("arn:");
  });
  return comparable && !resources.values.empty() ? &resources : nullptr;
}

// What the actions of one entry are to the resources of its statement.
enum class Fit { kSome, kOtherResources, kNoResources };

class ResourceFit {
 public:
  explicit ResourceFit(RuleContext& context)
      : catalogue_(context.catalogue()), comparison_(context.policy().has_variables()) {}

  Fit fit(const Statement& statement, const ListElement& resources, const Text& entry) {
    if (entry.unresolved || has_placeholder(entry.value) || ActionText(entry.value).everything)
      return Fit::kSome;
    StatementGrant grant;
    grant.statement = &statement;
    bool some = false, needs_star = true;
    for (const ActionRange& range : expand_entry(catalogue_, entry.value)) {
      for (std::uint32_t id = range.begin; id != range.end; ++id) {
        if (++looked_at_ > kMaxActionsLookedAt) return Fit::kSome;
        const Action action = catalogue_.actions()[id];
        if (comparison_.suits(grant, action)) return Fit::kSome;
        some = true;
        needs_star = needs_star && action.resource_types().empty();
      }
    }
    if (!some) return Fit::kSome;  // unknown-action, unknown-action-pattern
    if (!needs_star) return Fit::kOtherResources;
    return whole_services(resources).contains(ActionPattern(entry.value).service())
               ? Fit::kSome
               : Fit::kNoResources;
  }

 private:
  // `arn:aws:ram:*:*:*`: what a service asks on where it has no resource to name is not always `*`.
  const std::set<std::string>& whole_services(const ListElement& resources) {
    if (cached_for_ == &resources) return whole_;
    cached_for_ = &resources;
    whole_.clear();
    constexpr std::size_t kService = 2;
    for (const Text& entry : resources.values) {
      const auto parts = split_arn(entry.value, false);
      if (parts.size() > kService + 1 && is_everything(parts.back()))
        whole_.emplace(parts[kService]);
    }
    return whole_;
  }

  const Catalogue& catalogue_;
  ResourceComparison comparison_;
  std::size_t looked_at_ = 0;
  const ListElement* cached_for_ = nullptr;
  std::set<std::string> whole_;
};

std::string consequence(const Statement& statement) {
  return statement.effect == Effect::kDeny ? "the statement never denies it"
                                           : "the statement never allows it";
}

std::string types_of(const Action& action) {
  std::string text;
  constexpr std::size_t kMost = 3;
  for (std::size_t i = 0; i < std::min(kMost, action.resource_types().size()); ++i) {
    const ResourceType type = action.resource_types()[i].type();
    text += text.empty() ? "" : ", ";
    text += quoted(*type.arn_forms().begin());
  }
  return text;
}

}  // namespace

void check_action_resource_mismatch(RuleContext& context) {
  const Policy& policy = context.policy();
  ResourceFit fit(context);
  for (const Statement& statement : policy.statements) {
    const ListElement* resources = listed_resources(statement);
    if (resources == nullptr) continue;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (context.full() || fit.fit(statement, *resources, entry.text) != Fit::kOtherResources)
        continue;
      Finding& finding = context.report(
          entry.text.span, path_of(policy, entry),
          quoted(entry.text.value) + " works on none of the resources of the statement");
      finding.notes.push_back(consequence(statement));
      finding.related.push_back({resources->span, "the resources", true});
      const auto action = context.catalogue().find_action(entry.text.value);
      finding.help = action ? "it works on " + types_of(*action)
                            : "name resources that one of its actions works on";
    }
  }
}

void check_action_needs_star(RuleContext& context) {
  const Policy& policy = context.policy();
  ResourceFit fit(context);
  for (const Statement& statement : policy.statements) {
    const ListElement* resources = listed_resources(statement);
    if (resources == nullptr || context.full()) continue;
    // One finding a statement: whoever wrote it split it once, or not at all.
    Finding* finding = nullptr;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (fit.fit(statement, *resources, entry.text) != Fit::kNoResources) continue;
      if (finding != nullptr) {
        finding->related.push_back({entry.text.span, "so does this"});
        continue;
      }
      finding = &context.report(
          entry.text.span, path_of(policy, entry),
          quoted(entry.text.value) + " works on no particular resource, and needs `*`");
      finding->notes.push_back(consequence(statement));
      finding->help = "move it to a statement with `\"Resource\": \"*\"`";
    }
    if (finding != nullptr) finding->related.push_back({resources->span, "the resources", true});
  }
}

void check_dependent_action_missing(RuleContext& context) {
  const Policy& policy = context.policy();
  const Catalogue& catalogue = context.catalogue();
  ActionRangesBuilder builder;
  for (const Statement& statement : policy.statements) {
    if (statement.expression) return;
    if (!is_grant(statement)) continue;
    StatementActions named = actions_of(catalogue, statement);
    if (named.open) return;
    builder.add(named.actions);
  }
  const ActionRanges granted = builder.take();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      const auto action = catalogue.find_action(entry.text.value);
      if (!action || context.full()) continue;
      std::string missing;
      for (const Action other : action->dependent_actions()) {
        if (contains(granted, other.id())) continue;
        missing += missing.empty() ? "" : ", ";
        missing += quoted(other.full_name());
      }
      if (missing.empty()) continue;
      Finding& finding =
          context.report(entry.text.span, path_of(policy, entry),
                         quoted(action->full_name()) + " may need " + missing + " too");
      finding.notes.emplace_back("the policy does not allow that");
      finding.help = "allow it where the caller uses that part of the action";
    }
  }
}

}  // namespace iamcheck
