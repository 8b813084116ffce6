// Two catalogues side by side: what a refresh brought, and what it took.
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "iamcheck/catalogue_report.h"
#include "report/catalogue_facts.h"

namespace iamcheck {
namespace {

/// Names of one kind, each with what is known of it, as a text.
using Names = std::map<std::string, std::string>;
constexpr std::array<const char*, 5> kKinds = {"services", "actions", "resource types",
                                               "condition keys", "managed policies"};

struct Difference {
  const char* kind;
  std::vector<std::string> added, removed, changed;
};

std::string facts(const Service& service) { return std::string(service.name()); }

std::string facts(const Action& action) {
  std::string text = level_text(action.access_levels());
  for (const ResourceUse use : action.resource_types()) {
    text.append("; ").append(use.type().name()).append(use.required() ? "!" : "");
  }
  text += " |";
  for (const ConditionKey key : action.condition_keys()) text.append(" ").append(key.name());
  return text;
}

std::string facts(const ResourceType& type) {
  std::string text;
  for (const std::string_view form : type.arn_forms()) text.append(form).append(" ");
  for (const ConditionKey key : type.condition_keys()) text.append(" ").append(key.name());
  return text;
}

std::string facts(const ConditionKey& key) { return key_type_text(key); }

std::string facts(const ManagedPolicy& policy) { return std::string(policy.version()); }

std::array<Names, kKinds.size()> names_of(const Catalogue& catalogue) {
  std::array<Names, kKinds.size()> names;
  for (const Service service : catalogue.services())
    names[0].emplace(service.prefix(), facts(service));
  for (const Action action : catalogue.actions())
    names[1].emplace(action.full_name(), facts(action));
  for (const ResourceType type : catalogue.resource_types())
    names[2].emplace(std::string(type.service().prefix()) + ":" + std::string(type.name()),
                     facts(type));
  for (const ConditionKey key : catalogue.condition_keys())
    names[3].emplace(key.name(), facts(key));
  for (const ManagedPolicy policy : catalogue.managed_policies())
    names[4].emplace(policy.name(), facts(policy));
  return names;
}

std::vector<Difference> differences(const Catalogue& before, const Catalogue& after) {
  const auto old_names = names_of(before), new_names = names_of(after);
  std::vector<Difference> out;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    Difference difference{kKinds[i], {}, {}, {}};
    for (const auto& [name, what] : new_names[i]) {
      const auto old = old_names[i].find(name);
      if (old == old_names[i].end()) {
        difference.added.push_back(name);
      } else if (old->second != what) {
        difference.changed.push_back(name);
      }
    }
    for (const auto& [name, what] : old_names[i]) {
      if (!new_names[i].contains(name)) difference.removed.push_back(name);
    }
    out.push_back(std::move(difference));
  }
  return out;
}

std::string as_json(const Catalogue& before, const Catalogue& after,
                    const std::vector<Difference>& all) {
  nlohmann::ordered_json out{
      {"schema", "iamcheck/catalogue-diff/v1"}, {"before", before.date()}, {"after", after.date()}};
  for (const Difference& one : all) {
    std::string name = one.kind;
    for (char& c : name) c = c == ' ' ? '_' : c;
    out[name] = {{"added", one.added}, {"removed", one.removed}, {"changed", one.changed}};
  }
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void put(std::string& text, const char* sign, const std::vector<std::string>& names) {
  for (const std::string& name : names) text.append("  ").append(sign).append(name).append("\n");
}

}  // namespace

std::string catalogue_difference(const Catalogue& before, const Catalogue& after,
                                 CatalogueFormat format) {
  const std::vector<Difference> all = differences(before, after);
  if (format == CatalogueFormat::kJson) return as_json(before, after, all);
  std::string text =
      "from " + std::string(before.date()) + " to " + std::string(after.date()) + "\n";
  for (const Difference& one : all) {
    text.append(one.kind).append(": ").append(std::to_string(one.added.size())).append(" added, ");
    text.append(std::to_string(one.removed.size())).append(" removed, ");
    text.append(std::to_string(one.changed.size())).append(" changed\n");
    put(text, "+ ", one.added);
    put(text, "- ", one.removed);
    put(text, "~ ", one.changed);
  }
  return text;
}

}  // namespace iamcheck
