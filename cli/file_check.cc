#include "file_check.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <system_error>
#include <thread>
#include <tuple>
#include <utility>

#include "file.h"
#include "git_objects.h"
#include "iamcheck/credentials.h"
#include "iamcheck/input.h"
#include "iamcheck/lint.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/suppression.h"

namespace iamcheck::cli {
namespace {

// Findings of one file, kept or not.
constexpr std::size_t kMostCounted = 10 * Limits{}.max_findings;

bool contains(const std::vector<std::string>& slugs, const std::string& rule) {
  const RulePage* own = find_rule_page(rule);
  return std::any_of(slugs.begin(), slugs.end(), [&](const std::string& slug) {
    const RulePage* page = find_rule_page(slug);  // a rule may be called by an old name
    return page != nullptr ? page->slug == rule
                           : slug == rule || (own != nullptr && own->category == slug);
  });
}

// Above the limit the mildest are left out: what decides the exit code stays.
std::size_t keep_worst(std::vector<Finding>& findings, std::size_t most) {
  if (findings.size() <= most) return 0;
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    if (a.suppression.has_value() != b.suppression.has_value()) return b.suppression.has_value();
    return a.severity > b.severity;
  });
  const std::size_t omitted = findings.size() - most;
  findings.resize(most);
  return omitted;
}

/// Immutable: all threads share one.
class FileCheck {
 public:
  FileCheck(const LintCommandOptions& options, const std::vector<Guardrail>& guardrails,
            const Silencing* silencing)
      : options_(options), silencing_(silencing) {
    lint_options_.guardrails = guardrails;
    lint_options_.select = options.select;
    lint_options_.ignore = options.ignore;
    lint_options_.today = today();
    lint_options_.profile = options.profile;
    lint_options_.catalogue = options.catalogue;
    credential_options_.select = options.select;
    credential_options_.ignore = options.ignore;
    credential_options_.profile = options.profile;
  }

  /// `objects`: of the thread that calls.
  FileOutcome check(const InputFile& file, std::uint32_t id, ObjectReader& objects) const {
    FileOutcome outcome;
    try {
      check(file, id, objects, outcome);
    } catch (const std::exception& error) {
      // One file that breaks a promise of ours must not hide what the others hold.
      outcome = {};
      outcome.errors.push_back({file.path,
                                {ErrorCode::kInternal,
                                 "checking `" + file.path + "` failed: " + error.what(),
                                 "please report this",
                                 {}}});
    }
    return outcome;
  }

 private:
  void check(const InputFile& file, std::uint32_t id, ObjectReader& objects,
             FileOutcome& outcome) const {
    // Somebody who names a file wants to know, unless a program names it.
    if (silencing_ != nullptr && (!file.named || options_.force_exclude) &&
        silencing_->excludes(file.path)) {
      outcome.left_out = true;
      return;
    }
    ReadLimits limits;
    limits.follow_links = file.named && !options_.force_exclude;
    limits.stop_at_binary = true;
    Result<std::string> bytes = file.object.empty() ? read_input(file.path, limits)
                                                    : objects.read(file.object, file.path, limits);
    if (bytes && !options_.history.empty()) {
      outcome.skipped = is_binary(*bytes);
      if (!outcome.skipped)
        check_history(Source::from_bytes(file.path, *std::move(bytes), id), outcome);
      return;
    }
    if (!bytes) {
      // A huge file in a folder is most likely data; one that somebody names is a question.
      outcome.skipped = bytes.error().code == ErrorCode::kLimitExceeded && !file.named;
      if (!outcome.skipped) outcome.errors.push_back({file.path, bytes.error()});
      return;
    }
    std::string name = file.path == "-" ? options_.stdin_filename : file.path;
    std::shared_ptr<const Source> source =
        Source::from_bytes(std::move(name), *std::move(bytes), id);
    InputOptions input;
    // `--policy-type` says that the named files are policies. Of a whole folder nobody knows.
    const bool as_aws = options_.format == "access-analyzer";
    input.expect_policy = (options_.kind.has_value() || as_aws) && file.named;
    FoundPolicies found = find_policies(source, input);
    if (found.format == InputFormat::kBinary) {
      outcome.skipped = true;
      // With --force-exclude the names come from a program that names whatever there is.
      if (file.named && !options_.force_exclude)
        outcome.note = "`" + source->name() +
                       "` was skipped: it is binary, a NUL byte is in its first 8 KiB; name a text "
                       "file, in UTF-8 or in UTF-16 with a byte order mark";
      return;
    }
    outcome.checked = true;
    outcome.name = source->name();
    check_text(found, *source, as_aws, outcome);
    finish(std::move(source), outcome);
  }

  // An old state of a file: what its policies allowed then is no finding, a secret still is.
  void check_history(std::shared_ptr<const Source> source, FileOutcome& outcome) const {
    outcome.checked = true;
    add_credentials(*source, outcome);
    std::erase_if(outcome.findings.findings, [&](const Finding& finding) {
      return finding.confidence < options_.min_confidence;
    });
    read_suppressions(*source).apply(outcome.findings.findings, *source, lint_options_.today);
    finish(std::move(source), outcome);
  }

  void finish(std::shared_ptr<const Source> source, FileOutcome& outcome) const {
    std::vector<Finding>& findings = outcome.findings.findings;
    outcome.omitted += keep_worst(findings, Limits{}.max_findings);
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
      return std::tie(a.span, a.rule) < std::tie(b.span, b.rule);
    });
    // Without findings nobody asks for the text again.
    if (!findings.empty()) outcome.findings.source = std::move(source);
  }

  void check_text(const FoundPolicies& found, const Source& source, bool as_aws,
                  FileOutcome& outcome) const {
    bool told_busy = false;
    for (const FoundPolicy& policy : found.policies) {
      add_policy(policy, source, outcome, told_busy);
    }
    std::vector<Finding>& findings = outcome.findings.findings;
    std::erase_if(findings, [&](const Finding& finding) {
      return (!options_.select.empty() && !contains(options_.select, finding.rule)) ||
             contains(options_.ignore, finding.rule);
    });
    if (!as_aws) add_credentials(source, outcome);
    std::erase_if(findings, [&](const Finding& finding) {
      return finding.confidence < options_.min_confidence;
    });
    if (!as_aws) suppress(source, outcome);
  }

  void add_credentials(const Source& source, FileOutcome& outcome) const {
    CredentialScan scan = scanner_.examine(source, credential_options_);
    if (silencing_ != nullptr) silencing_->apply(scan.findings, source, nullptr);
    for (Finding& finding : scan.findings) outcome.findings.findings.push_back(std::move(finding));
    outcome.findings.secrets = std::move(scan.secrets);
    outcome.omitted += scan.omitted;
  }

  // What comments of the file say.
  void suppress(const Source& source, FileOutcome& outcome) const {
    Suppressions comments = read_suppressions(source);
    comments.apply(outcome.findings.findings, source, lint_options_.today);
    // Of rules that did not run nobody knows whether they are needed.
    const bool all_rules = options_.select.empty() && options_.ignore.empty() &&
                           options_.min_confidence == Confidence::kLow;
    for (const SuppressionNote& note : comments.notes(lint_options_.today)) {
      if (!note.mistake && !all_rules) continue;
      const Position place = source.position(note.span.begin);
      outcome.notes.push_back(source.name() + ":" + std::to_string(place.line) + ":" +
                              std::to_string(place.column) + ": " + note.message + "; " +
                              note.help);
    }
  }

  void add_policy(const FoundPolicy& found, const Source& source, FileOutcome& outcome,
                  bool& told_busy) const {
    if (found.error && found.error->code == ErrorCode::kLimitExceeded) {
      Error error = *found.error;
      error.message = "`" + source.name() + "`: " + error.message;
      outcome.errors.push_back({source.name(), std::move(error)});
      return;
    }
    if (found.error) {
      outcome.findings.findings.push_back(lint_unreadable(*found.error));
      return;
    }
    if (!found.policy) return;
    // Without an end a hostile file would keep the linter busy for minutes.
    const std::size_t so_far = outcome.findings.findings.size() + outcome.omitted;
    if (so_far >= kMostCounted) {
      if (std::exchange(told_busy, true)) return;
      outcome.errors.push_back(
          {source.name(),
           {ErrorCode::kLimitExceeded,
            "`" + source.name() + "`: more than " + std::to_string(kMostCounted) +
                " findings; the other policies were not checked",
            "split the file",
            {}}});
      return;
    }
    ++outcome.policies;
    const LintSubject subject =
        subject_of(found, *found.policy, options_.kind, options_.resource_type);
    std::size_t omitted = 0;
    std::vector<Finding> findings = lint(subject, lint_options_, &omitted);
    if (silencing_ != nullptr) silencing_->apply(findings, source, subject.policy);
    for (Finding& finding : findings) outcome.findings.findings.push_back(std::move(finding));
    // Again and again: a file may hold many policies, each with as many findings as are kept.
    outcome.omitted += omitted + keep_worst(outcome.findings.findings, 4 * Limits{}.max_findings);
  }

  const LintCommandOptions& options_;
  const Silencing* silencing_;
  LintOptions lint_options_;
  CredentialOptions credential_options_;
  CredentialScanner scanner_;
};

}  // namespace

std::int64_t today() {
  std::time_t now = std::time(nullptr);
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr && *epoch != '\0') {
    now = static_cast<std::time_t>(std::strtoll(epoch, nullptr, 10));
  }
  return static_cast<std::int64_t>(now) / 86400;
}

class FileChecker::Implementation {
 public:
  Implementation(const LintCommandOptions& options, const std::vector<Guardrail>& guardrails,
                 const Silencing* silencing, std::size_t threads)
      : check_(options, guardrails, silencing), readers_(std::max<std::size_t>(1, threads)) {}

  std::vector<FileOutcome> check(const std::vector<InputFile>& files) {
    std::vector<FileOutcome> outcomes(files.size());
    std::atomic<std::size_t> next = 0;
    auto work = [&](std::size_t thread) {
      for (std::size_t i = next++; i < files.size(); i = next++) {
        outcomes[i] = check_.check(files[i], static_cast<std::uint32_t>(i), readers_[thread]);
      }
    };
    std::vector<std::jthread> others;
    const auto start_another = [&] {
      try {
        others.emplace_back(work, others.size() + 1);
        return true;
      } catch (const std::system_error&) {
        return false;  // the system gives no more threads; those there are do the work
      }
    };
    while (others.size() + 1 < std::min(readers_.size(), files.size()) && start_another()) {
    }
    work(0);
    others.clear();  // joins
    return outcomes;
  }

 private:
  FileCheck check_;
  std::vector<ObjectReader> readers_;  // one for each thread
};

FileChecker::FileChecker(const LintCommandOptions& options,
                         const std::vector<Guardrail>& guardrails, const Silencing* silencing,
                         std::size_t threads)
    : implementation_(std::make_unique<Implementation>(options, guardrails, silencing, threads)) {}

FileChecker::~FileChecker() = default;

std::vector<FileOutcome> FileChecker::check(const std::vector<InputFile>& files) {
  return implementation_->check(files);
}

std::vector<FileOutcome> check_files(const std::vector<InputFile>& files,
                                     const LintCommandOptions& options,
                                     const std::vector<Guardrail>& guardrails,
                                     const Silencing* silencing, std::size_t threads) {
  return FileChecker(options, guardrails, silencing, threads).check(files);
}

}  // namespace iamcheck::cli
