#include "exclusion.h"

#include <filesystem>

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

// `path` below `folder`; all of it without the leading slash when it lies elsewhere, where only
// patterns without a slash can meet it.
std::string below(const std::string& folder, const std::string& path) {
  if (folder == "/") return path.substr(1);
  if (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/') {
    return path.substr(folder.size() + 1);
  }
  return path.starts_with('/') ? path.substr(1) : path;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

}  // namespace

Exclusion::Exclusion(const std::vector<std::string>& patterns) {
  std::error_code ignored;
  current_ = fs::current_path(ignored).string();
  for (const std::string& pattern : patterns) patterns_.add_line(pattern);
}

// The nearest folder above with a `.git`: a folder, or a file in linked work trees and submodules.
// Calls itself for the folder above: paths of the system have at most 2048 parts.
const std::string& Exclusion::repository_of(const std::string& folder) {
  auto [found, is_new] = repositories_.try_emplace(folder);
  if (!is_new) return found->second;
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(folder == "/" ? "/.git" : folder + "/.git", ignored))) {
    found->second = folder;
  } else if (folder != "/") {
    found->second = repository_of(parent_of(folder));
  }
  return found->second;
}

std::string Exclusion::root_of(const std::string& folder) {
  const std::string& repository = repository_of(folder);
  if (!repository.empty()) return repository;
  for (const std::string& root : {top_, current_}) {
    if (!root.empty() && (folder + "/").starts_with(root + "/")) return root;
  }
  return folder;
}

Exclusion::Place Exclusion::place_of(const std::string& path) {
  const std::string root = root_of(parent_of(path));
  auto [tree, is_new] = trees_.try_emplace(root, root);
  (void)is_new;
  return {&tree->second, below(root, path)};
}

bool Exclusion::leaves_out_entry(const std::string& path, bool is_folder) {
  if (!patterns_.empty() && patterns_.decide(below(current_, path), is_folder).value_or(false)) {
    return true;
  }
  const Place place = place_of(path);
  return place.tree->ignores_entry(place.relative, is_folder);
}

bool Exclusion::excludes(const std::string& path, bool is_folder) const {
  if (patterns_.empty()) return false;
  const std::string relative = below(current_, path);
  for (std::size_t slash = relative.find('/'); slash != std::string::npos;
       slash = relative.find('/', slash + 1)) {
    if (patterns_.decide(relative.substr(0, slash), true).value_or(false)) return true;
  }
  return patterns_.decide(relative, is_folder).value_or(false);
}

std::vector<FileError> Exclusion::errors() const {
  std::vector<FileError> errors;
  for (const auto& [root, tree] : trees_) {
    errors.insert(errors.end(), tree.errors().begin(), tree.errors().end());
  }
  return errors;
}

}  // namespace iamcheck::cli
