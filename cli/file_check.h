#pragma once

// Many files, checked in parallel, with one report that does not tell how many threads there were.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "commands/commands.h"
#include "file_walk.h"
#include "iamcheck/guardrail.h"
#include "iamcheck/report.h"
#include "silencing.h"

namespace iamcheck::cli {

/// What came of one file.
struct FileOutcome {
  FileFindings findings;
  std::vector<FileError> errors;
  std::size_t policies = 0;
  std::size_t omitted = 0;         ///< findings above Limits::max_findings
  bool checked = false;            ///< false: unreadable or skipped
  bool skipped = false;            ///< binary or too large
  std::string name;                ///< what the input goes by, when it was checked
  bool left_out = false;           ///< by the configuration
  std::vector<std::string> notes;  ///< about its suppressions, one line each
  std::string note;                ///< why, of a file that somebody named
};

/// Days since 1970-01-01, or those of SOURCE_DATE_EPOCH.
std::int64_t today();

/// Checks files on several threads, again and again: what is needed for it is made once.
class FileChecker {
 public:
  /// `silencing`: the configuration's, or null; it and `options` must live as long. With
  /// `options.history` only credentials are looked for.
  FileChecker(const LintCommandOptions& options, const std::vector<Guardrail>& guardrails,
              const Silencing* silencing, std::size_t threads);
  ~FileChecker();

  /// The outcomes stand in the order of the files.
  std::vector<FileOutcome> check(const std::vector<InputFile>& files);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The same, once.
std::vector<FileOutcome> check_files(const std::vector<InputFile>& files,
                                     const LintCommandOptions& options,
                                     const std::vector<Guardrail>& guardrails,
                                     const Silencing* silencing, std::size_t threads);

}  // namespace iamcheck::cli
