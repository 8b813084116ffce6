#pragma once

// What commits and the index bring: their new or changed files, by object.

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "git_process.h"
#include "iamcheck/result.h"

namespace iamcheck::cli {

/// A regular file as git stores it: links, submodules and what was deleted are left out.
struct StoredFile {
  std::string path;  ///< from the working directory; `../` above it
  std::string id;    ///< of the object with its bytes
};

struct StagedFiles {
  std::vector<StoredFile> files;       ///< sorted by path
  std::vector<std::string> conflicts;  ///< paths that no commit can be made of
};

/// What the index adds to HEAD or changes in it; before the first commit all that it holds. `paths`
/// (files and folders from the working directory, none for all) narrow it. Errors: `unreadable`
/// with what git says.
Result<StagedFiles> staged_files(const std::vector<std::string>& paths);

/// The commits of a range, the oldest first, parents before children, and what each of them brings:
/// of a merge what none of its parents has.
class HistoryWalk {
 public:
  static constexpr std::size_t kMostCommits = 1'000'000;

  /// `range`: as of `git rev-list`, such as main..HEAD, or `--all`. Errors: `invalid-argument` for
  /// what git would take for another option, `unreadable`.
  static Result<std::unique_ptr<HistoryWalk>> start(const std::string& range,
                                                    const std::vector<std::string>& paths);

  /// The next file, of the commit that `commit` tells then; nothing at the end.
  std::optional<StoredFile> next();
  const std::string& commit() const { return commit_; }
  std::size_t commits() const { return commits_; }
  /// After the end: what keeps the walk from being whole.
  std::vector<Error> problems();

 private:
  explicit HistoryWalk(std::string range) : range_(std::move(range)) {}

  std::string range_;
  std::string prefix_;
  std::unique_ptr<GitProcess> git_;
  std::string commit_;
  std::size_t commits_ = 0;
  std::set<std::string, std::less<>> shallow_;  // commits whose parents are not here
  bool met_shallow_ = false;
  bool garbled_ = false;
};

/// A path from the top of the repository as it is seen from a folder in it (`a/b/`, empty for the
/// top).
std::string seen_from(std::string_view folder, std::string_view path);

}  // namespace iamcheck::cli
