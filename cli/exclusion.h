#pragma once

// What the user's --exclude and the .gitignore files of a repository leave out.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gitignore.h"

namespace iamcheck::cli {

/// Answers for absolute paths without symbolic links in their folders.
class Exclusion {
 public:
  /// `patterns`: lines of a .gitignore that would lie in the current folder.
  explicit Exclusion(const std::vector<std::string>& patterns);

  /// Outside of a repository, the rules of a walk begin at the folder that is walked.
  void begin_walk(const std::string& top) { top_ = top; }

  /// Rules about the path itself. Below a folder that somebody named, what is said about the folder
  /// does not count: it was named.
  bool leaves_out_entry(const std::string& path, bool is_folder);
  /// Patterns of --exclude about the path and the folders above it. What .gitignore says does not
  /// count: git tracks what somebody added by force, and a secret that is tracked is published.
  bool excludes(const std::string& path, bool is_folder) const;

  std::vector<FileError> errors() const;

 private:
  struct Place {
    IgnoreTree* tree;
    std::string relative;
  };
  Place place_of(const std::string& path);
  std::string root_of(const std::string& folder);
  const std::string& repository_of(const std::string& folder);

  std::string current_;  // the current folder, absolute
  std::string top_;      // the folder that is walked, absolute; may be empty
  IgnoreRules patterns_;
  std::map<std::string, std::string>
      repositories_;  // folder to the top of its work tree, or to nothing
  std::map<std::string, IgnoreTree> trees_;
};

}  // namespace iamcheck::cli
