#include "file_walk.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "file.h"
#include "gitignore.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

Error unreadable(const std::string& path, const std::error_code& code) {
  return {ErrorCode::kUnreadable,
          "cannot read `" + path + "`: " + code.message(),
          "check the path and its permissions",
          {}};
}

class Walker {
 public:
  explicit Walker(WalkResult& result) : result_(result) {}

  void walk_root(const std::string& root) {
    ignore_ = GitIgnore();
    root_ = root;
    walk_folder("");
  }

  void add(const std::string& file) {
    if (seen_.insert(file).second) result_.files.push_back(file);
  }

 private:
  std::string full(const std::string& relative) const {
    if (relative.empty()) return root_;
    if (root_ == ".") return relative;
    return root_.ends_with('/') ? root_ + relative : root_ + "/" + relative;
  }

  // An explicit stack: the depth of a hostile tree costs no call stack.
  void walk_folder(const std::string& top) {
    std::vector<std::string> open = {top};
    while (!open.empty()) {
      std::string folder = std::move(open.back());
      open.pop_back();
      if (auto text =
              read_input(full(folder.empty() ? ".gitignore" : folder + "/.gitignore"), {})) {
        ignore_.add(folder, *text);
      }
      std::error_code code;
      std::vector<fs::directory_entry> entries;
      for (fs::directory_iterator at(full(folder), code), end; !code && at != end;
           at.increment(code)) {
        entries.push_back(*at);
      }
      if (code) result_.errors.push_back({full(folder), unreadable(full(folder), code)});
      std::sort(entries.begin(), entries.end());
      std::vector<std::string> below;
      for (const fs::directory_entry& entry : entries) {
        std::string name = entry.path().filename().string();
        std::string path = folder.empty() ? name : folder + "/" + name;
        std::error_code ignored;
        if (entry.is_symlink(ignored) || name == ".git") continue;
        bool is_folder = entry.is_directory(ignored);
        if (ignore_.ignores(path, is_folder)) continue;
        if (is_folder) below.push_back(path);
        if (entry.is_regular_file(ignored)) add(full(path));
      }
      open.insert(open.end(), below.rbegin(), below.rend());
    }
  }

  WalkResult& result_;
  std::set<std::string> seen_;
  std::string root_;
  GitIgnore ignore_;
};

}  // namespace

WalkResult walk(const std::vector<std::string>& paths) {
  WalkResult result;
  Walker walker(result);
  for (const std::string& path : paths) {
    std::error_code code;
    if (path != "-" && fs::is_directory(path, code)) {
      walker.walk_root(path);
    } else {
      walker.add(path);
    }
  }
  std::sort(result.files.begin(), result.files.end());
  return result;
}

}  // namespace iamcheck::cli
