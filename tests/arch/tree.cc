#include "tree.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace arch {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> kTopFolders = {"core",  "cli",  "python", "rules",
                                                         "tests", "fuzz", "docs"};
constexpr std::array<std::string_view, 4> kEndings = {".cc", ".h", ".py", ".cmake"};
constexpr std::array<std::string_view, 3> kSkippedFolders = {"build", "__pycache__",
                                                             "node_modules"};

bool contains(const auto& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool is_skipped_folder(const fs::path& path) {
  std::string name = path.filename().string();
  return name.starts_with(".") || name.ends_with(".egg-info") || contains(kSkippedFolders, name);
}

}  // namespace

Tree read_repository() {
  const fs::path root = IAMCHECK_ROOT;
  Tree tree;
  for (std::string_view folder : kTopFolders) {
    if (!fs::is_directory(root / folder)) continue;
    fs::recursive_directory_iterator entry(root / folder);
    for (; entry != fs::recursive_directory_iterator(); ++entry) {
      if (entry->is_directory() && is_skipped_folder(entry->path())) {
        entry.disable_recursion_pending();
      } else if (entry->is_regular_file() &&
                 contains(kEndings, entry->path().extension().string())) {
        std::ifstream in(entry->path(), std::ios::binary);
        tree.push_back({entry->path().lexically_relative(root).generic_string(),
                        {std::istreambuf_iterator<char>(in), {}}});
      }
    }
  }
  std::sort(tree.begin(), tree.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return tree;
}

std::vector<std::string_view> lines(std::string_view text) {
  std::vector<std::string_view> result;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    result.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return result;
}

bool is_public_header(std::string_view path) {
  return path.starts_with("core/include/iamcheck/") && path.ends_with(".h");
}

std::string join(const std::vector<std::string>& complaints) {
  std::string text;
  for (const std::string& complaint : complaints) text += complaint + "\n";
  return text;
}

}  // namespace arch
