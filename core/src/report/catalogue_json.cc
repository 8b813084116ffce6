#include "report/catalogue_json.h"

#include <nlohmann/json.hpp>

namespace iamcheck {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "iamcheck/catalogue/v1";

/// A name comes from the command line: bytes that are not UTF-8 are replaced, not thrown about.
std::string print(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json key_json(const ConditionKey& key) {
  Json types = Json::array();
  types.push_back(to_string(key.type()));
  for (const KeyType type : {KeyType::kString, KeyType::kArn, KeyType::kBool, KeyType::kNumeric,
                             KeyType::kDate, KeyType::kIpAddress, KeyType::kBinary}) {
    if (type != key.type() && key.has_type(type)) types.push_back(to_string(type));
  }
  return {{"name", key.name()},
          {"types", types},
          {"multivalued", key.multivalued()},
          {"global", key.global()}};
}

Json levels_json(AccessLevels levels) {
  Json list = Json::array();
  for (const AccessLevel level : levels.list()) list.push_back(to_string(level));
  return list;
}

struct JsonWriter {
  Json operator()(const Action& action) const {
    Json types = Json::array();
    for (const ResourceUse use : action.resource_types()) {
      Json forms = Json::array();
      for (const std::string_view form : use.type().arn_forms()) forms.push_back(form);
      types.push_back(
          {{"name", use.type().name()}, {"required", use.required()}, {"arnForms", forms}});
    }
    Json keys = Json::array();
    for (const ConditionKey key : action.condition_keys()) keys.push_back(key_json(key));
    Json dependents = Json::array();
    for (const Action each : action.dependent_actions()) dependents.push_back(each.full_name());
    return {{"kind", "action"},
            {"name", action.full_name()},
            {"service", action.service().name()},
            {"accessLevels", levels_json(action.access_levels())},
            {"permissionOnly", action.permission_only()},
            {"resourceTypes", types},
            {"conditionKeys", keys},
            {"dependentActions", dependents}};
  }

  Json operator()(const PatternActions& found) const {
    Json actions = Json::array();
    for (const Action& action : found.actions) {
      actions.push_back(
          {{"name", action.full_name()}, {"accessLevels", levels_json(action.access_levels())}});
    }
    return {{"kind", "pattern"}, {"pattern", found.pattern}, {"actions", actions}};
  }

  Json operator()(const Service& service) const {
    Json actions = Json::array(), types = Json::array(), keys = Json::array();
    for (const Action action : service.actions()) actions.push_back(action.full_name());
    for (const ResourceType type : service.resource_types()) types.push_back(type.name());
    for (const ConditionKey key : service.condition_keys()) keys.push_back(key.name());
    return {{"kind", "service"},      {"prefix", service.prefix()},
            {"name", service.name()}, {"resourceControlPolicies", service.supports_rcp()},
            {"actions", actions},     {"resourceTypes", types},
            {"conditionKeys", keys}};
  }

  Json operator()(const ConditionKey& key) const {
    Json json = {{"kind", "condition-key"}};
    json.update(key_json(key));
    return json;
  }

  Json operator()(const ManagedPolicy& policy) const {
    Json json = {{"kind", "managed-policy"},    {"name", policy.name()},
                 {"arn", policy.arn()},         {"version", policy.version()},
                 {"created", policy.created()}, {"updated", policy.updated()}};
    if (const auto document = policy.document()) {
      json["document"] = Json::parse(*document, nullptr, false);
    }
    return json;
  }

  Json operator()(const NotFound& missing) const {
    Json json = {{"kind", "not-found"}, {"name", missing.name}};
    if (!missing.retired_since.empty()) json["retired"] = missing.retired_since;
    json["suggestions"] = missing.suggestions;
    return json;
  }
};

}  // namespace

std::string catalogue_summary_json(const Catalogue& catalogue) {
  Json sources = Json::array();
  for (const CatalogueSource source : catalogue.sources()) {
    sources.push_back({{"source", source.source},
                       {"version", source.version},
                       {"date", source.date},
                       {"licence", source.licence},
                       {"digest", source.digest},
                       {"content", source.content}});
  }
  return print({{"schema", kSchema},
                {"kind", "summary"},
                {"date", catalogue.date()},
                {"formatVersion", catalogue.format_version()},
                {"services", catalogue.services().size()},
                {"actions", catalogue.actions().size()},
                {"resourceTypes", catalogue.resource_types().size()},
                {"conditionKeys", catalogue.condition_keys().size()},
                {"managedPolicies", catalogue.managed_policies().size()},
                {"sources", sources}});
}

std::string catalogue_fact_json(const Catalogue& catalogue, const CatalogueFact& fact) {
  Json json = {{"schema", kSchema}, {"date", catalogue.date()}};
  json.update(std::visit(JsonWriter{}, fact));
  return print(json);
}

}  // namespace iamcheck
