// Decisions as JSON (docs/schema/can-v1.schema.json).
#include "iamcheck/report.h"
#include "report/json_parts.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

Json statement_json(const StatementNote& note, PolicyRedactions& redactions) {
  std::string sid = note.sid;
  redactions.of(*note.source).hide_in(sid);
  Json json = {
      {"layer", note.layer}, {"policy", note.policy}, {"statement", note.statement.statement}};
  if (note.aws_managed) json["awsManaged"] = true;
  if (!sid.empty()) json["sid"] = sid;
  // Where one file holds many policies, each has a name of its own.
  if (note.policy != note.source->name()) json["path"] = note.source->name();
  json["span"] = span_json(*note.source, note.span);
  std::string text = note.text;
  redactions.of(*note.source).hide_in(text);
  json["note"] = text;
  return json;
}

Json layer_json(const LayerNote& layer, PolicyRedactions& redactions) {
  Json json = {{"layer", layer.layer}};
  if (!layer.level.empty()) json["level"] = layer.level;
  json["says"] = layer.text;
  if (layer.by) json["by"] = statement_json(*layer.by, redactions);
  return json;
}

}  // namespace

std::string render_json(const Explanation& explanation, const Decision& decision,
                        const Assumed& assumed) {
  Json json = {{"schema", "iamcheck/can/v1"},
               {"decision", to_string(decision.kind)},
               {"cause", info(decision.cause).name}};
  json["sentence"] = explanation.sentence;
  PolicyRedactions redactions;
  if (decision.decided_by && !explanation.deciding.empty())
    json["decidedBy"] = statement_json(explanation.deciding[0], redactions);
  for (const auto& [key, value] : assumed.keys) json["assumed"][key] = value;
  json["assumptions"] = assumed.others;
  json["missingContext"] = decision.missing_context;
  json["warnings"] = Json::array();
  for (const DecisionWarning& warning : decision.warnings) {
    json["warnings"].push_back({{"code", warning.code}, {"message", warning.message}});
  }
  if (!explanation.nearest.empty()) {
    json["nearest"] = Json::array();
    for (const StatementNote& note : explanation.nearest)
      json["nearest"].push_back(statement_json(note, redactions));
  }
  if (!explanation.layers.empty()) {
    json["layers"] = Json::array();
    for (const LayerNote& layer : explanation.layers)
      json["layers"].push_back(layer_json(layer, redactions));
  }
  if (!decision.trace.empty()) {
    json["trace"] = Json::array();
    for (const StatementNote& note : explanation.deciding)
      json["trace"].push_back(statement_json(note, redactions));
    for (const StatementNote& note : explanation.others)
      json["trace"].push_back(statement_json(note, redactions));
  }
  return dump_json(json);
}

}  // namespace iamcheck
