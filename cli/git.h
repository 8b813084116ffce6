#pragma once

// Files of a revision, read through the git command.
//
// Only plumbing that looks into the object store is run, without a shell: no hook, filter, text
// conversion or external diff of the repository under inspection runs.

#include <string>
#include <vector>

#include "iamcheck/result.h"

namespace iamcheck::cli {

/// Paths below the working directory that differ between two revisions, sorted. Errors:
/// `invalid-argument` for a name that begins with a dash, `unreadable` with what git says.
Result<std::vector<std::string>> changed_files(const std::string& from, const std::string& to);

/// The bytes of a file at a revision; empty when it does not exist there.
Result<std::string> file_at(const std::string& revision, const std::string& path);

}  // namespace iamcheck::cli
