#include "lint/exposure_of_actions.h"

#include <algorithm>
#include <utility>

#include "catalogue/action_ranges.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMostNames = 3;

// The first few without making a list of all.
std::vector<Action> first_of(const Catalogue& catalogue, const ActionRanges& actions,
                             std::size_t most) {
  const CatalogueList<Action> all = catalogue.actions();
  std::vector<Action> first;
  for (const ActionRange& range : actions) {
    for (std::uint32_t id = range.begin; id < range.end; ++id) {
      if (first.size() == most) return first;
      first.push_back(all[id]);
    }
  }
  return first;
}

std::string listed(const std::vector<std::string>& names, std::size_t more, const char* last) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += more == 0 && i + 1 == names.size() ? last : ", ";
    text += quoted(names[i]);
  }
  if (more > 0) text.append(" and ").append(std::to_string(more)).append(" more");
  return text;
}

bool is_wide(const AllowGrant& grant) { return grant.wide(); }

}  // namespace

std::vector<ExposedActions> granted_actions(RuleContext& context, const ActionRanges& set,
                                            bool (*wanted)(const AllowGrant&)) {
  std::vector<ExposedActions> exposed;
  const PolicyGrants& grants = context.grants();
  const ActionRanges left = subtract(set, grants.denied());
  for (const AllowGrant& grant : grants.allows()) {
    if (!wanted(grant)) continue;
    ExposedActions one{&grant, {}, {}};
    ActionRangesBuilder all;
    for (const EntryGrant& entry : grant.entries) {
      if (entry.whole) continue;
      const ActionRanges hit = intersect(entry.actions, left);
      if (hit.empty()) continue;
      one.entries.push_back(&entry);
      all.add(hit);
    }
    if (one.entries.empty()) continue;
    one.actions = all.take();
    exposed.push_back(std::move(one));
  }
  return exposed;
}

std::vector<ExposedActions> exposed_actions(RuleContext& context, const ActionRanges& set) {
  return granted_actions(context, set, is_wide);
}

ListEntry action_entry(const AllowGrant& grant, const EntryGrant& entry) {
  return {*grant.statement, "Action", *grant.action, entry.index, *entry.text};
}

ListEntry resource_entry(const AllowGrant& grant, const Text& entry) {
  const auto index = static_cast<std::size_t>(&entry - grant.resource->values.data());
  return {*grant.statement, "Resource", *grant.resource, index, entry};
}

Finding& report_exposed(RuleContext& context, const ExposedActions& exposed, std::string what) {
  const EntryGrant& first = *exposed.entries.front();
  what.append(action_names(context.catalogue(), exposed.actions));
  Finding& finding = context.report(first.text->span,
                                    path_of(context.policy(), action_entry(*exposed.grant, first)),
                                    std::move(what));
  if (context.full()) return finding;
  for (std::size_t i = 1; i < exposed.entries.size(); ++i)
    finding.related.push_back({exposed.entries[i]->text->span, "and this"});
  if (exposed.grant->star != nullptr)
    finding.related.push_back({exposed.grant->star->span, "on every resource"});
  return finding;
}

std::string action_names(const Catalogue& catalogue, const ActionRanges& actions) {
  std::vector<std::string> names;
  const std::size_t all = count(actions);
  // Rather one name more than "and 1 more".
  const std::size_t most = all == kMostNames + 1 ? all : kMostNames;
  for (const Action& action : first_of(catalogue, actions, most))
    names.push_back(action.full_name());
  const std::size_t more = all - names.size();
  return listed(names, more, " and ");
}

std::string arn_forms_of(const Catalogue& catalogue, const ActionRanges& actions) {
  constexpr std::size_t kLookedAt = 64;
  std::vector<std::string> forms;
  for (const Action& action : first_of(catalogue, actions, kLookedAt)) {
    const CatalogueList<ResourceUse> uses = action.resource_types();
    if (uses.empty()) continue;
    std::size_t best = 0;
    while (best + 1 < uses.size() && !uses[best].required()) ++best;
    if (!uses[best].required()) best = 0;
    std::string form(uses[best].type().arn_forms()[0]);
    if (std::ranges::find(forms, form) == forms.end()) forms.push_back(std::move(form));
    if (forms.size() == kMostNames) break;
  }
  return listed(forms, 0, " or ");
}

}  // namespace iamcheck
