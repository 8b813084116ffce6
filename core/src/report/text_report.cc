// Findings and decisions as text.
#include <algorithm>

#include "iamcheck/report.h"
#include "report/commit_text.h"
#include "report/frame.h"
#include "report/paint.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

std::string_view severity_colour(Severity severity) {
  if (severity == Severity::kError) return "1;31";
  return severity == Severity::kWarning ? "1;33" : "1;36";
}

std::string place_text(const Source& source, const Span& span) {
  Position position = source.position(span.begin);
  return escape_controls(source.name()) + ":" + std::to_string(position.line) + ":" +
         std::to_string(position.column);
}

std::string counted(std::size_t number, std::string_view noun) {
  std::string text = std::to_string(number) + " " + std::string(noun);
  return number == 1 ? text
                     : (noun.ends_with('y') ? text.substr(0, text.size() - 1) + "ies" : text + "s");
}

std::string finding_text(const FileFindings& file, const Finding& finding,
                         const std::vector<Span>& secrets, TextOptions options) {
  FrameStyle style;
  style.colour = options.colour;
  std::string out =
      place_text(*file.source, finding.span) + ": " +
      paint(to_string(finding.severity), severity_colour(finding.severity), options.colour) + ": " +
      escape_controls(finding.message) + " [" + finding.rule + "]\n";
  out += render_frame(*file.source, finding.span, finding.label, secrets, style);
  for (const RelatedSpan& related : finding.related) {
    out += "   " + place_text(*file.source, related.span) + ": " +
           escape_controls(related.message) + "\n";
    style.context_lines = 0;
    out += render_frame(*file.source, related.span, "", secrets, style);
  }
  if (finding.related_omitted > 0) {
    out += "   and " + counted(finding.related_omitted, "more place") + "\n";
  }
  if (file.commit) out += "   = " + escape_controls(commit_text(*file.commit)) + "\n";
  for (const std::string& note : finding.notes) out += "   = " + escape_controls(note) + "\n";
  if (!finding.help.empty()) out += "   = help: " + escape_controls(finding.help) + "\n";
  return out + "\n";
}

std::string summary(const LintReport& report) {
  std::size_t by_severity[3] = {0, 0, 0}, suppressed = 0;
  for (const FileFindings& file : report.files) {
    for (const Finding& finding : file.findings) {
      if (finding.suppression) {
        ++suppressed;
      } else {
        ++by_severity[static_cast<std::size_t>(finding.severity)];
      }
    }
  }
  std::string out;
  for (auto [index, noun] :
       {std::pair<std::size_t, std::string_view>{2, "error"}, {1, "warning"}, {0, "note"}}) {
    if (by_severity[index] == 0) continue;
    out += (out.empty() ? "" : ", ") + counted(by_severity[index], noun);
  }
  out = (out.empty() ? "no findings" : out) + " in ";
  out += report.commits_checked ? counted(report.files_checked, "state") + " of files in " +
                                      counted(*report.commits_checked, "commit")
                                : counted(report.files_checked, "file");
  if (report.policies_checked > 0)
    out += ", " + counted(report.policies_checked, "policy") + " read";
  if (report.files_skipped > 0)
    out += ", " + counted(report.files_skipped, "file") +
           " skipped (binary, too large or not a regular file)";
  if (report.files_left_out > 0)
    out += ", " + counted(report.files_left_out, "file") + " left out by the configuration";
  if (suppressed > 0) out += ", " + counted(suppressed, "finding") + " suppressed";
  if (report.findings_omitted > 0)
    out += ", " + counted(report.findings_omitted, "more finding") + " left out";
  if (!report.errors.empty())
    out += ", " + counted(report.errors.size(), "input") + " could not be read";
  return out + "\n";
}

}  // namespace

std::string render_text(const LintReport& report, TextOptions options) {
  std::string out;
  for (const FileFindings& file : report.files) {
    // Every secret of a file is masked in every frame of it: a neighbouring finding may show the
    // same lines.
    const Redaction redaction(file);
    for (const Finding& finding : file.findings) {
      if (!finding.suppression)
        out += finding_text(file, redaction.apply(finding), redaction.spans(), options);
    }
  }
  return out + summary(report);
}

}  // namespace iamcheck
