// A change of policies as SARIF, for code scanning.
#include <algorithm>
#include <string>
#include <string_view>

#include "iamcheck/access_report.h"
#include "iamcheck/version.h"
#include "report/access_text.h"
#include "report/json_parts.h"
#include "text/fingerprint.h"
#include "text/markup.h"

namespace iamcheck {
namespace {

Json rule_json(std::string_view id, std::string_view summary, std::string_view description,
               std::string_view level, std::string_view security_severity) {
  return {{"id", id},
          {"shortDescription", {{"text", summary}}},
          {"fullDescription", {{"text", description}}},
          {"help", {{"text", description}}},
          {"defaultConfiguration", {{"level", level}}},
          {"properties", {{"security-severity", security_severity}, {"tags", {"security"}}}}};
}

Json rules_json() {
  return {rule_json("new-access", "A policy allows what it did not allow before",
                    "The newer version of the policy allows a request that the older one does not. "
                    "Grant it on purpose, or narrow the statement that is named.",
                    "error", "7.0"),
          rule_json("access-not-decided", "It was not decided whether a policy allows more",
                    "The limits of one question were reached: compare smaller policies, or review "
                    "the change by hand.",
                    "warning", "4.0")};
}

Json location_json(const AccessDiff& diff, const StatementPlace* place) {
  Json physical = {{"artifactLocation", {{"uri", uri_path(diff.new_path)}}}};
  if (place != nullptr && place->known) {
    physical["region"] = {{"startLine", place->begin.line},
                          {"startColumn", place->begin.column},
                          {"endLine", place->end.line},
                          {"endColumn", place->end.column}};
  }
  return {{"physicalLocation", std::move(physical)}};
}

const StatementPlace* place_of(const AccessDiff& diff, const StatementRef& ref) {
  const bool known = ref.policy == 0 && ref.statement < diff.new_places.size();
  return known ? &diff.new_places[ref.statement] : nullptr;
}

Json result_json(const AccessDiff& diff) {
  const AccessAnswer& answer = diff.added;
  const bool undecided = answer.verdict == Verdict::kUnknown;
  const bool confirmed = answer.verdict == Verdict::kFailConfirmed;
  Json json = {{"ruleId", undecided ? "access-not-decided" : "new-access"},
               {"ruleIndex", undecided ? 1 : 0},
               {"level", confirmed ? "error" : "warning"}};
  const std::string title = title_of(diff);
  json["message"]["text"] = title + "\n" + body_of(diff);
  json["locations"] = Json::array();
  if (answer.reasons.empty()) {
    json["locations"].push_back(location_json(diff, nullptr));
  } else {
    json["locations"].push_back(location_json(diff, place_of(diff, answer.reasons[0])));
  }
  for (std::size_t i = 1; i < answer.reasons.size(); ++i) {
    Json related = location_json(diff, place_of(diff, answer.reasons[i]));
    related["id"] = i;
    related["message"]["text"] =
        describe_statement(diff.new_labels, answer.reasons[i]) + " allows some of it too";
    json["relatedLocations"].push_back(std::move(related));
  }
  Fingerprint fingerprint;
  fingerprint.add(json["ruleId"].get<std::string>()).add(diff.new_path).add(diff.new_name);
  for (const AccessPiece& piece : answer.added) {
    for (const auto* list : {&piece.actions, &piece.resources, &piece.callers}) {
      for (const std::string& text : *list) fingerprint.add(text);
    }
  }
  json["partialFingerprints"]["iamcheckAccess/v1"] = fingerprint.hex();
  return json;
}

}  // namespace

std::string render_sarif(const std::vector<AccessDiff>& diffs) {
  Json results = Json::array();
  for (const AccessDiff& diff : diffs) {
    if (diff.added.verdict != Verdict::kPass) results.push_back(result_json(diff));
  }
  Json driver = {{"name", "iamcheck"}, {"version", version()}, {"rules", rules_json()}};
  Json run;
  run["tool"]["driver"] = std::move(driver);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json sarif;
  sarif["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  sarif["version"] = "2.1.0";
  sarif["runs"] = Json::array({std::move(run)});
  return dump_json(sarif);
}

}  // namespace iamcheck
