// Findings as SARIF 2.1.0, for code scanning.
//
// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "iamcheck/report.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/version.h"
#include "report/json_parts.h"
#include "report/redaction.h"
#include "text/markup.h"

namespace iamcheck {
namespace {

// What GitHub sorts by: CVSS-like scores, at the lower end of each of its four classes.
std::string_view score_of(SecuritySeverity severity) {
  switch (severity) {
    case SecuritySeverity::kNone:
      break;
    case SecuritySeverity::kLow:
      return "3.0";
    case SecuritySeverity::kMedium:
      return "5.0";
    case SecuritySeverity::kHigh:
      return "8.0";
    case SecuritySeverity::kCritical:
      return "9.5";
  }
  return "";
}

// SARIF's words are ours.
std::string_view level_of(Severity severity) { return to_string(severity); }

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \n") - begin + 1));
}

// Of a RulePage or an OwnRule.
template <typename Rule>
Json properties_of(const Rule& described) {
  Json tags = Json::array();
  if (!described.category.empty()) tags.push_back(described.category);
  Json properties = {{"tags", std::move(tags)}, {"precision", to_string(described.confidence)}};
  if (described.security_severity != SecuritySeverity::kNone) {
    properties["security-severity"] = score_of(described.security_severity);
    properties["tags"].push_back("security");
  }
  return properties;
}

// A rule of the user's own.
Json own_rule_json(const LintReport& report, const Finding& example) {
  Json rule = {{"id", example.rule}};
  const auto own = std::ranges::find(report.own_rules, example.rule, &OwnRule::slug);
  if (own == report.own_rules.end()) {  // only its findings are known here
    rule["shortDescription"]["text"] = example.rule;
    rule["defaultConfiguration"]["level"] = level_of(example.severity);
    return rule;
  }
  rule["shortDescription"]["text"] = own->title;
  if (!own->description.empty()) rule["fullDescription"]["text"] = own->description;
  if (!own->help.empty()) rule["help"]["text"] = own->help;
  rule["defaultConfiguration"]["level"] = level_of(own->severity);
  rule["properties"] = properties_of(*own);
  return rule;
}

Json rule_json(const LintReport& report, const Finding& example) {
  const RulePage* page = find_rule_page(example.rule);
  if (page == nullptr) return own_rule_json(report, example);
  Json rule = {{"id", example.rule}};
  rule["shortDescription"]["text"] = page->title;
  rule["fullDescription"]["text"] = trimmed(page->section("What it reports"));
  rule["help"]["text"] = trimmed(page->section("How to fix"));
  rule["help"]["markdown"] = trimmed(page->body);
  rule["defaultConfiguration"]["level"] = level_of(page->severity);
  rule["properties"] = properties_of(*page);
  return rule;
}

Json region_json(const Source& source, const Span& span) {
  const Position begin = source.position(span.begin), end = source.position(span.end);
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

Json location_json(const Source& source, const Span& span) {
  Json location;
  location["physicalLocation"] = {{"artifactLocation", {{"uri", uri_path(source.name())}}},
                                  {"region", region_json(source, span)}};
  return location;
}

Json fix_json(const Source& source, const Fix& fix) {
  Json replacements = Json::array();
  for (const Edit& edit : fix.edits) {
    replacements.push_back({{"deletedRegion", region_json(source, edit.span)},
                            {"insertedContent", {{"text", edit.replacement}}}});
  }
  Json change = {{"artifactLocation", {{"uri", uri_path(source.name())}}},
                 {"replacements", std::move(replacements)}};
  return {{"description", {{"text", fix.description}}},
          {"artifactChanges", Json::array({std::move(change)})}};
}

std::string message_of(const Finding& finding) {
  std::string text = finding.message;
  for (const std::string& note : finding.notes) text.append("\n").append(note);
  if (!finding.help.empty()) text.append("\nhelp: ").append(finding.help);
  return text;
}

Json result_json(const Source& source, const Finding& finding, std::size_t rule) {
  Json result = {{"ruleId", finding.rule},
                 {"ruleIndex", rule},
                 {"level", level_of(finding.severity)},
                 {"message", {{"text", message_of(finding)}}}};
  Json location = location_json(source, finding.span);
  if (!finding.document_path.empty())
    location["logicalLocations"] = Json::array({{{"fullyQualifiedName", finding.document_path}}});
  result["locations"] = Json::array({std::move(location)});
  for (std::size_t i = 0; i < finding.related.size(); ++i) {
    Json related = location_json(source, finding.related[i].span);
    related["id"] = i;
    related["message"]["text"] = finding.related[i].message;
    result["relatedLocations"].push_back(std::move(related));
  }
  result["partialFingerprints"]["iamcheck/v1"] = finding.fingerprint;
  if (finding.fix) result["fixes"] = Json::array({fix_json(source, *finding.fix)});
  if (finding.suppression) {
    const bool in_source = finding.suppression->kind == Suppression::Kind::kInSource;
    Json suppression = {{"kind", in_source ? "inSource" : "external"}};
    if (!finding.suppression->reason.empty())
      suppression["justification"] = finding.suppression->reason;
    result["suppressions"] = Json::array({std::move(suppression)});
  }
  Json properties = {{"confidence", to_string(finding.confidence)}};
  if (finding.security_severity != SecuritySeverity::kNone)
    properties["security-severity"] = score_of(finding.security_severity);
  result["properties"] = std::move(properties);
  return result;
}

Json invocation_json(const LintReport& report) {
  Json notifications = Json::array();
  for (const FileError& failure : report.errors) {
    Json one = {{"level", "error"}, {"message", {{"text", failure.error.message}}}};
    one["locations"] = Json::array(
        {{{"physicalLocation", {{"artifactLocation", {{"uri", uri_path(failure.path)}}}}}}});
    notifications.push_back(std::move(one));
  }
  return {{"executionSuccessful", report.errors.empty()},
          {"toolExecutionNotifications", std::move(notifications)}};
}

}  // namespace

std::string render_sarif(const LintReport& report) {
  Json rules = Json::array(), results = Json::array();
  std::map<std::string, std::size_t> numbers;
  for (const FileFindings& file : report.files) {
    const Redaction redaction(file);
    for (const Finding& found : file.findings) {
      const auto [number, fresh] = numbers.emplace(found.rule, rules.size());
      if (fresh) rules.push_back(rule_json(report, found));
      results.push_back(result_json(*file.source, redaction.apply(found), number->second));
      // SARIF's own place, versionControlProvenance, is one for a whole run.
      if (file.commit) results.back()["properties"]["commit"] = commit_json(*file.commit);
    }
  }
  Json driver = {{"name", "iamcheck"}, {"version", version()}, {"rules", std::move(rules)}};
  Json run;
  run["tool"]["driver"] = std::move(driver);
  run["invocations"] = Json::array({invocation_json(report)});
  run["columnKind"] = "unicodeCodePoints";
  run["properties"]["catalogue"] = report.catalogue_date;
  run["results"] = std::move(results);
  Json sarif;
  sarif["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  sarif["version"] = "2.1.0";
  sarif["runs"] = Json::array({std::move(run)});
  return dump_json(sarif);
}

}  // namespace iamcheck
