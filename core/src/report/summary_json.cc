// What policies grant, as JSON (docs/schema).
#include "iamcheck/catalogue.h"
#include "iamcheck/summary_report.h"
#include "report/json_parts.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

Json service_json(const ServiceSummary& service) {
  Json levels = Json::array();
  for (const LevelSummary& level : service.levels)
    levels.push_back({{"level", to_string(level.level)},
                      {"actions", level.actions},
                      {"known", level.known},
                      {"unlimited", level.unlimited}});
  return {{"prefix", service.prefix},       {"name", service.name},
          {"allowed", service.allowed},     {"known", service.known},
          {"unlimited", service.unlimited}, {"levels", std::move(levels)}};
}

Json effect_json(SummaryEffect effect) {
  if (effect == SummaryEffect::kNeither) return nullptr;
  return effect == SummaryEffect::kAllow ? "Allow" : "Deny";
}

Json statement_json(StatementSummary statement, const Source& source, const Redaction& redaction) {
  for (std::string* text : {&statement.sid, &statement.actions, &statement.principals,
                            &statement.resources, &statement.never})
    redaction.hide_in(*text);
  for (std::string& text : statement.conditions) redaction.hide_in(text);
  for (std::string& text : statement.unknown_actions) redaction.hide_in(text);
  Json json = {{"index", statement.index}};
  if (!statement.sid.empty()) json["sid"] = statement.sid;
  json["span"] = span_json(source, statement.span);
  json["effect"] = effect_json(statement.effect);
  json["actions"] = statement.actions;
  if (!statement.principals.empty()) json["principals"] = statement.principals;
  json["resources"] = statement.resources;
  json["conditions"] = statement.conditions;
  if (!statement.never.empty()) json["never"] = statement.never;
  json["actionCount"] = statement.action_count;
  json["open"] = statement.open;
  json["unknownActions"] = statement.unknown_actions;
  json["idleActions"] = statement.idle_actions;
  if (statement.effect == SummaryEffect::kDeny) {
    json["takesAway"] = statement.taken;
    json["always"] = statement.always;
  }
  return json;
}

Json escalation_json(const EscalationSummary& path) {
  return {{"path", path.path},
          {"gain", path.gain},
          {"actions", path.actions},
          {"services", path.services},
          {"unlimited", path.unlimited}};
}

Json policy_json(const PolicySummary& summary) {
  PolicyRedactions redactions;
  const Redaction& redaction = redactions.of(*summary.source);
  std::string sentence = summary.sentence;
  redaction.hide_in(sentence);
  Json json = {{"path", summary.source->name()}};
  if (!summary.path.empty()) json["documentPath"] = summary.path;
  json["policyType"] = summary.policy_type;
  json["sentence"] = sentence;
  json["allowed"] = summary.allowed;
  json["unlimited"] = summary.unlimited;
  json["known"] = summary.known;
  json["services"] = Json::array();
  for (const ServiceSummary& service : summary.services)
    json["services"].push_back(service_json(service));
  json["statements"] = Json::array();
  for (const StatementSummary& statement : summary.statements)
    json["statements"].push_back(statement_json(statement, *summary.source, redaction));
  json["escalations"] = Json::array();
  for (const EscalationSummary& path : summary.escalations)
    json["escalations"].push_back(escalation_json(path));
  json["escalationsKnown"] = summary.escalations_known;
  return json;
}

}  // namespace

std::string render_json(const std::vector<PolicySummary>& summaries,
                        const std::vector<FileError>& errors) {
  Json policies = Json::array(), problems = Json::array();
  for (const PolicySummary& summary : summaries) policies.push_back(policy_json(summary));
  for (const FileError& error : errors) {
    Json json = {{"path", error.path},
                 {"code", to_string(error.error.code)},
                 {"message", error.error.message}};
    if (!error.error.help.empty()) json["help"] = error.error.help;
    problems.push_back(std::move(json));
  }
  return dump_json({{"schema", "iamcheck/explain/v1"},
                    {"catalogue", Catalogue::embedded().date()},
                    {"policies", std::move(policies)},
                    {"errors", std::move(problems)}});
}

}  // namespace iamcheck
