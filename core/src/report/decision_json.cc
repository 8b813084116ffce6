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

void add_deciding(Json& json, const Explanation& explanation, const Decision& decision,
                  PolicyRedactions& redactions) {
  if (decision.decided_by && !explanation.deciding.empty())
    json["decidedBy"] = statement_json(explanation.deciding[0], redactions);
}

void add_evidence(Json& json, const Explanation& explanation, const Decision& decision,
                  PolicyRedactions& redactions) {
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
}

Json unit_json(const Explanation& explanation, const UnitDecision& unit,
               PolicyRedactions& redactions) {
  const Decision& decision = unit.decision;
  Json json = {{"action", unit.action},
               {"resource", unit.resource},
               {"decision", to_string(decision.kind)},
               {"cause", info(decision.cause).name},
               {"sentence", explanation.sentence}};
  add_deciding(json, explanation, decision, redactions);
  json["notInUnit"] = unit.left_out;
  json["assumptions"] = unit.assumptions;
  json["missingContext"] = decision.missing_context;
  json["warnings"] = warnings_json(decision.warnings);
  add_evidence(json, explanation, decision, redactions);
  return json;
}

Json answer_json(DecisionKind kind, DecisionCause cause, const std::string& sentence) {
  return {{"schema", "iamcheck/can/v1"},
          {"decision", to_string(kind)},
          {"cause", info(cause).name},
          {"sentence", sentence}};
}

}  // namespace

std::string render_json(const Explanation& explanation, const Decision& decision,
                        const Assumed& assumed) {
  Json json = answer_json(decision.kind, decision.cause, explanation.sentence);
  PolicyRedactions redactions;
  add_deciding(json, explanation, decision, redactions);
  for (const auto& [key, value] : assumed.keys) json["assumed"][key] = value;
  json["assumptions"] = assumed.others;
  json["missingContext"] = decision.missing_context;
  for (std::string way : explanation.allowed_if) {
    for (const StatementNote& note : explanation.nearest) redactions.of(*note.source).hide_in(way);
    json["allowedIf"].push_back(std::move(way));
  }
  json["warnings"] = warnings_json(decision.warnings);
  add_evidence(json, explanation, decision, redactions);
  return dump_json(json);
}

std::string render_json(const CallExplanation& explanation, const CallDecision& decision,
                        const Assumed& assumed) {
  Json json = answer_json(decision.kind, decision.cause, explanation.sentence);
  PolicyRedactions redactions;
  if (decision.deciding_unit.has_value()) {
    const std::size_t unit = *decision.deciding_unit;
    json["decidingUnit"] = unit;
    add_deciding(json, explanation.units[unit], decision.units[unit].decision, redactions);
  }
  for (const auto& [key, value] : assumed.keys) json["assumed"][key] = value;
  json["assumptions"] = assumed.others;
  for (const std::string& one : decision.assumptions) json["assumptions"].push_back(one);
  json["missingContext"] = decision.missing_context;
  json["warnings"] = warnings_json(decision.warnings);
  json["units"] = Json::array();
  for (std::size_t i = 0; i < decision.units.size(); ++i)
    json["units"].push_back(unit_json(explanation.units[i], decision.units[i], redactions));
  return dump_json(json);
}

}  // namespace iamcheck
