// Answers about accounts as JSON (docs/schema).
#include "iamcheck/account_report.h"
#include "report/json_parts.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

Json statement_json(const StatementNote& note, PolicyRedactions& redactions) {
  std::string sid = note.sid;
  redactions.of(*note.source).hide_in(sid);
  Json json = {
      {"layer", note.layer}, {"policy", note.policy}, {"statement", note.statement.statement}};
  if (!sid.empty()) json["sid"] = sid;
  json["path"] = note.source->name();
  json["span"] = span_json(*note.source, note.span);
  return json;
}

Json problems_json(const std::vector<AccountProblem>& problems) {
  Json list = Json::array();
  for (const AccountProblem& problem : problems) {
    Json json = {{"code", to_string(problem.error.code)}, {"message", problem.error.message}};
    if (!problem.error.help.empty()) json["help"] = problem.error.help;
    if (problem.source != nullptr) {
      json["path"] = problem.source->name();
      json["span"] = span_json(*problem.source, problem.error.span);
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json parts_json(const std::vector<AccessPart>& parts) {
  Json list = Json::array();
  for (const AccessPart& part : parts)
    list.push_back({{"resource", part.pattern}, {"reach", to_string(part.reach)}});
  return list;
}

void add_exact(const ExactAccess& exact, PolicyRedactions& redactions, Json& json) {
  if (exact.pieces.empty()) return;
  const auto shown = [&](std::string text) {
    for (const auto& source : exact.sources) redactions.of(*source).hide_in(text);
    return text;
  };
  Json pieces = Json::array();
  for (const AccessPiece& piece : exact.pieces) {
    Json one = Json::object();
    const auto list = [&](const char* name, const std::vector<std::string>& values) {
      for (const std::string& value : values) one[name].push_back(shown(value));
    };
    list("actions", piece.actions);
    list("actionsExcept", piece.actions_except);
    list("resources", piece.resources);
    list("resourcesExcept", piece.resources_except);
    for (const AccessCondition& condition : piece.conditions)
      one["conditions"].push_back({{"key", shown(condition.key)}, {"is", shown(condition.phrase)}});
    pieces.push_back(std::move(one));
  }
  json["exact"] = {{"pieces", std::move(pieces)}, {"complete", exact.complete}};
}

}  // namespace

std::string render_json(const WhoCan& answer, const std::vector<AccountProblem>& problems) {
  PolicyRedactions redactions;
  Json principals = Json::array();
  for (const Access& access : answer.principals) {
    Json json = {{"principal", access.principal},
                 {"reach", to_string(access.reach)},
                 {"cause", info(access.cause).name}};
    json["through"] = Json::array();
    for (const StatementNote& note : access.through)
      json["through"].push_back(statement_json(note, redactions));
    json["missingContext"] = access.missing_context;
    json["unread"] = access.unread;
    if (!access.parts.empty()) json["parts"] = parts_json(access.parts);
    if (access.actions_asked > 1) {
      json["actions"] = access.actions;
      json["actionsReached"] = access.actions_reached;
      json["actionsAsked"] = access.actions_asked;
    }
    add_exact(access.exact, redactions, json);
    principals.push_back(std::move(json));
  }
  return dump_json({{"schema", "iamcheck/who-can/v1"},
                    {"action", answer.action},
                    {"resource", answer.resource},
                    {"principals", std::move(principals)},
                    {"asked", answer.asked},
                    {"assumptions", answer.assumptions},
                    {"warnings", warnings_json(answer.warnings)},
                    {"problems", problems_json(problems)}});
}

std::string render_json(const WhatCan& answer, const std::vector<AccountProblem>& problems) {
  PolicyRedactions redactions;
  Json actions = Json::array();
  for (const ActionAccess& access : answer.actions) {
    Json json = {{"action", access.action}, {"reach", to_string(access.reach)}};
    if (!access.parts.empty()) json["parts"] = parts_json(access.parts);
    json["missingContext"] = access.missing_context;
    json["unread"] = access.unread;
    add_exact(access.exact, redactions, json);
    actions.push_back(std::move(json));
  }
  Json json = {{"schema", "iamcheck/what-can/v1"}, {"principal", answer.principal}};
  if (!answer.resource.empty()) json["resource"] = answer.resource;
  json["actions"] = std::move(actions);
  json["asked"] = answer.asked;
  json["assumptions"] = answer.assumptions;
  json["warnings"] = warnings_json(answer.warnings);
  json["problems"] = problems_json(problems);
  return dump_json(json);
}

std::string render_json(const EscalationGraph& graph, const std::vector<AccountProblem>& problems) {
  constexpr std::size_t kAdministrator = EscalationEdge::kAdministrator;
  Json nodes = Json::array(), edges = Json::array();
  for (const EscalationNode& node : graph.nodes) {
    Json json = {{"arn", node.arn}, {"administrator", node.administrator}};
    if (!node.path.empty()) {
      json["path"] = node.path;
      json["pathCertain"] = node.path_certain;
    }
    nodes.push_back(std::move(json));
  }
  for (const EscalationEdge& edge : graph.edges) {
    Json ways = Json::array();
    for (const EscalationWay& way : edge.ways) {
      Json json = {{"path", way.path}, {"actions", way.actions}};
      if (!way.service.empty()) json["service"] = way.service;
      json["certain"] = way.certain;
      json["keys"] = way.keys;
      ways.push_back(std::move(json));
    }
    Json json = {{"from", graph.nodes[edge.from].arn}};
    json["to"] = edge.to == kAdministrator ? Json(nullptr) : Json(graph.nodes[edge.to].arn);
    json["ways"] = std::move(ways);
    edges.push_back(std::move(json));
  }
  return dump_json({{"schema", "iamcheck/graph/v1"},
                    {"nodes", std::move(nodes)},
                    {"edges", std::move(edges)},
                    {"pathsKnown", graph.paths_known},
                    {"pathsAsked", graph.paths_asked},
                    {"problems", problems_json(problems)}});
}

}  // namespace iamcheck
