#pragma once

// .gitignore, as git reads it (gitignore(5)): nested files, negation, directory-only and anchored
// patterns, `**`.

#include <string>
#include <string_view>
#include <vector>

namespace iamcheck::cli {

class GitIgnore {
 public:
  /// Adds the rules of the .gitignore that lies in `folder` (relative to the root, empty for the
  /// root itself, without a slash at the end). Later rules win.
  void add(const std::string& folder, std::string_view text);

  /// `path` is relative to the root, with `/` between its parts.
  bool ignores(const std::string& path, bool is_folder) const;

 private:
  struct Rule {
    std::string folder;
    std::vector<std::string> parts;
    bool negated = false;
    bool folder_only = false;
    bool anchored = false;
  };
  std::vector<Rule> rules_;
};

}  // namespace iamcheck::cli
