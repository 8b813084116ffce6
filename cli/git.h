#pragma once

// Files of a revision, read through the git command.
//
// Only plumbing that looks into the object store is run, without a shell: no hook, filter, text
// conversion or external diff of the repository under inspection runs.

#include <string>
#include <vector>

#include "iamcheck/result.h"

namespace iamcheck::cli {

/// A path below the working directory, and on which sides there is a file.
struct ChangedFile {
  std::string path;
  bool before = false, after = false;
};

/// What differs between two revisions, sorted by path. Errors: `invalid-argument` for a name that
/// is missing or begins with a dash, `unreadable` with what git says.
Result<std::vector<ChangedFile>> changed_files(const std::string& from, const std::string& to);

/// The bytes of a file at a revision that has it. Errors: `unreadable`.
Result<std::string> file_at(const std::string& revision, const std::string& path);

}  // namespace iamcheck::cli
