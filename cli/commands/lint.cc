// Policies and credentials in files of any kind.
#include "iamcheck/lint.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <tuple>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "file_walk.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/credentials.h"
#include "iamcheck/input.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

std::int64_t today() {
  std::time_t now = std::time(nullptr);
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr && *epoch != '\0') {
    now = static_cast<std::time_t>(std::strtoll(epoch, nullptr, 10));
  }
  return static_cast<std::int64_t>(now) / 86400;
}

bool wanted(const LintCommandOptions& options, const Finding& finding) {
  auto has = [&](const std::vector<std::string>& slugs) {
    return std::find(slugs.begin(), slugs.end(), finding.rule) != slugs.end();
  };
  return (options.select.empty() || has(options.select)) && !has(options.ignore);
}

class Run {
 public:
  explicit Run(const LintCommandOptions& options) : options_(options) {
    lint_options_.select = options.select;
    lint_options_.ignore = options.ignore;
    lint_options_.today = today();
    report_.catalogue_date = Catalogue::embedded().date();
  }

  void check(const std::string& path) {
    Limits limits;
    Result<std::string> bytes = read_input(path, limits);
    if (!bytes) {
      report_.errors.push_back({path, bytes.error()});
      return;
    }
    std::string name = path == "-" ? options_.stdin_filename : path;
    std::shared_ptr<const Source> source = sources_.add(name, *std::move(bytes));
    InputOptions input;
    input.expect_policy = options_.kind.has_value();
    FoundPolicies found = find_policies(source, input);
    if (found.format == InputFormat::kBinary) {
      ++report_.files_skipped;
      return;
    }
    ++report_.files_checked;
    FileFindings file;
    file.source = source;
    for (const FoundPolicy& policy : found.policies) add_policy(policy, file);
    for (Finding& finding : scanner_.scan(*source)) keep(std::move(finding), file);
    std::stable_sort(file.findings.begin(), file.findings.end(),
                     [](const Finding& a, const Finding& b) {
                       return std::tie(a.span, a.rule) < std::tie(b.span, b.rule);
                     });
    if (!file.findings.empty()) report_.files.push_back(std::move(file));
  }

  LintReport& report() { return report_; }

  int exit_code() const {
    if (!report_.errors.empty()) return kUndecided;
    for (const FileFindings& file : report_.files) {
      for (const Finding& finding : file.findings) {
        if (options_.fail_on && finding.severity >= *options_.fail_on) return kFindings;
      }
    }
    return kClean;
  }

 private:
  void add_policy(const FoundPolicy& found, FileFindings& file) {
    if (found.error) {
      keep(lint_unreadable(*found.error), file);
      return;
    }
    ++report_.policies_checked;
    LintSubject subject;
    subject.policy = &*found.policy;
    subject.path = found.path;
    subject.kind = options_.kind ? options_.kind : found.kind;
    subject.kind_source = options_.kind ? KindSource::kFlag
                                        : (found.kind ? KindSource::kPlace : KindSource::kContent);
    for (Finding& finding : lint(subject, lint_options_)) keep(std::move(finding), file);
  }

  void keep(Finding finding, FileFindings& file) {
    if (wanted(options_, finding)) file.findings.push_back(std::move(finding));
  }

  const LintCommandOptions& options_;
  LintOptions lint_options_;
  CredentialScanner scanner_;
  SourceSet sources_;
  LintReport report_;
};

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

  Run run(options);
  WalkResult inputs = walk(options.paths);
  for (FileError& error : inputs.errors) run.report().errors.push_back(std::move(error));
  for (const std::string& path : inputs.files) run.check(path);
  for (const FileError& error : run.report().errors) {
    print_error(escape_controls(error.error.message) + "; " + error.error.help);
  }
  print_out(options.json ? render_json(run.report())
                         : render_text(run.report(), {use_colour(options.colour)}));
  return run.exit_code();
}

}  // namespace iamcheck::cli
