#pragma once

// Which files a list of paths stands for.

#include <string>
#include <vector>

#include "iamcheck/report.h"

namespace iamcheck::cli {

struct WalkResult {
  std::vector<std::string> files;  ///< as people would write them, sorted, each once
  std::vector<FileError> errors;
};

/// Folders are walked in the order of names. `.git` is skipped, .gitignore is respected, symbolic
/// links inside folders are not followed, so a walk never leaves its root. A path that is named is
/// taken even if it is ignored.
WalkResult walk(const std::vector<std::string>& paths);

}  // namespace iamcheck::cli
