#include "layers.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "floors.h"

namespace arch {
namespace {

struct Include {
  std::string_view name;
  bool quoted = false;
  std::size_t line = 0;
};

// A conditional include counts like any other.
std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> result;
  std::size_t number = 0;
  for (std::string_view line : lines(text)) {
    ++number;
    auto skip_blanks = [&] {
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    };
    skip_blanks();
    if (!line.starts_with('#')) continue;
    line.remove_prefix(1);
    skip_blanks();
    if (!line.starts_with("include")) continue;
    line.remove_prefix(7);
    skip_blanks();
    if (line.empty() || (line[0] != '"' && line[0] != '<')) continue;
    bool quoted = line[0] == '"';
    std::size_t end = line.find(quoted ? '"' : '>', 1);
    if (end == std::string_view::npos) continue;
    result.push_back({line.substr(1, end - 1), quoted, number});
  }
  return result;
}

const Folder* find_folder(std::string_view name) {
  auto found = std::find_if(kFolders.begin(), kFolders.end(),
                            [&](const Folder& f) { return f.name == name; });
  return found == kFolders.end() ? nullptr : &*found;
}

const Folder* folder_of_header(std::string_view name) {
  for (const PublicHeader& header : kPublicHeaders) {
    if (header.name == name) return find_folder(header.folder);
  }
  return nullptr;
}

std::string_view first_part(std::string_view path) { return path.substr(0, path.find('/')); }

// The standard library names its headers with letters and digits only; everybody else has a dot or
// a slash.
bool is_standard_header(const Include& include) {
  return !include.quoted && include.name.find_first_of("./") == std::string_view::npos;
}

// The build writes `.inc` tables; each belongs to the file that includes it.
bool is_generated_table(std::string_view name) { return name.ends_with(".inc"); }

std::string beside(std::string_view path, std::string_view name) {
  return (std::filesystem::path(path).parent_path() / name).lexically_normal().generic_string();
}

class LayerCheck {
 public:
  explicit LayerCheck(const Tree& tree) : tree_(tree) {
    for (const File& file : tree) {
      paths_.insert(file.path);
      texts_[file.path] = file.text;
    }
  }

  std::vector<std::string> run() {
    for (const File& file : tree_) check_file(file);
    return std::move(complaints_);
  }

 private:
  void check_file(const File& file) {
    if (!file.path.ends_with(".cc") && !file.path.ends_with(".h")) return;
    path_ = file.path;
    own_folder_ = nullptr;
    if (is_public_header(path_)) {
      own_folder_ = folder_of_header(path_.substr(path_.rfind('/') + 1));
      if (own_folder_ == nullptr) {
        complain(1,
                 "is a public header that tests/arch/floors.h does not know: say which folder "
                 "implements it");
        return;
      }
    } else if (path_.starts_with("core/src/")) {
      own_folder_ = find_folder(first_part(path_.substr(9)));
      if (own_folder_ == nullptr) {
        complain(1, "lies in a folder that tests/arch/floors.h does not know: give it a floor");
        return;
      }
    }
    for (const Include& include : includes_of(file.text)) check_include(include);
  }

  void check_include(const Include& include) {
    std::string name(include.name);
    if (own_folder_ != nullptr) {
      check_bans(include);
      if (is_public_header(path_) && !is_standard_header(include) &&
          !name.starts_with("iamcheck/")) {
        complain(include.line,
                 "a public header includes only the standard library and other public "
                 "headers, not `" +
                     name + "`");
        return;
      }
    }
    if (path_.starts_with("tests/oracle/") && path_ != kOracleMeetingPlace) check_oracle(include);
    std::string target = resolve(include, path_);
    if (target.empty()) {
      if (include.quoted && !is_generated_table(name))
        complain(include.line, "nothing in the repository is called `" + name + "`");
      return;
    }
    if (own_folder_ != nullptr) {
      check_floor(include, target);
      check_bans_behind(include, target);
    } else if (path_.starts_with("cli/") || path_.starts_with("python/")) {
      if (target.starts_with("core/src/")) {
        complain(include.line,
                 "users of the library see its public headers only, not `" + name + "`");
      }
    }
  }

  void check_floor(const Include& include, std::string_view target) {
    std::string name(include.name);
    const Folder* other = nullptr;
    if (target.starts_with("core/src/")) other = find_folder(first_part(target.substr(9)));
    if (target.starts_with("core/include/iamcheck/")) other = folder_of_header(target.substr(22));
    if (other == nullptr) {
      complain(include.line, "core includes nothing outside of core, not `" + name + "`");
    } else if (other != own_folder_ && other->floor >= own_folder_->floor) {
      complain(include.line, std::string(own_folder_->name) + " (floor " +
                                 std::to_string(own_folder_->floor) + ") includes `" + name +
                                 "` of " + std::string(other->name) + " (floor " +
                                 std::to_string(other->floor) + ")");
    }
  }

  const Ban* ban_on(std::string_view name) const {
    for (const Ban& ban : kBans) {
      bool hit = ban.include.ends_with('/') ? name.starts_with(ban.include) : name == ban.include;
      if (ban.folder == own_folder_->name && hit) return &ban;
    }
    return nullptr;
  }

  void check_bans(const Include& include) {
    if (const Ban* ban = ban_on(include.name)) {
      complain(include.line, "`" + std::string(include.name) + "`: " + std::string(ban->reason));
    }
  }

  // What must not be seen must not come with a header either. Only our own headers are followed:
  // what the standard library includes is its own affair.
  void check_bans_behind(const Include& include, const std::string& target) {
    for (const std::string& path : everything_behind(target)) {
      std::string_view name = path;
      for (std::string_view folder : {"core/include/", "core/src/"}) {
        if (name.starts_with(folder)) name.remove_prefix(folder.size());
      }
      if (const Ban* ban = ban_on(name)) {
        complain(include.line, "`" + std::string(include.name) + "` brings `" + std::string(name) +
                                   "`: " + std::string(ban->reason));
      }
    }
  }

  std::set<std::string> everything_behind(const std::string& target) const {
    std::set<std::string> seen;
    std::vector<std::string> open = {target};
    while (!open.empty()) {
      const std::string path = std::move(open.back());
      open.pop_back();
      auto text = texts_.find(path);
      if (text == texts_.end()) continue;
      for (const Include& include : includes_of(text->second)) {
        std::string next = resolve(include, path);
        if (!next.empty() && seen.insert(next).second) open.push_back(std::move(next));
      }
    }
    return seen;
  }

  void check_oracle(const Include& include) {
    bool allowed = std::find(kOracleMayInclude.begin(), kOracleMayInclude.end(), include.name) !=
                   kOracleMayInclude.end();
    bool of_core =
        include.name.starts_with("iamcheck/") || resolve(include, path_).starts_with("core/");
    if (of_core && !allowed) {
      complain(include.line, "the slow twin shares no code with core, so not `" +
                                 std::string(include.name) + "`");
    }
  }

  // The file an include means, tried in the order of the compiler; empty for what is not ours.
  // A header that the build generates is not in the tree: its folder is read off its name.
  std::string resolve(const Include& include, std::string_view from) const {
    std::string name(include.name);
    std::vector<std::string> candidates;
    if (include.quoted) candidates.push_back(beside(from, name));
    for (std::string_view folder : {"core/include/", "core/src/", "cli/", "python/bindings/",
                                    "tests/", "tests/support/", "tests/oracle/", "fuzz/", ""}) {
      candidates.push_back(std::string(folder) + name);
    }
    for (const std::string& candidate : candidates) {
      if (paths_.contains(candidate)) return candidate;
    }
    if (name.starts_with("iamcheck/")) return "core/include/" + name;
    bool below_folder =
        name.find('/') != std::string::npos && find_folder(first_part(name)) != nullptr;
    if (include.quoted && below_folder) return "core/src/" + name;
    return {};
  }

  void complain(std::size_t line, const std::string& text) {
    complaints_.push_back(std::string(path_) + ":" + std::to_string(line) + ": " + text);
  }

  const Tree& tree_;
  std::set<std::string, std::less<>> paths_;
  std::map<std::string, std::string_view, std::less<>> texts_;
  std::string_view path_;
  const Folder* own_folder_ = nullptr;
  std::vector<std::string> complaints_;
};

}  // namespace

std::vector<std::string> layer_complaints(const Tree& tree) { return LayerCheck(tree).run(); }

std::vector<std::string> umbrella_complaints(const Tree& tree) {
  constexpr std::string_view kUmbrella = "core/include/iamcheck/iamcheck.h";
  std::set<std::string, std::less<>> included;
  for (const File& file : tree) {
    if (file.path != kUmbrella) continue;
    for (const Include& include : includes_of(file.text)) included.emplace(include.name);
  }
  std::vector<std::string> complaints;
  for (const File& file : tree) {
    if (!is_public_header(file.path) || file.path == kUmbrella) continue;
    std::string name = file.path.substr(std::string_view("core/include/").size());
    if (!included.contains(name))
      complaints.push_back("iamcheck.h lacks: #include \"" + name + "\"");
  }
  return complaints;
}

}  // namespace arch
