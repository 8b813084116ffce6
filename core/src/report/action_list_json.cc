// Lists of actions as JSON (docs/schema).
#include "iamcheck/action_list_report.h"
#include "report/json_parts.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

Json action_json(const Action& action) {
  Json levels = Json::array(), types = Json::array();
  for (const AccessLevel level : action.access_levels().list()) levels.push_back(to_string(level));
  for (const ResourceUse use : action.resource_types())
    types.push_back({{"name", use.type().name()}, {"required", use.required()}});
  return {{"name", action.full_name()},
          {"accessLevels", std::move(levels)},
          {"resourceTypes", std::move(types)}};
}

Json list_json(const ActionRanges& actions, const Catalogue& catalogue, ActionListOptions options) {
  Json json = {
      {"schema", "iamcheck/expand/v1"}, {"catalogue", catalogue.date()}, {"count", count(actions)}};
  if (options.count_only) return json;
  json["actions"] = Json::array();
  for (const Action& action : actions_of(catalogue, actions))
    json["actions"].push_back(action_json(action));
  return json;
}

Json unmatched_json(const ExpandedPattern& pattern) {
  return {{"pattern", pattern.pattern},
          {"reason", pattern.reason},
          {"suggestions", pattern.suggestions}};
}

}  // namespace

std::string render_json(const ExpandedActions& expanded, const Catalogue& catalogue,
                        ActionListOptions options) {
  Json json = list_json(expanded.actions, catalogue, options);
  json["unmatched"] = Json::array();
  for (const ExpandedPattern& pattern : expanded.patterns) {
    if (pattern.actions.empty()) json["unmatched"].push_back(unmatched_json(pattern));
  }
  return dump_json(json);
}

std::string render_json(const PolicyActions& actions, const Catalogue& catalogue,
                        const Source& source, ActionListOptions options) {
  Json json = list_json(actions.actions, catalogue, options);
  PolicyRedactions redactions;
  const Redaction& redaction = redactions.of(source);
  json["unmatched"] = Json::array();
  for (ExpandedPattern pattern : actions.unmatched) {
    redaction.hide_in(pattern.pattern);
    redaction.hide_in(pattern.reason);
    for (std::string& near : pattern.suggestions) redaction.hide_in(near);
    json["unmatched"].push_back(unmatched_json(pattern));
  }
  json["denied"] = actions.denied;
  json["partialDenies"] = actions.partial_denies;
  json["openStatements"] = actions.open_statements;
  return dump_json(json);
}

std::string render_json(const MinimizedActions& minimized, const Catalogue& catalogue) {
  return dump_json({{"schema", "iamcheck/minimize/v1"},
                    {"catalogue", catalogue.date()},
                    {"patterns", minimized.patterns},
                    {"actions", minimized.actions},
                    {"unknown", minimized.unknown},
                    {"smallest", minimized.smallest}});
}

}  // namespace iamcheck
