// Resources that are wider than the actions need.
#include <algorithm>
#include <map>
#include <vector>

#include "catalogue/action_ranges.h"
#include "evaluate/resource_form.h"
#include "lint/every_resource.h"
#include "lint/exposure_of_actions.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

constexpr std::size_t kArnParts = 6;

// `*` and empty say the same of an account or a region here.
bool is_open_part(std::string_view part) { return part.empty() || is_everything(part); }

// An ARN with nothing in it but the service and, perhaps, the type: `arn:aws:sqs:*:*:*`.
bool names_no_one(const Text& entry) {
  if (entry.unresolved || has_placeholder(entry.value)) return false;
  const std::vector<std::string_view> parts = split_arn(entry.value, true);
  return parts.size() == kArnParts && is_open_part(parts[3]) && is_open_part(parts[4]) &&
         parts[5].find('*') != std::string_view::npos;
}

// Whether the entry takes in every resource of the form, in its partition.
bool covers_form(const Text& entry, std::string_view form) {
  const std::vector<std::string_view> parts = split_arn(entry.value, true);
  const std::string pattern = form_pattern(form);
  const std::vector<std::string_view> wanted = split_arn(pattern, false);
  if (wanted.size() != kArnParts) return false;
  const auto covers = [&](std::size_t part) {
    return overlap_of_texts(parts[part], wanted[part], part == 2) == Overlap::kAll;
  };
  return covers(2) && covers(5) && (is_everything(parts[3]) || wanted[3].empty()) &&
         (is_everything(parts[4]) || wanted[4].empty());
}

// Whether the entries together take in all that the actions can touch.
class Reach {
 public:
  Reach(const Catalogue& catalogue, std::vector<const Text*> entries)
      : catalogue_(catalogue), entries_(std::move(entries)) {}

  bool is_total(const ActionRanges& actions) {
    const CatalogueList<Action> all = catalogue_.actions();
    for (const ActionRange& range : actions) {
      for (std::uint32_t id = range.begin; id < range.end; ++id) {
        if (!is_covered(all[id])) return false;
      }
    }
    return true;
  }

 private:
  // The types that the action needs; those that it may have beside them do not matter.
  bool is_covered(const Action& action) {
    bool some_required = false, all_covered = true;
    for (const ResourceUse use : action.resource_types()) {
      if (!use.required()) {
        all_covered = all_covered && is_covered(use.type());
        continue;
      }
      some_required = true;
      if (!is_covered(use.type())) return false;
    }
    return some_required || all_covered;
  }

  bool is_covered(const ResourceType& type) {
    const auto [known, fresh] = known_.try_emplace(type.id(), false);
    if (!fresh) return known->second;
    for (const std::string_view form : type.arn_forms()) {
      if (std::ranges::none_of(entries_,
                               [&](const Text* entry) { return covers_form(*entry, form); }))
        return false;
    }
    known->second = true;
    return true;
  }

  const Catalogue& catalogue_;
  std::vector<const Text*> entries_;
  std::map<std::uint32_t, bool> known_;
};

// The entry that is every role of every account.
const Text* any_role_of(const AllowGrant& grant) {
  if (has_condition(*grant.statement) || grant.resource == nullptr) return nullptr;
  if (grant.star != nullptr) return grant.star;
  const auto any = std::ranges::find_if(grant.resource->values, [](const Text& entry) {
    if (entry.unresolved) return false;
    const std::vector<std::string_view> parts = split_arn(entry.value, true);
    return parts.size() == kArnParts && parts[2] == "iam" && is_everything(parts[4]) &&
           (is_everything(parts[5]) || parts[5] == "role/*");
  });
  return any == grant.resource->values.end() ? nullptr : &*any;
}

}  // namespace

void check_resource_star_restrictable(RuleContext& context) {
  const ActionRanges& set = context.grants().sets().restrictable;
  for (const ExposedActions& exposed : exposed_actions(context, set)) {
    const Text& star = *exposed.grant->star;
    Finding& finding =
        context.report(star.span, path_of(context.policy(), resource_entry(*exposed.grant, star)),
                       "every resource, for actions that can be granted for named ones: " +
                           action_names(context.catalogue(), exposed.actions));
    if (context.full()) continue;
    for (const EntryGrant* entry : exposed.entries)
      finding.related.push_back({entry->text->span, "can be narrower"});
    finding.help = "name the resources: " + arn_forms_of(context.catalogue(), exposed.actions);
  }
}

void check_resource_effectively_star(RuleContext& context) {
  constexpr std::size_t kMostEntries = 64;
  for (const AllowGrant& grant : context.grants().allows()) {
    if (grant.action == nullptr || grant.resource == nullptr || grant.star != nullptr ||
        has_condition(*grant.statement) || context.full())
      continue;
    std::vector<const Text*> open;
    for (const Text& entry : grant.resource->values) {
      if (names_no_one(entry) && open.size() < kMostEntries) open.push_back(&entry);
    }
    const ActionRanges actions = intersect(grant.actions, context.grants().sets().restrictable);
    if (open.empty() || actions.empty()) continue;
    if (!Reach(context.catalogue(), open).is_total(actions)) continue;
    Finding& finding = context.report(
        open.front()->span, path_of(context.policy(), resource_entry(grant, *open.front())),
        "this is every resource that the actions can touch, as `*` would be");
    for (std::size_t i = 1; i < open.size(); ++i)
      finding.related.push_back({open[i]->span, "together with this"});
    finding.help = "name the resources, or write `*` and let everybody see it";
  }
}

void check_sts_assumerole_star(RuleContext& context) {
  const auto action = context.catalogue().find_action("sts:AssumeRole");
  if (!action) return;
  const std::uint32_t id = action->id();
  if (contains(context.grants().denied(), id)) return;
  for (const AllowGrant& grant : context.grants().allows()) {
    const Text* any = any_role_of(grant);
    if (any == nullptr) continue;
    const auto entry = std::ranges::find_if(grant.entries, [&](const EntryGrant& one) {
      return contains(one.actions, id) && !ActionText(one.text->value).everything;
    });
    if (entry == grant.entries.end()) continue;
    Finding& finding =
        context.report(entry->text->span, path_of(context.policy(), action_entry(grant, *entry)),
                       "any role of any account can be assumed");
    finding.related.push_back({any->span, "on every role"});
    finding.notes.emplace_back(
        "which roles those are is left to their trust policies, which others write");
    finding.help = "name the roles: `arn:aws:iam::111122223333:role/deploy`";
  }
}

}  // namespace iamcheck
