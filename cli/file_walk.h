#pragma once

// Which files a list of paths stands for.

#include <string>
#include <vector>

#include "iamcheck/report.h"

namespace iamcheck::cli {

struct WalkOptions {
  /// .gitignore patterns, seen from the current folder, of files and folders that are left out.
  std::vector<std::string> exclude;
  /// Named files are treated like found ones: `exclude` and .gitignore apply to them, symbolic
  /// links are skipped. For callers that name files by themselves, such as pre-commit.
  bool force_exclude = false;
};

struct InputFile {
  std::string path;         ///< as people would write it; `-` is standard input
  bool named = false;       ///< a person named it: it was not found in a folder
  std::string object = {};  ///< of git's store, which is read instead; empty: the file
};

struct WalkResult {
  std::vector<InputFile> files;  ///< sorted, each once
  std::vector<FileError> errors;
  std::size_t skipped = 0;  ///< symbolic links, FIFOs, sockets, devices
};

/// Folders are walked with the .gitignore files of their repository respected; `.git` is left out.
/// Symbolic links below a folder are not followed, so a walk never leaves its root. A path that is
/// named is taken even if .gitignore lists it; `force_exclude` lets `exclude` hold for it too.
WalkResult walk(const std::vector<std::string>& paths, const WalkOptions& options = {});

}  // namespace iamcheck::cli
