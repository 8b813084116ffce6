#include "analysis/universe.h"

#include <algorithm>

#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "text/letter_case.h"

namespace iamcheck::analysis {
namespace {

// No variable is ever found: typed families have none.
struct NoVariables final : VariableScope {
  VariableValue find_variable(const ContextKey&) const override { return {}; }
};

}  // namespace

bool ValueSet::has(std::string_view text) const {
  if (everything) return true;
  if (is_typed()) {
    const families::Tally tally = typed->compare(text, NoVariables());
    return tally.matched != families::Tally::kNone || (or_mistyped && tally.request_mistyped);
  }
  if (or_mistyped && family == ConditionFamily::kArn && !Arn::parse(text)) return true;
  return languages.any_for(text, [&](const Language& one) { return one.has(text); });
}

bool ValueSet::can_place(std::string_view text, bool inside) const {
  if (inside || everything || !open()) return has(text) == inside;
  if (or_mistyped && family == ConditionFamily::kArn && !Arn::parse(text)) return false;
  return !languages.any_for(text,
                            [&](const Language& one) { return !one.open() && one.has(text); });
}

Universe::Universe() {
  using Kind = Attribute::Kind;
  attributes_ = {{Kind::kAction, "action", false},
                 {Kind::kResource, "resource", false},
                 {Kind::kPrincipal, "principal", false}};
  everything_ = set("everything", [] {
    ValueSet all;
    all.everything = true;
    all.languages.emplace(Pattern::like("*", {}));
    return all;
  });
  not_empty_ = set("not empty", [] {
    ValueSet some;
    some.languages.emplace(Pattern::like("?*", {}));
    return some;
  });
}

std::vector<SetId> Universe::readable_resources() {
  std::vector<SetId> sets;
  for (const char* text : {"arn:aws:*:us-east-1:111122223333:*", "arn:aws:*::111122223333:*",
                           "arn:aws:*:::*", "arn:aws:*:*:*:*"}) {
    sets.push_back(set(std::string("readable ") + text, [&] {
      ValueSet resources;
      resources.languages.emplace(Pattern::resource_arn(text, {}, true));
      return resources;
    }));
  }
  return sets;
}

SetId Universe::exactly(const std::string& text) {
  return set("exactly " + text, [&] {
    ValueSet one;
    one.languages.emplace(Pattern::exact(text, {}));
    return one;
  });
}

AttributeId Universe::key(std::string_view name) {
  const std::string folded = "key " + to_lower(name);
  if (const auto known = attribute_ids_.find(folded); known != attribute_ids_.end())
    return known->second;
  const auto entry = Catalogue::embedded().find_condition_key(name);
  // What the catalogue does not know may be either.
  const bool lists = !entry || entry->multivalued();
  const auto id = static_cast<AttributeId>(attributes_.size());
  attributes_.push_back({Attribute::Kind::kKey, std::string(name), lists});
  attribute_ids_.emplace(folded, id);
  return id;
}

AttributeId Universe::open_question(std::string_view text) {
  const std::string name = "open " + std::string(text);
  if (const auto known = attribute_ids_.find(name); known != attribute_ids_.end())
    return known->second;
  const auto id = static_cast<AttributeId>(attributes_.size());
  attributes_.push_back({Attribute::Kind::kOpen, std::string(text), false});
  attribute_ids_.emplace(name, id);
  return id;
}

}  // namespace iamcheck::analysis
