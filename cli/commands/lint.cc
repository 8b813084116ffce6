// Policies and credentials in files of any kind.
#include "iamcheck/lint.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <random>
#include <system_error>
#include <thread>
#include <utility>

#include "chosen_catalogue.h"
#include "commands/commands.h"
#include "config.h"
#include "exit_code.h"
#include "file.h"
#include "file_check.h"
#include "file_walk.h"
#include "guardrail_files.h"
#include "iamcheck/baseline.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/fix.h"
#include "iamcheck/report.h"
#include "line_diff.h"
#include "stored_files.h"

namespace iamcheck::cli {
namespace {

constexpr std::size_t kKeyBytes = 32;

// Of git's files there are only some, or old ones: what silences others is needed all the same.
bool is_stored(const LintCommandOptions& options) {
  return options.staged || !options.history.empty();
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && !error;
}

// The configuration that counts: none in AWS's format, where nothing of ours has a say.
Result<std::optional<Config>> config_of(const LintCommandOptions& options) {
  std::optional<std::string> path;
  if (options.format == "access-analyzer") return std::optional<Config>();
  if (!options.config.empty()) {
    path = options.config;
  } else if (!options.no_config) {
    path = find_config();
  }
  if (!path) return std::optional<Config>();
  Result<Config> config = read_config(*path);
  if (!config) return config.error();
  return std::optional<Config>(*std::move(config));
}

// Rules of the flags, which are the user's word, and those of the configuration, which is the
// repository's.
GuardrailFiles guardrails_of(const LintCommandOptions& options,
                             const std::optional<Config>& config) {
  GuardrailFiles files = read_guardrails(options.rules, {}, *options.catalogue);
  if (!config) return files;
  const std::string folder = config->folder.empty() ? "." : config->folder;
  GuardrailFiles more = read_guardrails(config->rules, folder, *options.catalogue);
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

LintReport report_of(const LintCommandOptions& options, GuardrailFiles rules,
                     const Silencing* silencing) {
  LintReport report;
  report.catalogue_date = options.catalogue->date();
  for (const Guardrail& rule : rules.guardrails) {
    report.own_rules.push_back({rule.slug, rule.title, rule.why, rule.help, "", rule.severity,
                                rule.confidence, rule.security_severity});
  }
  report.errors = std::move(rules.errors);
  const std::size_t threads =
      options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  if (!options.history.empty()) {
    check_history(options, silencing, threads, report);
    return report;
  }
  WalkResult inputs = options.staged
                          ? staged_inputs(options)
                          : walk(options.paths, {options.exclude, options.force_exclude});
  std::ranges::move(inputs.errors, std::back_inserter(report.errors));
  report.files_skipped = inputs.skipped;
  for (FileOutcome& outcome :
       check_files(inputs.files, options, rules.guardrails, silencing, threads)) {
    report.files_left_out += outcome.left_out ? 1 : 0;
    for (std::string& note : outcome.notes) report.notes.push_back(std::move(note));
    report.files_checked += outcome.checked ? 1 : 0;
    report.files_skipped += outcome.skipped ? 1 : 0;
    report.policies_checked += outcome.policies;
    report.findings_omitted += outcome.omitted;
    if (outcome.checked) report.checked.push_back(std::move(outcome.name));
    if (!outcome.note.empty()) print_error(escape_controls(outcome.note));
    for (FileError& error : outcome.errors) report.errors.push_back(std::move(error));
    if (!outcome.findings.findings.empty()) report.files.push_back(std::move(outcome.findings));
  }
  return report;
}

std::string rendered(const LintReport& report, std::string_view format, bool colour) {
  if (format == "json") return render_json(report);
  if (format == "sarif") return render_sarif(report);
  if (format == "junit") return render_junit(report);
  if (format == "github") return render_github(report);
  if (format == "gitlab") return render_gitlab(report);
  if (format == "markdown") return render_markdown(report);
  if (format == "access-analyzer") return render_access_analyzer(report);
  return render_text(report, {colour});
}

// Corrects the files, or prints how they would be corrected. The exit code of that alone.
int fix_files(const LintCommandOptions& options, const GuardrailFiles& rules,
              const Silencing* silencing) {
  LintOptions lint_options;
  lint_options.profile = options.profile;
  lint_options.select = options.select;
  lint_options.ignore = options.ignore;
  lint_options.guardrails = rules.guardrails;
  lint_options.today = today();
  lint_options.catalogue = options.catalogue;
  FixOptions fixing;
  fixing.mode = options.fix == "all" ? FixMode::kAll : FixMode::kSafe;
  fixing.kind = options.kind;
  fixing.resource_type = options.resource_type;
  if (silencing != nullptr)
    fixing.silence = [&](std::vector<Finding>& findings, const Source& source,
                         const Policy& policy) { silencing->apply(findings, source, &policy); };
  int code = kClean;
  for (const InputFile& file :
       walk(options.paths, {options.exclude, options.force_exclude}).files) {
    const bool named = file.named && !options.force_exclude;
    if (silencing != nullptr && !named && silencing->excludes(file.path)) continue;
    ReadLimits limits;
    limits.follow_links = named;
    limits.stop_at_binary = true;
    const Result<std::string> bytes = read_input(file.path, limits);
    if (!bytes) continue;  // the check that follows says so
    const std::string name = file.path == "-" ? options.stdin_filename : file.path;
    const Result<FixedText> fixed = fix_text(name, *bytes, lint_options, fixing);
    if (!fixed) {
      print_error(fixed.error().message + "; " + fixed.error().help);
      code = worst_of(code, kUndecided);
      continue;
    }
    for (const std::string& what : fixed->refused) print_error("not proved, left alone: " + what);
    if (fixed->text == *bytes) continue;
    if (options.diff) {
      print_out(unified_diff(name, *bytes, fixed->text));
      code = worst_of(code, kFindings);
      continue;
    }
    if (const auto error = write_output(file.path, fixed->text)) {
      print_error(error->message + "; " + error->help);
      code = worst_of(code, kInternal);
      continue;
    }
    for (const std::string& what : fixed->applied) print_error("fixed " + what);
  }
  return code;
}

int exit_code_of(const LintReport& report, std::optional<Severity> fail_on) {
  int code = kClean;
  for (const FileError& error : report.errors) {
    code = worst_of(code, error.error.code == ErrorCode::kInternal ? kInternal : kUndecided);
  }
  for (const FileFindings& file : report.files) {
    for (const Finding& finding : file.findings) {
      if (finding.suppression) continue;
      if (fail_on && finding.severity >= *fail_on) code = worst_of(code, kFindings);
    }
  }
  return code;
}

// All that is needed before a file is read.
struct Preparation {
  LintCommandOptions options;
  GuardrailFiles rules;
  std::unique_ptr<Silencing> silencing;  // the configuration's; none
  std::optional<Baseline> baseline;
};

std::optional<Baseline> baseline_from(const std::string& path) {
  const Result<std::string> text = read_input(path, {});
  Result<Baseline> baseline = text ? Baseline::from_json(*text) : Result<Baseline>(text.error());
  if (baseline) return *std::move(baseline);
  print_error("the baseline `" + path + "`: " + baseline.error().message + "; " +
              baseline.error().help);
  return std::nullopt;
}

bool are_known_names(const Preparation& prepared, const std::optional<Config>& config) {
  LintOptions names;
  names.guardrails = prepared.rules.guardrails;
  names.select = prepared.options.select;
  names.ignore = prepared.options.ignore;
  if (config) std::ranges::copy(config->ignore, std::back_inserter(names.ignore));
  const std::vector<Error> unknown = check_rule_names(names);
  for (const Error& error : unknown) {
    print_error(error.message + (error.help.empty() ? "" : "; " + error.help));
  }
  return unknown.empty();
}

// Nothing: a mistake of the command line or of the configuration, which was printed.
std::optional<Preparation> prepare(const LintCommandOptions& given) {
  if (given.no_config && !given.config.empty()) {
    print_error("--config and --no-config contradict each other; give one of them");
    return std::nullopt;
  }
  Result<std::optional<Config>> config = config_of(given);
  if (!config) {
    print_error(config.error().message + "; " + config.error().help);
    return std::nullopt;
  }
  Preparation prepared{given, {}, nullptr, std::nullopt};
  LintCommandOptions& options = prepared.options;
  options.catalogue = chosen_catalogue(options.catalogue_file);
  if (options.catalogue == nullptr) return std::nullopt;
  prepared.rules = guardrails_of(options, *config);
  if (const std::optional<Config>& own = *config) {
    // A flag is the user's word.
    if (!options.profile_given) options.profile = own->profile.value_or(options.profile);
    if (options.baseline.empty()) options.baseline = own->baseline;
  }
  if (!are_known_names(prepared, *config)) return std::nullopt;
  if (!options.fix.empty() && !options.diff && std::ranges::count(options.paths, "-") > 0) {
    print_error("standard input cannot be corrected in place; give --diff too, or name a file");
    return std::nullopt;
  }
  // With --force-exclude a file may have that name.
  if (!options.force_exclude && std::ranges::count(options.paths, "-") > 1) {
    print_error("standard input is named twice; name `-` once");
    return std::nullopt;
  }
  if (!options.baseline.empty() && options.format != "access-analyzer") {
    prepared.baseline = baseline_from(options.baseline);
    if (!prepared.baseline) return std::nullopt;
  }
  if (std::optional<Config> own = *std::move(config))
    prepared.silencing = std::make_unique<Silencing>(*std::move(own), today(), is_stored(options));
  return prepared;
}

void print_problems(const LintReport& report) {
  for (const std::string& note : report.notes) print_error(note);
  for (const FileError& error : report.errors) {
    print_error(error.error.message + "; " + error.error.help);
  }
}

}  // namespace

int run_lint(const LintCommandOptions& given) {
  std::optional<Preparation> prepared = prepare(given);
  if (!prepared) return kUsage;
  const LintCommandOptions& options = prepared->options;
  const Silencing* silencing = prepared->silencing.get();
  int fixing = kClean;
  if (options.diff || !options.fix.empty()) {
    fixing = fix_files(options, prepared->rules, silencing);
    if (options.diff) return fixing;
  }
  LintReport report = report_of(options, std::move(prepared->rules), silencing);
  const bool stored = is_stored(options);
  if (silencing != nullptr && options.select.empty() && options.ignore.empty() && !stored)
    std::ranges::move(silencing->notes(), std::back_inserter(report.notes));
  if (prepared->baseline) {
    for (FileFindings& file : report.files) prepared->baseline->apply(file.findings, *file.source);
    if (const std::size_t gone = prepared->baseline->unused(); gone > 0 && !stored)
      report.notes.push_back(options.baseline + ": " + std::to_string(gone) +
                             " findings of the baseline are gone; write it anew with `iamcheck "
                             "baseline`");
  }
  print_problems(report);
  int code = worst_of(fixing, exit_code_of(report, options.fail_on));
  for (const ReportFile& file : options.reports) {
    if (const auto error = write_output(file.path, rendered(report, file.format, false))) {
      print_error(error->message + "; " + error->help);
      code = worst_of(code, kInternal);
    }
  }
  print_out(rendered(report, options.format, use_colour(options.colour)));
  return code;
}

int run_baseline(const BaselineOptions& given) {
  std::optional<Preparation> prepared = prepare(given.lint);
  if (!prepared) return kUsage;
  const LintReport report =
      report_of(prepared->options, std::move(prepared->rules), prepared->silencing.get());
  print_problems(report);
  std::random_device random;
  std::string key;
  while (key.size() < kKeyBytes) key += static_cast<char>(static_cast<unsigned char>(random()));
  Baseline baseline = Baseline::with_key(std::move(key));
  for (const FileFindings& file : report.files) {
    for (const Finding& finding : file.findings) {
      if (!finding.suppression) baseline.add(finding, *file.source);
    }
  }
  if (const auto error = write_output(given.output, baseline.to_json())) {
    print_error(error->message + "; " + error->help);
    return kInternal;
  }
  print_out(std::to_string(baseline.size()) + " findings written to " +
            escape_controls(given.output) + "\n");
  return exit_code_of(report, std::nullopt);
}

}  // namespace iamcheck::cli
