// Actions and resources of one statement that never meet, and actions that need another one.
#include <algorithm>
#include <map>
#include <set>

#include "analysis/statement_grant.h"
#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"
#include "iamcheck/arn.h"
#include "lint/arn_services.h"
#include "text/ascii.h"

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

// The service whose resource a policy is attached to, as its actions and ARNs tell, and what stands
// for it in ARNs.
struct Home {
  std::string service;
  std::set<std::string, std::less<>> in_arns;

  bool has_type_of(const Action& action) const {
    for (const ResourceUse use : action.resource_types()) {
      for (const std::string_view form : use.type().arn_forms()) {
        const auto arn = Arn::parse(form);
        if (arn && in_arns.contains(arn->service)) return true;
      }
    }
    return false;
  }
};

std::optional<Home> home_of(const Policy& policy, const Catalogue& catalogue) {
  std::map<std::string, std::size_t> votes;
  for (const ListEntry& entry : action_entries(policy)) {
    if (!entry.text.unresolved && !has_placeholder(entry.text.value))
      ++votes[ActionPattern(entry.text.value).service()];
  }
  for (const ListEntry& entry : resource_entries(policy)) {
    if (const auto service = literal_arn_service(policy, entry.text)) ++votes[*service];
  }
  votes.erase("");
  const auto most = std::ranges::max_element(
      votes, [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == votes.end()) return std::nullopt;
  // Two services with as many votes: nobody knows.
  const auto as_many =
      std::ranges::count_if(votes, [&](const auto& vote) { return vote.second == most->second; });
  const auto service = catalogue.find_service(most->first);
  if (as_many != 1 || !service) return std::nullopt;
  Home home{most->first, {most->first}};
  for (const ResourceType type : service->resource_types()) {
    for (const std::string_view form : type.arn_forms()) {
      if (const auto arn = Arn::parse(form)) home.in_arns.emplace(arn->service);
    }
  }
  return home;
}

bool names_resources(const Statement& statement) {
  return statement.resource &&
         std::ranges::none_of(statement.resource->values, [](const Text& text) {
           return text.unresolved || is_everything(text.value);
         });
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

void check_unsupported_action_in_resource_policy(RuleContext& context) {
  const Policy& policy = context.policy();
  const Catalogue& catalogue = context.catalogue();
  const std::optional<Home> home = home_of(policy, catalogue);
  if (!home) return;
  for (const ListEntry& entry : action_entries(policy)) {
    if (entry.element != "Action" || entry.text.unresolved || context.full()) continue;
    const auto action = catalogue.find_action(entry.text.value);
    if (!action || home->has_type_of(*action)) continue;
    const bool other = ascii_lower(action->service().prefix()) != home->service;
    // An action without resource types is asked on `*`, which a named resource is not.
    if (!other && (!action->resource_types().empty() || !names_resources(entry.statement)))
      continue;
    Finding& finding = context.report(
        entry.text.span, path_of(policy, entry),
        quoted(action->full_name()) + " works on no resource of " + quoted(home->service));
    finding.notes.push_back("the policy seems to be attached to a resource of " +
                            quoted(home->service));
    finding.help = "grant it in an identity-based policy";
  }
}

void check_unsupported_resource_in_resource_policy(RuleContext& context) {
  const Policy& policy = context.policy();
  const std::optional<Home> home = home_of(policy, context.catalogue());
  if (!home) return;
  ArnServices services(context.catalogue());
  for (const ListEntry& entry : resource_entries(policy)) {
    const auto service = literal_arn_service(policy, entry.text);
    // A service that does not exist is reported as such.
    if (!service || home->in_arns.contains(*service) || !services.contains(*service)) continue;
    Finding& finding =
        context.report(entry.text.span, path_of(policy, entry),
                       quoted(entry.text.value) + " is no resource of " + quoted(home->service));
    finding.notes.push_back("the policy seems to be attached to a resource of " +
                            quoted(home->service));
    finding.help = "name the resource that the policy is attached to";
  }
}

}  // namespace iamcheck
