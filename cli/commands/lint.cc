// Policies and credentials in files of any kind.
#include "iamcheck/lint.h"

#include <algorithm>
#include <thread>

#include "commands/commands.h"
#include "exit_code.h"
#include "file_check.h"
#include "file_walk.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

LintReport report_of(const LintCommandOptions& options) {
  LintReport report;
  report.catalogue_date = Catalogue::embedded().date();
  WalkResult inputs = walk(options.paths, {options.exclude, options.force_exclude});
  report.errors = std::move(inputs.errors);
  report.files_skipped = inputs.skipped;
  const std::size_t threads =
      options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  for (FileOutcome& outcome : check_files(inputs.files, options, threads)) {
    report.files_checked += outcome.checked ? 1 : 0;
    report.files_skipped += outcome.skipped ? 1 : 0;
    report.policies_checked += outcome.policies;
    report.findings_omitted += outcome.omitted;
    if (!outcome.note.empty()) print_error(escape_controls(outcome.note));
    for (FileError& error : outcome.errors) report.errors.push_back(std::move(error));
    if (!outcome.findings.findings.empty()) report.files.push_back(std::move(outcome.findings));
  }
  return report;
}

int exit_code_of(const LintReport& report, std::optional<Severity> fail_on) {
  int code = kClean;
  for (const FileError& error : report.errors) {
    code = worst_of(code, error.error.code == ErrorCode::kInternal ? kInternal : kUndecided);
  }
  for (const FileFindings& file : report.files) {
    for (const Finding& finding : file.findings) {
      if (fail_on && finding.severity >= *fail_on) code = worst_of(code, kFindings);
    }
  }
  return code;
}

}  // namespace

int run_lint(const LintCommandOptions& options) {
  LintOptions names;
  names.select = options.select;
  names.ignore = options.ignore;
  std::vector<Error> unknown = check_rule_names(names);
  for (const Error& error : unknown) {
    print_error(error.message + (error.help.empty() ? "" : "; " + error.help));
  }
  if (!unknown.empty()) return kUsage;

  // With --force-exclude a file may have that name.
  if (!options.force_exclude && std::ranges::count(options.paths, "-") > 1) {
    print_error("standard input is named twice; name `-` once");
    return kUsage;
  }
  const LintReport report = report_of(options);
  for (const FileError& error : report.errors) {
    print_error(error.error.message + "; " + error.error.help);
  }
  print_out(options.json ? render_json(report) : render_text(report, {use_colour(options.colour)}));
  return exit_code_of(report, options.fail_on);
}

}  // namespace iamcheck::cli
