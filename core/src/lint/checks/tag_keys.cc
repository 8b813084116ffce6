// Conditions on the tags of resources, for actions that look at no tags (validation-semantics,
// "Keys and operators"). Access Analyzer reports each service by itself, with the actions and the
// key.
#include <algorithm>
#include <map>

#include "catalogue/statement_actions.h"
#include "lint/condition_facts.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kResourceTag = "aws:ResourceTag/";
constexpr std::string_view kRequestTag = "aws:RequestTag/";

// Which actions know neither the tags of the resource nor those of the request. The second kind
// creates what will have the tags.
class TagSupport {
 public:
  explicit TagSupport(const Catalogue& catalogue)
      : catalogue_(catalogue), known_(catalogue.actions().size(), kUnknown) {
    for (const std::string_view prefix : {kResourceTag, kRequestTag}) {
      if (const auto key = catalogue.find_condition_key(std::string(prefix) + "tag"))
        keys_.push_back(key->id());
    }
  }

  bool is_unsupported(std::uint32_t action) {
    signed char& known = known_[action];
    if (known == kUnknown) {
      known = kNo;
      for (const ConditionKey key : catalogue_.actions()[action].condition_keys()) {
        if (std::ranges::find(keys_, key.id()) != keys_.end()) known = kYes;
      }
    }
    return known == kNo;
  }

  // Some action that the entry stands for.
  bool has_unsupported(const Text& entry) {
    if (entry.unresolved || has_placeholder(entry.value)) return false;
    for (const ActionRange& range : expand_entry(catalogue_, entry.value)) {
      for (std::uint32_t action = range.begin; action != range.end; ++action) {
        if (is_unsupported(action)) return true;
      }
    }
    return false;
  }

 private:
  static constexpr signed char kUnknown = -1, kNo = 0, kYes = 1;
  const Catalogue& catalogue_;
  std::vector<signed char> known_;
  std::vector<std::uint32_t> keys_;
};

bool is_resource_tag(const ConditionPlace& place) {
  const std::string& key = place.entry.key.value;
  return !place.entry.key.unresolved && key.size() > kResourceTag.size() &&
         equals_ignoring_case(std::string_view(key).substr(0, kResourceTag.size()), kResourceTag);
}

// Null and IfExists are about requests without the tag already.
bool compares_tag(const ConditionPlace& place) {
  return place.op && is_resource_tag(place) && !place.op->if_exists &&
         place.op->base->family != ConditionFamily::kNull;
}

using EntriesByService = std::map<std::string, std::vector<ListEntry>>;

// `*` alone names no service: what it does for which action is for nobody to list.
EntriesByService unsupported_entries(const Statement& statement, TagSupport& support) {
  EntriesByService services;
  for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
    if (ActionText(entry.text.value).everything || !support.has_unsupported(entry.text)) continue;
    services[ActionPattern(entry.text.value).service()].push_back(entry);
  }
  return services;
}

// Places of a hostile file are not written down in numbers that nobody reads.
constexpr std::size_t kMaxRelatedPlaces = 200'000;

void report_services(RuleContext& context, Effect effect) {
  const Policy& policy = context.policy();
  std::optional<TagSupport> support;
  std::size_t places_left = kMaxRelatedPlaces;
  for (const Statement& statement : policy.statements) {
    if (statement.effect != effect || !statement.action || statement.not_action) continue;
    std::optional<EntriesByService> services;
    for (const ConditionPlace& place : condition_places(statement)) {
      if (!compares_tag(place) || (effect == Effect::kAllow && place.negated())) continue;
      if (!support) support.emplace(context.catalogue());
      if (!services) services = unsupported_entries(statement, *support);
      for (const auto& [service, entries] : *services) {
        const std::string key = quoted(place.entry.key.value);
        std::string message = "no request of some actions of " + quoted(service) + " has " + key;
        Finding& finding = context.report(entries.front().text.span,
                                          path_of(policy, entries.front()), std::move(message));
        if (effect == Effect::kAllow) {
          finding.notes.emplace_back("the statement does not allow them");
        } else if (place.negated()) {
          finding.notes.emplace_back("the statement denies them whatever the tags are");
          finding.confidence = Confidence::kMedium;
        } else {
          finding.notes.emplace_back("the statement never denies them");
        }
        finding.help = "move them to a statement without the key";
        if (context.full() || places_left < entries.size()) continue;
        places_left -= entries.size();
        for (std::size_t i = 1; i < entries.size(); ++i)
          finding.related.push_back({entries[i].text.span, "another one"});
        finding.related.push_back({place.entry.key.span, "the tag"});
      }
    }
  }
}

void report_not_action(RuleContext& context, Effect effect, const char* message) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    const Statement& statement = place.statement;
    if (statement.effect != effect || !statement.not_action || statement.action ||
        !compares_tag(place) || (effect == Effect::kAllow && place.negated()))
      continue;
    Finding& finding = context.report(place.entry.key.span, path_of(policy, place), message);
    finding.related.push_back({statement.not_action->name_span, "all actions but these", true});
    finding.help =
        "list in `Action` what looks at tags, and the rest in a statement without the key";
  }
}

}  // namespace

void check_tag_key_unsupported_allow(RuleContext& context) {
  report_services(context, Effect::kAllow);
}

void check_tag_key_unsupported_deny(RuleContext& context) {
  report_services(context, Effect::kDeny);
}

void check_tag_key_unsupported_allow_notaction(RuleContext& context) {
  report_not_action(context, Effect::kAllow,
                    "of all other actions only those that look at tags are allowed");
}

void check_tag_key_unsupported_deny_notaction(RuleContext& context) {
  report_not_action(context, Effect::kDeny,
                    "of all other actions only those that look at tags are denied by them");
}

}  // namespace iamcheck
