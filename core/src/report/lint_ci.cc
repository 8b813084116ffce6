// Findings in the formats that build servers read: JUnit XML, GitHub workflow commands, GitLab
// code quality.
#include <string>
#include <string_view>

#include "iamcheck/report.h"
#include "report/commit_text.h"
#include "report/json_parts.h"
#include "report/redaction.h"
#include "text/markup.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

template <typename Visit>
void each_open_finding(const FileFindings& file, Visit visit) {
  const Redaction redaction(file);
  for (const Finding& finding : file.findings) {
    if (!finding.suppression) visit(redaction.apply(finding));
  }
}

std::size_t open_findings(const FileFindings& file) {
  std::size_t count = 0;
  for (const Finding& finding : file.findings) count += finding.suppression ? 0 : 1;
  return count;
}

std::string details_of(const Finding& finding) {
  std::string text;
  for (const std::string& note : finding.notes) text.append(xml_text(note)).append("\n");
  if (!finding.help.empty()) text.append("help: ").append(xml_text(finding.help)).append("\n");
  return text;
}

std::string place_of(const Source& source, const Span& span) {
  const Position place = source.position(span.begin);
  return source.name() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

// Code Climate's words, which GitLab takes.
std::string_view gitlab_severity(const Finding& finding) {
  if (finding.security_severity == SecuritySeverity::kCritical) return "blocker";
  switch (finding.severity) {
    case Severity::kError:
      return "critical";
    case Severity::kWarning:
      return "major";
    case Severity::kNote:
      break;
  }
  return "info";
}

}  // namespace

std::string render_junit(const LintReport& report) {
  std::string suites;
  std::size_t tests = 0, failures = 0;
  for (const FileFindings& file : report.files) {
    const std::string name = xml_text(file.source->name());
    std::string cases;
    each_open_finding(file, [&](const Finding& finding) {
      const Position place = file.source->position(finding.span.begin);
      cases.append("    <testcase name=\"").append(xml_text(finding.rule));
      cases.append(" at ").append(xml_text(place_of(*file.source, finding.span)));
      cases.append("\" classname=\"").append(name).append("\" file=\"").append(name);
      cases.append("\" line=\"").append(std::to_string(place.line)).append("\">\n");
      cases.append("      <failure type=\"").append(to_string(finding.severity));
      cases.append("\" message=\"").append(xml_text(finding.message)).append("\">");
      if (file.commit) cases.append(xml_text(commit_text(*file.commit))).append("\n");
      cases.append(details_of(finding)).append("</failure>\n    </testcase>\n");
    });
    const std::size_t count = open_findings(file);
    if (count == 0) continue;
    tests += count;
    failures += count;
    suites.append("  <testsuite name=\"").append(name).append("\" tests=\"");
    suites.append(std::to_string(count)).append("\" failures=\"").append(std::to_string(count));
    suites.append("\">\n").append(cases).append("  </testsuite>\n");
  }
  std::size_t errors = 0;
  for (const FileError& failure : report.errors) {
    const std::string name = xml_text(failure.path);
    ++tests;
    ++errors;
    suites.append("  <testsuite name=\"").append(name).append("\" tests=\"1\" errors=\"1\">\n");
    suites.append("    <testcase name=\"read\" classname=\"").append(name).append("\">\n");
    suites.append("      <error message=\"").append(xml_text(failure.error.message));
    suites.append("\"/>\n    </testcase>\n  </testsuite>\n");
  }
  // Build servers take a report without a test for a broken one.
  if (tests == 0) {
    tests = 1;
    suites =
        "  <testsuite name=\"iamcheck\" tests=\"1\">\n    <testcase name=\"no findings\" "
        "classname=\"iamcheck\"/>\n  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"" +
         std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
         std::to_string(errors) + "\">\n" + suites + "</testsuites>\n";
}

std::string render_github(const LintReport& report) {
  std::string out;
  for (const FileFindings& file : report.files) {
    each_open_finding(file, [&](const Finding& finding) {
      const Position begin = file.source->position(finding.span.begin);
      const Position end = file.source->position(finding.span.end);
      out.append("::").append(finding.severity == Severity::kNote ? "notice"
                                                                  : to_string(finding.severity));
      out.append(" file=").append(workflow_text(file.source->name(), true));
      out.append(",line=").append(std::to_string(begin.line));
      out.append(",endLine=").append(std::to_string(end.line));
      // A place of several lines has no columns there.
      if (begin.line == end.line) {
        out.append(",col=").append(std::to_string(begin.column));
        out.append(",endColumn=").append(std::to_string(end.column));
      }
      out.append(",title=").append(workflow_text(finding.rule, true)).append("::");
      out.append(workflow_text(finding.message, false));
      if (file.commit) out.append("%0A").append(workflow_text(commit_text(*file.commit), false));
      if (!finding.help.empty()) out.append("%0Ahelp: ").append(workflow_text(finding.help, false));
      out.append("\n");
    });
  }
  for (const FileError& failure : report.errors) {
    out.append("::error file=").append(workflow_text(failure.path, true)).append("::");
    out.append(workflow_text(failure.error.message, false)).append("\n");
  }
  return out;
}

std::string render_gitlab(const LintReport& report) {
  Json issues = Json::array();
  for (const FileFindings& file : report.files) {
    each_open_finding(file, [&](const Finding& finding) {
      Json issue = {{"description", finding.message},
                    {"check_name", finding.rule},
                    {"fingerprint", finding.fingerprint},
                    {"severity", gitlab_severity(finding)}};
      if (file.commit)
        issue["description"] = finding.message + "; " + escape_hidden(commit_text(*file.commit));
      issue["location"] = {{"path", file.source->name()},
                           {"lines",
                            {{"begin", file.source->position(finding.span.begin).line},
                             {"end", file.source->position(finding.span.end).line}}}};
      issues.push_back(std::move(issue));
    });
  }
  return dump_json(issues);
}

std::string render_markdown(const LintReport& report) {
  std::string rows;
  std::size_t count = 0;
  for (const FileFindings& file : report.files) {
    each_open_finding(file, [&](const Finding& finding) {
      ++count;
      rows.append("| ").append(to_string(finding.severity)).append(" | ");
      rows.append(markdown_text(place_of(*file.source, finding.span))).append(" | ");
      rows.append(markdown_text(finding.rule)).append(" | ");
      rows.append(markdown_text(finding.message));
      if (file.commit) rows.append("<br>").append(markdown_text(commit_text(*file.commit)));
      if (!finding.help.empty()) rows.append("<br>").append(markdown_text(finding.help));
      rows.append(" |\n");
    });
  }
  std::string out = "### iamcheck: ";
  out.append(count == 0 ? "no findings" : std::to_string(count) + " findings").append("\n");
  if (count == 1) out = "### iamcheck: 1 finding\n";
  if (count > 0)
    out.append("\n| severity | place | rule | finding |\n| --- | --- | --- | --- |\n").append(rows);
  for (const FileError& failure : report.errors)
    out.append("\n- ").append(markdown_text(failure.error.message)).append("\n");
  return out;
}

}  // namespace iamcheck
