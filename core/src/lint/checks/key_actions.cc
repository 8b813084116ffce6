// Condition keys that the requests of the statement's actions never have.
#include <algorithm>
#include <array>

#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"
#include "lint/action_cover.h"
#include "lint/attached_resource.h"
#include "lint/condition_facts.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Keys that are sent with one or two actions only, and say what these are used for.
constexpr std::array<std::string_view, 3> kCompanionKeys = {
    "iam:AssociatedResourceArn", "iam:AWSServiceName", "iam:PassedToService"};
constexpr std::string_view kCreateAction = ":CreateAction";

// Of a resource policy's own resource; in an identity-based policy they tell resources apart.
constexpr std::array<std::string_view, 4> kAboutResource = {
    "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths", "s3:ResourceAccount"};

template <std::size_t size>
bool is_one_of(std::string_view key, const std::array<std::string_view, size>& names) {
  return std::ranges::any_of(
      names, [&](std::string_view name) { return equals_ignoring_case(key, name); });
}

bool is_companion(const ConditionKey& key) {
  const std::string_view name = key.name();
  return is_one_of(name, kCompanionKeys) ||
         (name.size() > kCreateAction.size() &&
          equals_ignoring_case(name.substr(name.size() - kCreateAction.size()), kCreateAction));
}

bool has_key(const Action& action, const ConditionKey& key) {
  for (const ConditionKey own : action.condition_keys()) {
    if (own == key) return true;
  }
  return false;
}

// The condition is about requests that have the key.
bool needs_key(const ConditionPlace& place) {
  return place.op && !holds_without_key(place) && place.op->base->family != ConditionFamily::kNull;
}

// The actions of the key's service that have it.
ActionRanges actions_with(const Catalogue& catalogue, const ConditionKey& key) {
  ActionRangesBuilder builder;
  const auto service = catalogue.find_service(key_prefix(key.name()));
  if (!service) return {};
  for (const Action action : service->actions()) {
    if (has_key(action, key)) builder.add({action.id(), action.id() + 1});
  }
  return builder.take();
}

// Keys that the caller sets when a role is assumed, and the action that lets them.
struct SetKey {
  std::string_view key;
  std::string_view action;
};
constexpr std::array<SetKey, 2> kSetKeys = {
    {{"sts:SourceIdentity", "sts:SetSourceIdentity"}, {"sts:TransitiveTagKeys", "sts:TagSession"}}};

void report_unset_keys(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!statement.action || statement.not_action) continue;
    for (const ConditionPlace& place : condition_places(statement)) {
      const auto row = std::ranges::find_if(
          kSetKeys, [&](const SetKey& one) { return names_key(place, one.key); });
      if (row == kSetKeys.end() || covers_action(statement, row->action)) continue;
      Finding& finding =
          context.report(place.entry.key.span, path_of(policy, place),
                         "nobody may set " + quoted(row->key) + " without " + quoted(row->action));
      finding.help = "add " + quoted(row->action) + " to the actions";
    }
  }
}

}  // namespace

void check_condition_key_not_for_action(RuleContext& context) {
  // AWS has the check, and reports none of the places in its own policies where the lists of keys
  // say so: what it goes by is not known.
  if (context.profile() == Profile::kAccessAnalyzer) return;
  const Policy& policy = context.policy();
  const Catalogue& catalogue = context.catalogue();
  std::size_t looked_at = 0;
  constexpr std::size_t kMostLookedAt = 1'000'000;
  for (const ConditionPlace& place : condition_places(policy)) {
    const Statement& statement = place.statement;
    if (!statement.action || statement.not_action || !needs_key(place)) continue;
    const auto key = catalogued_key(catalogue, place);
    if (!key || key->global() || is_companion(*key)) continue;
    const std::string prefix = ascii_lower(key_prefix(key->name()));
    std::vector<ListEntry> offending;
    for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
      if (entry.text.unresolved || ++looked_at > kMostLookedAt) continue;
      const auto action = catalogue.find_action(entry.text.value);
      if (action && ascii_lower(action->service().prefix()) == prefix && !has_key(*action, *key))
        offending.push_back(entry);
    }
    if (offending.empty()) continue;
    const Text& first = offending.front().text;
    Finding& finding =
        context.report(first.span, path_of(policy, offending.front()),
                       "no request of " + quoted(first.value) + " has " + quoted(key->name()));
    finding.notes.emplace_back(statement.effect == Effect::kDeny ? "the statement never denies it"
                                                                 : "the statement never allows it");
    finding.help = "move it to a statement without the key";
    if (context.full()) continue;
    for (std::size_t i = 1; i < offending.size(); ++i)
      finding.related.push_back({offending[i].text.span, "nor of this one"});
    finding.related.push_back({place.entry.key.span, "the key"});
  }
}

void check_missing_action_for_key(RuleContext& context) {
  if (context.profile() == Profile::kAccessAnalyzer) return report_unset_keys(context);
  const Policy& policy = context.policy();
  const Catalogue& catalogue = context.catalogue();
  for (const Statement& statement : policy.statements) {
    if (!statement.effect || statement.expression) continue;
    std::optional<StatementActions> named;
    for (const ConditionPlace& place : condition_places(statement)) {
      const auto key = catalogued_key(catalogue, place);
      if (!key || !is_companion(*key) || !needs_key(place) || context.full()) continue;
      if (!named) named = actions_of(catalogue, statement);
      const ActionRanges wanted = actions_with(catalogue, *key);
      if (named->open || wanted.empty() || !intersect(named->actions, wanted).empty()) continue;
      const std::vector<Action> actions = actions_of(catalogue, wanted);
      Finding& finding = context.report(place.entry.key.span, path_of(policy, place),
                                        "no action of the statement has " + quoted(key->name()));
      finding.notes.emplace_back("a condition on it never holds");
      finding.help = "use it with " + quoted(actions.front().full_name());
    }
  }
}

void check_irrelevant_condition_key(RuleContext& context) {
  // Access Analyzer knows one of the keys, and speaks where it is told what the resource is.
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  const auto resource = attached_resource(context);
  if (as_aws && (!resource || resource->service() != "s3")) return;
  for (const ConditionPlace& place : condition_places(context.policy())) {
    if (place.entry.key.unresolved || !is_one_of(place.entry.key.value, kAboutResource)) continue;
    if (as_aws && !equals_ignoring_case(place.entry.key.value, "s3:ResourceAccount")) continue;
    Finding& finding = context.report(
        place.entry.key.span, path_of(context.policy(), place),
        quoted(place.entry.key.value) + " is the same in every request to the resource");
    finding.notes.emplace_back("it is about the resource that the policy is attached to");
    finding.help = "use it in identity-based policies, where it tells resources apart";
  }
}

}  // namespace iamcheck
