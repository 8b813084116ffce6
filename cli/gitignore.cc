#include "gitignore.h"

#include <sys/stat.h>

#include "file.h"

namespace iamcheck::cli {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1024} * 1024;

// Trailing spaces do not count, unless a backslash stands before them.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == ' ') continue;
    if (line[at] == '\\') ++at;
    end = at + 1;
  }
  return line.substr(0, end);
}

}  // namespace

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.starts_with('#')) {
      if (line.ends_with('\r')) line.remove_suffix(1);
      add_line(line);
    }
  }
}

void IgnoreRules::add_line(std::string_view line) {
  line = without_trailing_spaces(line.substr(0, line.find('\0')));
  const bool negated = line.starts_with('!');
  if (negated) line.remove_prefix(1);
  const bool folder_only = line.ends_with('/');
  if (folder_only) line.remove_suffix(1);
  if (line.empty()) return;
  // A slash anywhere but at the end ties the pattern to the folder of the file.
  const bool whole_path = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  rules_.push_back({Glob(line, whole_path ? Glob::Scope::kPath : Glob::Scope::kName), negated,
                    folder_only, whole_path});
}

std::optional<bool> IgnoreRules::decide(std::string_view path, bool is_folder) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
    if (rule->folder_only && !is_folder) continue;
    if (rule->glob.matches(rule->whole_path ? path : name)) return !rule->negated;
  }
  return std::nullopt;
}

// Calls itself for the folder above: paths of the system have at most 2048 parts.
const IgnoreTree::Folder& IgnoreTree::folder_at(const std::string& path) {
  auto [found, is_new] = folders_.try_emplace(path);
  Folder& folder = found->second;
  if (!is_new) return folder;
  if (!path.empty()) {
    folder.prefix = path.size() + 1;
    const std::size_t slash = path.rfind('/');
    const Folder& parent = folder_at(slash == std::string::npos ? "" : path.substr(0, slash));
    folder.above = parent.rules.empty() ? parent.above : &parent;
  }
  const std::string file = root_ + "/" + (path.empty() ? "" : path + "/") + ".gitignore";
  struct stat info{};
  // git reads no .gitignore through a symbolic link either.
  if (lstat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return folder;
  ReadLimits limits;
  limits.most_bytes = kMostBytes;
  limits.follow_links = false;
  Result<std::string> text = read_input(file, limits);
  if (text) {
    folder.rules = IgnoreRules(*text);
  } else {
    errors_.push_back({file, text.error()});
  }
  return folder;
}

bool IgnoreTree::ignores_entry(const std::string& path, bool is_folder) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
  for (const Folder* at = &folder_at(folder); at != nullptr; at = at->above) {
    const std::string_view below = std::string_view(path).substr(at->prefix);
    if (auto decision = at->rules.decide(below, is_folder)) return *decision;
  }
  return false;
}

bool IgnoreTree::ignores(const std::string& path, bool is_folder) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (ignores_entry(path.substr(0, slash), true)) return true;
  }
  return ignores_entry(path, is_folder);
}

}  // namespace iamcheck::cli
