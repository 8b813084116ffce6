#pragma once

// Findings and decisions for people and for programs.
//
// Reporters are pure functions of plain structs: the same input gives the same bytes. Text from the
// inspected files is hostile; control characters are escaped, and the bytes of credentials are
// masked in every excerpt.
//
// ```cpp
// iamcheck::LintReport report;
// std::string text = iamcheck::render_text(report, {});
// // text == "no findings in 0 files\n"
// ```

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "iamcheck/decision.h"
#include "iamcheck/explanation.h"
#include "iamcheck/finding.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// The commit that brought an input into a repository. Its texts are as hostile as the input.
struct CommitPlace {
  std::string id;      ///< the whole hash
  std::string author;  ///< a name, without the address; may be empty
  std::string date;    ///< of the author, UTC, ISO 8601; may be empty
};

/// What was found in one input.
struct FileFindings {
  std::shared_ptr<const Source> source;
  std::vector<Finding> findings;
  /// Places of credentials, `CredentialScan::secrets`: reports mask them, and those of `findings`.
  std::vector<Span> secrets = {};
  /// Where the input is an old state of a file.
  std::optional<CommitPlace> commit = {};
};

/// An input that could not be read.
struct FileError {
  std::string path;
  Error error;
};

/// What is said about a rule that has no page among the built-in ones.
struct OwnRule {
  std::string slug;
  std::string title;        ///< one line
  std::string description;  ///< may be empty
  std::string help;         ///< what to do; may be empty
  std::string category;     ///< may be empty
  Severity severity = Severity::kWarning;
  Confidence confidence = Confidence::kHigh;
  SecuritySeverity security_severity = SecuritySeverity::kNone;
};

struct LintReport {
  std::vector<FileFindings> files;
  std::vector<FileError> errors;
  std::vector<std::string>
      checked;  ///< names of the inputs that were read, in the order of `files`
  std::size_t files_checked = 0;
  /// Of a history, whose states of files are the inputs.
  std::optional<std::size_t> commits_checked = {};
  std::size_t policies_checked = 0;
  std::size_t files_left_out = 0;    ///< by the configuration
  std::vector<std::string> notes;    ///< about suppressions, one line each
  std::size_t files_skipped = 0;     ///< binary, too large, or no regular file
  std::size_t findings_omitted = 0;  ///< above Limits::max_findings of one input
  std::string catalogue_date;
  std::vector<OwnRule> own_rules;  ///< guardrails and functions
};

struct TextOptions {
  bool colour = false;
};

/// Caret frames and a summary line.
std::string render_text(const LintReport& report, TextOptions options);
/// `iamcheck/lint/v1`, see docs/schema.
std::string render_json(const LintReport& report);
/// SARIF 2.1.0, suppressed findings with their reasons among the results.
std::string render_sarif(const LintReport& report);
/// A test suite for each file with findings, a failed test for each of them.
std::string render_junit(const LintReport& report);
/// A workflow command for each finding, which GitHub Actions shows in the changed lines.
std::string render_github(const LintReport& report);
/// The code quality report of GitLab (Code Climate JSON).
std::string render_gitlab(const LintReport& report);
/// A table, as a comment of a pull request.
std::string render_markdown(const LintReport& report);
/// As `aws accessanalyzer validate-policy` prints them: `{"findings": [...]}` for one input, else
/// such an object a line with `path`. Findings of rules without a code of AWS's stay out.
std::string render_access_analyzer(const LintReport& report);

/// What was taken for granted about a question.
struct Assumed {
  /// Condition keys that were given a value although nobody asked for it, with that value.
  std::vector<std::pair<std::string, std::string>> keys;
  /// Anything else, for people: `the resource belongs to the principal's account, 111122223333`.
  std::vector<std::string> others;
};

/// The verdict in one sentence, then the evidence.
std::string render_text(const Explanation& explanation, const Decision& decision,
                        TextOptions options, const Assumed& assumed = {});
/// `iamcheck/can/v1`, see docs/schema; with `trace` when the decision has one.
std::string render_json(const Explanation& explanation, const Decision& decision,
                        const Assumed& assumed = {});

/// The same for a call of several units: first the answer to the call, then a line for each unit,
/// or everything about it when its decision has a trace.
std::string render_text(const CallExplanation& explanation, const CallDecision& decision,
                        TextOptions options, const Assumed& assumed = {});
/// `iamcheck/can/v1` with `units`.
std::string render_json(const CallExplanation& explanation, const CallDecision& decision,
                        const Assumed& assumed = {});

/// `text` with every byte written as `\xNN` that a terminal would obey or that hides what people
/// see: control characters (C0, C1), bidirectional marks and overrides, line separators, invisible
/// characters, and bytes that are not UTF-8.
std::string escape_controls(std::string_view text);

}  // namespace iamcheck
