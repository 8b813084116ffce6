#pragma once

// Two versions of files, from two paths, two folders, or two revisions.

#include <set>
#include <string>
#include <vector>

#include "policy_pairs.h"

namespace iamcheck::cli {

/// Collects pairs of files; what cannot be read is said on standard error, and `worst` becomes 3,
/// or 2 for a name that is wrong.
class ChangedFiles {
 public:
  explicit ChangedFiles(int& worst) : worst_(worst) {}

  /// Files, or AWS managed policies by name.
  void add_files(const std::string& old_path, const std::string& new_path);
  /// Files of any kind by their path in the folder; `.git` is left out, links are not followed.
  void add_folders(const std::string& old_folder, const std::string& new_folder);
  void add_revisions(const std::string& from, const std::string& to);

  const std::vector<FilePair>& pairs() const { return pairs_; }

 private:
  void fail(const std::string& place, const Error& error);
  std::optional<std::set<std::string>> files_of(const std::string& folder,
                                                std::set<std::string>& links);
  std::optional<std::string> read(const std::string& path);
  std::optional<std::string> read_at(const std::string& revision, const std::string& path,
                                     const std::string& name);

  int& worst_;
  std::vector<FilePair> pairs_;
};

/// Says what is wrong. `inspected`: what the message may quote, and with it a credential.
void complain(const std::string& place, const Error& error, std::string_view inspected = {});

}  // namespace iamcheck::cli
