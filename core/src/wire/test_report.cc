// How test results are written: for people, and for the machines that collect them.
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "iamcheck/test_cases.h"
#include "text/markup.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

std::string place(const std::string& file, std::uint32_t line) {
  return escape_hidden(file) + ":" + std::to_string(line);
}

std::string sentence(const TestError& failure) {
  return place(failure.file, failure.line) + ":" + std::to_string(failure.column) + ": " +
         escape_hidden(failure.error.message) +
         (failure.error.help.empty() ? "" : "; " + escape_hidden(failure.error.help));
}

std::string counted(std::uint64_t count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

// TAP reads `#` as the begin of a directive.
std::string tap(std::string_view text) {
  std::string out;
  for (const char c : escape_hidden(text)) {
    if (c == '#' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

struct Suite {
  std::vector<const CaseOutcome*> cases;
  std::vector<const TestError*> errors;
  std::uint64_t failed = 0;
};

// Tables repeat a warning in every cell: each is told once a file, with its first case.
std::string warning_lines(const TestReport& report) {
  std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> others;
  std::vector<std::pair<std::string, const std::uint64_t*>> lines;
  for (const CaseOutcome& outcome : report.cases) {
    for (const std::string& warning : outcome.warnings) {
      const auto [at, added] = others.try_emplace({outcome.file, warning}, 0);
      if (added) {
        lines.emplace_back(
            "warning " + place(outcome.file, outcome.line) + ": " + escape_hidden(warning),
            &at->second);
      } else {
        ++at->second;
      }
    }
  }
  std::string out;
  for (const auto& [line, more] : lines) {
    out += line;
    if (*more != 0) out += " (and in " + counted(*more, "more case") + ")";
    out += "\n";
  }
  return out;
}

}  // namespace

std::string render_test_text(const TestReport& report, bool coverage) {
  std::string out;
  for (const CaseOutcome& outcome : report.cases) {
    if (outcome.passed) continue;
    out += "failed  " + escape_hidden(outcome.name) + "\n  " + place(outcome.file, outcome.line);
    if (!outcome.rule.empty()) out += " (" + escape_hidden(outcome.rule) + ")";
    out += "\n";
    for (const std::string& detail : outcome.details) out += "  " + escape_hidden(detail) + "\n";
  }
  for (const TestError& error : report.errors) out += "error   " + sentence(error) + "\n";
  out += warning_lines(report);
  if (coverage) {
    std::uint64_t idle = 0;
    for (const StatementCoverage& row : report.statements) {
      if (row.decided != 0) continue;
      ++idle;
      out += "never decided any case: " + escape_hidden(row.policy) + ", statement " +
             std::to_string(row.statement) +
             (row.sid.empty() ? "" : " \"" + escape_hidden(row.sid) + "\"") + " (" +
             place(row.file, row.line) + ")" +
             (row.applied != 0 ? ", though it matched " + counted(row.applied, "case") : "") + "\n";
    }
    out += "coverage: " + std::to_string(report.statements.size() - idle) + " of " +
           counted(report.statements.size(), "statement") + " decided a case\n";
  }
  out += std::to_string(report.passed) + " passed, " + std::to_string(report.failed) + " failed";
  if (!report.errors.empty()) out += ", " + counted(report.errors.size(), "error");
  return out + "\n";
}

std::string render_tap(const TestReport& report) {
  std::string out =
      "TAP version 13\n1.." + std::to_string(report.cases.size() + report.errors.size()) + "\n";
  std::size_t number = 0;
  for (const CaseOutcome& outcome : report.cases) {
    out += (outcome.passed ? "ok " : "not ok ") + std::to_string(++number) + " - " +
           tap(outcome.name) + "\n";
    for (const std::string& warning : outcome.warnings)
      out += "# warning: " + escape_hidden(warning) + "\n";
    if (outcome.passed) continue;
    out += "# " + place(outcome.file, outcome.line) + "\n";
    for (const std::string& detail : outcome.details) out += "# " + escape_hidden(detail) + "\n";
  }
  for (const TestError& error : report.errors) {
    out += "not ok " + std::to_string(++number) + " - cannot be read\n# " + sentence(error) + "\n";
  }
  return out;
}

std::string render_junit(const TestReport& report) {
  std::map<std::string, Suite> suites;
  for (const CaseOutcome& outcome : report.cases) {
    Suite& suite = suites[outcome.file];
    suite.cases.push_back(&outcome);
    suite.failed += outcome.passed ? 0 : 1;
  }
  for (const TestError& error : report.errors) suites[error.file].errors.push_back(&error);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"" +
                    std::to_string(report.cases.size() + report.errors.size()) + "\" failures=\"" +
                    std::to_string(report.failed) + "\" errors=\"" +
                    std::to_string(report.errors.size()) + "\">\n";
  for (const auto& [file, suite] : suites) {
    out += "  <testsuite name=\"" + xml_text(file) + "\" tests=\"" +
           std::to_string(suite.cases.size() + suite.errors.size()) + "\" failures=\"" +
           std::to_string(suite.failed) + "\" errors=\"" + std::to_string(suite.errors.size()) +
           "\">\n";
    for (const CaseOutcome* outcome : suite.cases) {
      out += "    <testcase name=\"" + xml_text(outcome->name) + "\" classname=\"" +
             xml_text(file) + "\" file=\"" + xml_text(file) + "\" line=\"" +
             std::to_string(outcome->line) + "\"";
      if (outcome->passed && outcome->warnings.empty()) {
        out += "/>\n";
        continue;
      }
      out += ">\n";
      if (!outcome->passed) {
        out += "      <failure message=\"" + xml_text(outcome->details[0]) + "\">";
        for (const std::string& detail : outcome->details) out += xml_text(detail) + "\n";
        out += "</failure>\n";
      }
      if (!outcome->warnings.empty()) {
        out += "      <system-out>";
        for (const std::string& warning : outcome->warnings)
          out += "warning: " + xml_text(warning) + "\n";
        out += "</system-out>\n";
      }
      out += "    </testcase>\n";
    }
    for (const TestError* error : suite.errors) {
      out += "    <testcase name=\"line " + std::to_string(error->line) + "\" classname=\"" +
             xml_text(file) + "\">\n      <error message=\"" + xml_text(sentence(*error)) +
             "\"/>\n    </testcase>\n";
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace iamcheck
