#include "gitignore.h"

#include <fnmatch.h>

namespace iamcheck::cli {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    std::size_t slash = path.find('/');
    if (slash != 0) parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return parts;
}

bool part_matches(const std::string& pattern, const std::string& part) {
  return fnmatch(pattern.c_str(), part.c_str(), 0) == 0;
}

// `**` stands for any number of parts. reachable[j]: the first j parts of the path are matched by
// the pattern parts so far; one row per pattern part keeps the work at |pattern| x |path|.
bool parts_match(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  std::vector<bool> reachable(path.size() + 1, false);
  reachable[0] = true;
  for (const std::string& part : pattern) {
    std::vector<bool> next(path.size() + 1, false);
    for (std::size_t j = 0; j <= path.size(); ++j) {
      if (part == "**") {
        next[j] = reachable[j] || (j > 0 && next[j - 1]);
      } else if (j > 0) {
        next[j] = reachable[j - 1] && part_matches(part, path[j - 1]);
      }
    }
    reachable = std::move(next);
  }
  return reachable[path.size()];
}

}  // namespace

void GitIgnore::add(const std::string& folder, std::string_view text) {
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    std::string line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    // Trailing spaces do not count unless a backslash stands before them.
    while (!line.empty() && line.back() == ' ' &&
           (line.size() < 2 || line[line.size() - 2] != '\\'))
      line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    Rule rule;
    rule.folder = folder;
    if (line[0] == '!') {
      rule.negated = true;
      line.erase(0, 1);
    } else if (line.starts_with("\\#") || line.starts_with("\\!")) {
      line.erase(0, 1);
    }
    if (!line.empty() && line.back() == '/') {
      rule.folder_only = true;
      line.pop_back();
    }
    rule.anchored = line.find('/') != std::string::npos;
    rule.parts = split(line);
    if (!rule.parts.empty()) rules_.push_back(std::move(rule));
  }
}

bool GitIgnore::ignores(const std::string& path, bool is_folder) const {
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
    if (rule->folder_only && !is_folder) continue;
    std::string_view below = path;
    if (!rule->folder.empty()) {
      if (!below.starts_with(rule->folder + "/")) continue;
      below.remove_prefix(rule->folder.size() + 1);
    }
    std::vector<std::string> parts = split(below);
    bool matches = rule->anchored ? parts_match(rule->parts, parts)
                                  : !parts.empty() && part_matches(rule->parts[0], parts.back());
    if (matches) return !rule->negated;
  }
  return false;
}

}  // namespace iamcheck::cli
