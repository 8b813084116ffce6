#include "wire/access_json.h"

#include "iamcheck/check.h"

namespace iamcheck {
namespace {

using Json = nlohmann::ordered_json;

Json answer_json(const AccessAnswer& answer, const StatementLabels& labels) {
  Json json = {{"result", to_string(answer.verdict)}};
  const std::string_view certainty = certainty_of(answer.verdict);
  json["certainty"] = certainty.empty() ? Json(nullptr) : Json(certainty);
  json["reasons"] = Json::array();
  for (const StatementRef& ref : answer.reasons) {
    Json reason = {{"statementIndex", ref.statement}};
    if (ref.policy < labels.size() && ref.statement < labels[ref.policy].size())
      reason["label"] = labels[ref.policy][ref.statement];
    json["reasons"].push_back(std::move(reason));
  }
  if (answer.witness) json["witness"] = witness_json(*answer.witness);
  json["pieces"] = pieces_json(answer);
  json["complete"] = answer.added_complete;
  if (answer.only_documented_reading) json["onlyDocumentedReading"] = true;
  json["assumptions"] = answer.assumptions;
  return json;
}

}  // namespace

Json witness_json(const RequestFields& request) {
  Json context = Json::object();
  for (const Context::Entry& entry : request.context.entries()) {
    switch (entry.state) {
      case ContextValue::State::kSingle:
        context[entry.key.name()] = entry.single;
        break;
      case ContextValue::State::kList:
        context[entry.key.name()] = entry.list;
        break;
      case ContextValue::State::kAbsent:
      case ContextValue::State::kUnknown:
        context[entry.key.name()] = nullptr;
        break;
    }
  }
  return {{"principal", request.principal},
          {"action", request.action},
          {"resource", request.resource},
          {"context", std::move(context)}};
}

Json pieces_json(const AccessAnswer& answer) {
  Json pieces = Json::array();
  for (const AccessPiece& piece : answer.added) {
    Json json = Json::object();
    const auto list = [&](const char* name, const std::vector<std::string>& values) {
      if (!values.empty()) json[name] = values;
    };
    list("actions", piece.actions);
    list("actionsExcept", piece.actions_except);
    list("resources", piece.resources);
    list("resourcesExcept", piece.resources_except);
    list("principals", piece.callers);
    list("principalsExcept", piece.callers_except);
    if (!piece.conditions.empty()) {
      json["conditions"] = Json::array();
      for (const AccessCondition& condition : piece.conditions)
        json["conditions"].push_back({{"key", condition.key}, {"is", condition.phrase}});
    }
    json["statementIndex"] = piece.allowed_by.empty() ? 0 : piece.allowed_by.front().statement;
    if (piece.was_denied_by) json["wasDeniedBy"] = piece.was_denied_by->statement;
    pieces.push_back(std::move(json));
  }
  return pieces;
}

std::string render_json(const AccessAnswer& answer, const StatementLabels& labels) {
  return answer_json(answer, labels).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string render_witness(const RequestFields& witness) {
  return witness_json(witness).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string render_json(const std::vector<AccessDiff>& diffs) {
  Json json = {{"schema", "iamcheck/diff/v1"}, {"comparisons", Json::array()}};
  for (const AccessDiff& diff : diffs) {
    json["comparisons"].push_back({{"old", diff.old_name},
                                   {"new", diff.new_name},
                                   {"added", answer_json(diff.added, diff.new_labels)},
                                   {"removed", answer_json(diff.removed, diff.old_labels)}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace iamcheck
