// Findings as AWS's `validate-policy` prints them (machine-formats.md).
//
// Source: IAM API reference, `ValidatePolicyFinding`, and "IAM Access Analyzer policy check
// reference" for the codes and the links.
#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "iamcheck/report.h"
#include "iamcheck/rule_page.h"
#include "report/document_place.h"
#include "report/json_parts.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kReference =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html";

// The page has an anchor for each check: `...-security-warning-pass-role-with-star-in-resource`.
std::string learn_more(const RulePage& page) {
  std::string_view type = page.finding_type;
  if (type == "WARNING") type = "GENERAL_WARNING";
  std::string anchor = "access-analyzer-reference-policy-checks-";
  anchor.append(ascii_lower(type)).append("-").append(ascii_lower(page.access_analyzer_code()));
  std::ranges::replace(anchor, '_', '-');
  return std::string(kReference).append("#").append(anchor);
}

Json place_json(const Source& source, std::uint32_t offset) {
  const Position position = source.position(offset);
  return {{"line", position.line},
          {"column", position.column - 1},
          {"offset", source.characters_before(offset)}};
}

Json step_json(const PlaceStep& step) {
  switch (step.kind) {
    case PlaceStep::Kind::kValue:
      return {{"value", step.name}};
    case PlaceStep::Kind::kKey:
      return {{"key", step.name}};
    case PlaceStep::Kind::kIndex:
      return {{"index", step.index}};
    case PlaceStep::Kind::kSubstring:
      break;
  }
  return {{"substring", {{"start", step.index}, {"length", step.size}}}};
}

Json location_json(const Source& source, const Document* document, const Span& span) {
  Json path = Json::array();
  if (document != nullptr) {
    for (const PlaceStep& step : steps_to(*document, span)) path.push_back(step_json(step));
  }
  return {
      {"path", std::move(path)},
      {"span", {{"start", place_json(source, span.begin)}, {"end", place_json(source, span.end)}}}};
}

// AWS says in one text what we say in several.
std::string details_of(const Finding& finding) {
  std::string text = finding.message;
  text += '.';
  if (!finding.help.empty()) text.append(" Help: ").append(finding.help).append(".");
  return text;
}

Json finding_json(const Source& source, const Document* document, const Finding& finding,
                  const RulePage& page) {
  std::vector<Span> spans = {finding.span};
  for (const RelatedSpan& related : finding.related) {
    if (!related.aside) spans.push_back(related.span);
  }
  std::ranges::sort(spans);
  // What cannot be read has no places inside.
  if (finding.rule == "json-syntax") document = nullptr;
  Json locations = Json::array();
  for (const Span& span : spans) locations.push_back(location_json(source, document, span));
  return {{"findingType", page.finding_type},
          {"findingDetails", details_of(finding)},
          {"issueCode", page.access_analyzer_code()},
          {"learnMoreLink", learn_more(page)},
          {"locations", std::move(locations)}};
}

Json findings_json(const FileFindings& file) {
  // The places of steps are those of the whole text, which may be JSON or not.
  ReadOptions options;
  options.tolerant = true;
  Result<Document> document = read_json(file.source, options);
  Json findings = Json::array();
  for (const Finding& finding : file.findings) {
    const RulePage* page = find_rule_page(finding.rule);
    if (page == nullptr || page->finding_type.empty()) continue;
    findings.push_back(finding_json(*file.source, document ? &*document : nullptr, finding, *page));
  }
  return findings;
}

}  // namespace

std::string render_access_analyzer(const LintReport& report) {
  if (report.checked.size() == 1) {
    const Json findings =
        report.files.empty() ? Json::array() : findings_json(report.files.front());
    return dump_json({{"findings", findings}});
  }
  std::string lines;
  auto file = report.files.begin();
  for (const std::string& name : report.checked) {
    Json line = {{"path", name}, {"findings", Json::array()}};
    if (file != report.files.end() && file->source->name() == name)
      line["findings"] = findings_json(*file++);
    lines.append(line.dump(-1, ' ', false, Json::error_handler_t::replace)).append("\n");
  }
  return lines;
}

}  // namespace iamcheck
