#pragma once

// Many files, checked in parallel, with one report that does not tell how many threads there were.

#include <cstddef>
#include <string>
#include <vector>

#include "commands/commands.h"
#include "file_walk.h"
#include "iamcheck/guardrail.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {

/// What came of one file.
struct FileOutcome {
  FileFindings findings;
  std::vector<FileError> errors;
  std::size_t policies = 0;
  std::size_t omitted = 0;  ///< findings above Limits::max_findings
  bool checked = false;     ///< false: unreadable or skipped
  bool skipped = false;     ///< binary or too large
  std::string note;         ///< why, of a file that somebody named
};

/// Checks the files on `threads` threads; the outcomes stand in the order of the files.
std::vector<FileOutcome> check_files(const std::vector<InputFile>& files,
                                     const LintCommandOptions& options,
                                     const std::vector<Guardrail>& guardrails, std::size_t threads);

}  // namespace iamcheck::cli
