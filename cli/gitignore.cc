#include "gitignore.h"

#include <sys/stat.h>

#include "file.h"

namespace iamcheck::cli {
namespace {

constexpr std::size_t kMostBytes = 1024 * 1024;

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

const IgnoreRules& IgnoreTree::rules_of(const std::string& folder) {
  auto [found, is_new] = rules_.try_emplace(folder);
  if (!is_new) return found->second;
  const std::string path = root_ + "/" + (folder.empty() ? "" : folder + "/") + ".gitignore";
  struct stat info{};
  // git reads no .gitignore through a symbolic link either.
  if (lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return found->second;
  ReadLimits limits;
  limits.most_bytes = kMostBytes;
  limits.follow_links = false;
  Result<std::string> text = read_input(path, limits);
  if (text) {
    found->second = IgnoreRules(*text);
  } else {
    errors_.push_back({path, text.error()});
  }
  return found->second;
}

bool IgnoreTree::ignores_entry(const std::string& path, bool is_folder) {
  std::size_t end = path.rfind('/');
  while (true) {
    const bool top = end == std::string::npos;
    const std::string folder = top ? "" : path.substr(0, end);
    const std::string_view below = std::string_view(path).substr(top ? 0 : end + 1);
    if (auto decision = rules_of(folder).decide(below, is_folder)) return *decision;
    if (top) return false;
    end = end == 0 ? std::string::npos : path.rfind('/', end - 1);
  }
}

bool IgnoreTree::ignores(const std::string& path, bool is_folder) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (ignores_entry(path.substr(0, slash), true)) return true;
  }
  return ignores_entry(path, is_folder);
}

}  // namespace iamcheck::cli
