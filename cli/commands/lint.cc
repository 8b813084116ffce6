// Policies and credentials in files of any kind.
#include "iamcheck/lint.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "commands/commands.h"
#include "config.h"
#include "exit_code.h"
#include "file_check.h"
#include "file_walk.h"
#include "guardrail_files.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && !error;
}

// Those of the flags, which are the user's word, and those of the configuration, which is the
// repository's.
std::optional<GuardrailFiles> guardrails_of(const LintCommandOptions& options) {
  GuardrailFiles files = read_guardrails(options.rules);
  std::optional<std::string> path;
  if (!options.config.empty()) {
    path = options.config;
  } else if (!options.no_config) {
    path = find_config();
  }
  if (!path) return files;
  const Result<Config> config = read_config(*path);
  if (!config) {
    print_error(config.error().message + "; " + config.error().help);
    return std::nullopt;
  }
  const std::string folder = config->folder.empty() ? "." : config->folder;
  GuardrailFiles more = read_guardrails(config->rules, folder);
  for (Guardrail& guardrail : more.guardrails) {
    // The same page may be named twice; another of its name must not take its place.
    const auto same = std::ranges::find(files.guardrails, guardrail.slug, &Guardrail::slug);
    if (same == files.guardrails.end()) {
      files.guardrails.push_back(std::move(guardrail));
    } else if (!is_same_file(same->file, guardrail.file)) {
      more.errors.push_back({guardrail.file,
                             {ErrorCode::kInvalidArgument,
                              "there are two rules `" + guardrail.slug + "`: " + same->file +
                                  " and " + guardrail.file,
                              "give one of the files another name, or use --no-config",
                              {}}});
    }
  }
  std::ranges::move(more.errors, std::back_inserter(files.errors));
  return files;
}

LintReport report_of(const LintCommandOptions& options, GuardrailFiles rules) {
  LintReport report;
  report.catalogue_date = Catalogue::embedded().date();
  WalkResult inputs = walk(options.paths, {options.exclude, options.force_exclude});
  report.errors = std::move(rules.errors);
  std::ranges::move(inputs.errors, std::back_inserter(report.errors));
  report.files_skipped = inputs.skipped;
  const std::size_t threads =
      options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  for (FileOutcome& outcome : check_files(inputs.files, options, rules.guardrails, threads)) {
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
  if (options.no_config && !options.config.empty()) {
    print_error("--config and --no-config contradict each other; give one of them");
    return kUsage;
  }
  std::optional<GuardrailFiles> rules = guardrails_of(options);
  if (!rules) return kUsage;
  LintOptions names;
  names.guardrails = rules->guardrails;
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
  const LintReport report = report_of(options, *std::move(rules));
  for (const FileError& error : report.errors) {
    print_error(error.error.message + "; " + error.error.help);
  }
  print_out(options.json ? render_json(report) : render_text(report, {use_colour(options.colour)}));
  return exit_code_of(report, options.fail_on);
}

}  // namespace iamcheck::cli
