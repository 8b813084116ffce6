#pragma once

// .gitignore, as git reads it (gitignore(5)).

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "glob.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {

/// The rules of one file. Paths are relative to the folder it lies in, with `/` between their
/// parts.
class IgnoreRules {
 public:
  IgnoreRules() = default;
  explicit IgnoreRules(std::string_view text);

  /// One pattern, as on a line of its own.
  void add_line(std::string_view line);

  /// True: ignored; false: kept by a `!` rule; nothing: no rule says anything. The last rule wins.
  std::optional<bool> decide(std::string_view path, bool is_folder) const;
  bool empty() const { return rules_.empty(); }

 private:
  struct Rule {
    Glob glob;
    bool negated = false;
    bool folder_only = false;
    bool whole_path = false;
  };
  std::vector<Rule> rules_;
};

/// All .gitignore files of one repository, each read when it is first needed.
class IgnoreTree {
 public:
  /// `root`: where the paths begin; the top of a work tree.
  explicit IgnoreTree(std::string root) : root_(std::move(root)) {}

  /// What the rules say about the path itself; the nearest .gitignore that says something wins.
  bool ignores_entry(const std::string& path, bool is_folder);
  /// The same, and true below an ignored folder: nothing in there can be taken back in.
  bool ignores(const std::string& path, bool is_folder);

  /// .gitignore files that could not be read. Their rules are missing, so more is checked, not
  /// less.
  const std::vector<FileError>& errors() const { return errors_; }

 private:
  struct Folder {
    IgnoreRules rules;
    std::size_t prefix = 0;         // length of the folder's path with its slash
    const Folder* above = nullptr;  // the nearest folder above that has rules
  };
  const Folder& folder_at(const std::string& path);

  std::string root_;
  std::map<std::string, Folder> folders_;
  std::vector<FileError> errors_;
};

}  // namespace iamcheck::cli
