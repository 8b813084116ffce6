// Findings and decisions as JSON (docs/schema). nlohmann's ordered_json keeps members as they are
// listed.
#include <nlohmann/json.hpp>

#include "iamcheck/report.h"
#include "report/json_parts.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

Json fix_json(const Source& source, const Fix& fix) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    edits.push_back({{"span", span_json(source, edit.span)}, {"replacement", edit.replacement}});
  }
  return {{"safe", fix.safe}, {"description", fix.description}, {"edits", edits}};
}

Json credential_json(const CredentialDetails& credential) {
  Json json = {{"kind", credential.kind},
               {"provider", credential.provider},
               {"redacted", credential.redacted},
               {"validated", credential.validated}};
  if (!credential.account_id.empty()) json["accountId"] = credential.account_id;
  return json;
}

Json finding_json(const Source& source, const Finding& finding) {
  Json json = {{"rule", finding.rule},
               {"severity", to_string(finding.severity)},
               {"confidence", to_string(finding.confidence)}};
  if (finding.security_severity != SecuritySeverity::kNone) {
    json["securitySeverity"] = to_string(finding.security_severity);
  }
  json["message"] = finding.message;
  if (!finding.label.empty()) json["label"] = finding.label;
  if (!finding.notes.empty()) json["notes"] = finding.notes;
  if (!finding.help.empty()) json["help"] = finding.help;
  json["path"] = source.name();
  json["span"] = span_json(source, finding.span);
  if (!finding.related.empty()) {
    json["related"] = Json::array();
    for (const RelatedSpan& related : finding.related) {
      json["related"].push_back(
          {{"span", span_json(source, related.span)}, {"message", related.message}});
    }
  }
  if (finding.related_omitted > 0) json["relatedOmitted"] = finding.related_omitted;
  if (!finding.document_path.empty()) json["documentPath"] = finding.document_path;
  if (!finding.fingerprint.empty()) json["fingerprint"] = finding.fingerprint;
  if (finding.fix) json["fix"] = fix_json(source, *finding.fix);
  if (finding.credential) json["credential"] = credential_json(*finding.credential);
  if (finding.suppression) {
    json["suppression"] = {{"by", to_string(finding.suppression->kind)},
                           {"reason", finding.suppression->reason}};
  }
  return json;
}

}  // namespace

std::string render_json(const LintReport& report) {
  Json findings = Json::array(), suppressed = Json::array(), errors = Json::array();
  std::size_t by_severity[3] = {0, 0, 0};
  for (const FileFindings& file : report.files) {
    const Redaction redaction(file);
    for (const Finding& finding : file.findings) {
      Json one = finding_json(*file.source, redaction.apply(finding));
      if (file.commit) one["commit"] = commit_json(*file.commit);
      if (finding.suppression) {
        suppressed.push_back(std::move(one));
        continue;
      }
      findings.push_back(std::move(one));
      ++by_severity[static_cast<std::size_t>(finding.severity)];
    }
  }
  for (const FileError& failure : report.errors) {
    errors.push_back({{"path", failure.path},
                      {"code", to_string(failure.error.code)},
                      {"message", failure.error.message},
                      {"help", failure.error.help}});
  }
  Json json = {{"schema", "iamcheck/lint/v1"}, {"catalogue", report.catalogue_date}};
  json["findings"] = findings;
  if (!suppressed.empty()) json["suppressed"] = suppressed;
  if (!report.notes.empty()) json["notes"] = report.notes;
  json["errors"] = errors;
  json["summary"] = {{"files", report.files_checked},       {"skipped", report.files_skipped},
                     {"policies", report.policies_checked}, {"error", by_severity[2]},
                     {"warning", by_severity[1]},           {"note", by_severity[0]},
                     {"omitted", report.findings_omitted}};
  if (report.commits_checked) json["summary"]["commits"] = *report.commits_checked;
  return dump_json(json);
}

}  // namespace iamcheck
