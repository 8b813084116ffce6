#include "file_walk.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "exclusion.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

Error unreadable(const std::string& path, const std::error_code& code) {
  return {ErrorCode::kUnreadable,
          "cannot read `" + path + "`: " + code.message(),
          "check the path and its permissions",
          {}};
}

std::string joined(const std::string& folder, const std::string& name) {
  if (folder.empty()) return name;
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

class Walker {
 public:
  Walker(const WalkOptions& options, WalkResult& result)
      : options_(options), exclusion_(options.exclude), result_(result) {}

  void add_named(const std::string& path) {
    std::error_code ignored;
    const bool standard_input =
        path == "-" && !(options_.force_exclude && fs::is_regular_file("-", ignored));
    if (options_.force_exclude && !standard_input) {
      add_as_found(path == "-" ? "./-" : path);
    } else if (!standard_input && fs::is_directory(path, ignored)) {
      walk_folder(path);
    } else {
      add({path, true});
    }
  }

  void finish() {
    for (FileError& error : exclusion_.errors()) result_.errors.push_back(std::move(error));
  }

 private:
  // Where the path really stands; the last part is not resolved, it may be a symbolic link.
  static std::string real_path(const std::string& path, std::error_code& code) {
    fs::path plain = fs::path(path).lexically_normal();
    if (!plain.has_filename()) plain = plain.parent_path();
    fs::path folder = fs::canonical(plain.has_parent_path() ? plain.parent_path() : ".", code);
    return (folder / plain.filename()).string();
  }

  void add(InputFile file) {
    if (seen_.insert(fs::path(file.path).lexically_normal().string()).second) {
      result_.files.push_back(std::move(file));
    }
  }

  void add_as_found(const std::string& path) {
    std::error_code code;
    const fs::file_status status = fs::symlink_status(path, code);
    if (!fs::exists(status)) return add({path, true});  // reading it will tell what is wrong
    if (fs::is_directory(status)) {
      const std::string real = fs::canonical(path, code).string();
      if (!code && !exclusion_.excludes(real, true)) walk_folder(path);
      return;
    }
    if (!fs::is_regular_file(status)) {
      ++result_.skipped;
      return;
    }
    const std::string real = real_path(path, code);
    if (!code && !exclusion_.excludes(real, false)) add({path, true});
  }

  // An explicit stack: the depth of a hostile tree costs no call stack.
  void walk_folder(const std::string& top) {
    std::error_code code;
    const std::string real_top = fs::canonical(top, code).string();
    if (code) {
      result_.errors.push_back({top, unreadable(top, code)});
      return;
    }
    exclusion_.begin_walk(real_top);
    // What people see begins with what they typed, but for `.`, which says nothing.
    const std::string shown = top == "." || top == "./" ? "" : top;
    std::vector<std::string> open = {""};
    while (!open.empty()) {
      const std::string folder = std::move(open.back());
      open.pop_back();
      const std::string path = folder.empty() ? top : joined(shown, folder);
      std::vector<fs::directory_entry> entries;
      code.clear();
      for (fs::directory_iterator at(path, code), end; !code && at != end; at.increment(code)) {
        entries.push_back(*at);
      }
      if (code) result_.errors.push_back({path, unreadable(path, code)});
      std::sort(entries.begin(), entries.end());
      std::vector<std::string> below;
      for (const fs::directory_entry& entry : entries) {
        const std::string name = entry.path().filename().string();
        if (name == ".git") continue;
        std::error_code ignored;
        const fs::file_status status = entry.symlink_status(ignored);
        const std::string relative = joined(folder, name);
        const bool is_folder = fs::is_directory(status);
        if (exclusion_.leaves_out_entry(joined(real_top, relative), is_folder)) continue;
        if (is_folder) {
          below.push_back(relative);
        } else if (fs::is_regular_file(status)) {
          add({joined(shown, relative), false});
        } else {
          ++result_.skipped;
        }
      }
      open.insert(open.end(), below.rbegin(), below.rend());
    }
  }

  const WalkOptions& options_;
  Exclusion exclusion_;
  WalkResult& result_;
  std::set<std::string> seen_;
};

}  // namespace

WalkResult walk(const std::vector<std::string>& paths, const WalkOptions& options) {
  WalkResult result;
  Walker walker(options, result);
  for (const std::string& path : paths) walker.add_named(path);
  walker.finish();
  std::sort(result.files.begin(), result.files.end(),
            [](const InputFile& a, const InputFile& b) { return a.path < b.path; });
  return result;
}

}  // namespace iamcheck::cli
