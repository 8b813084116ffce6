// Random rules over random trees, judged by us and by `git check-ignore`.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <set>

#include "catch.h"
#include "gitignore.h"
#include "scratch_folder.h"

using iamcheck::cli::IgnoreTree;
using iamcheck::test::ScratchFolder;

namespace {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  const std::string& one_of(const std::vector<std::string>& words) {
    return words[below(words.size())];
  }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> kNames = {"a",  "b",  "ab", "a b", "a-b",
                                         "#a", "!a", "a]", "b.j", " a"};
const std::vector<std::string> kPieces = {
    "a",   "b",   "ab",    "*",           "**",         "?",   "[ab]",  "[!a]", "\\*",
    "\\a", "a b", "\\ ",   "[^b]",        "*.j",        "[a-", "[]]",   "\\",   "#",
    "!",   "***", "[]-a]", "[[:alpha:]]", "[[:nope:]]", " ",   "[a\\]]"};
const std::vector<std::string> kSlashes = {"", "", "/", "/", "/**/", "**/", "/**", "//"};

std::string random_rules(Dice& dice) {
  std::string text;
  for (std::size_t line = 0, lines = 1 + dice.below(4); line < lines; ++line) {
    if (dice.below(4) == 0) text += "!";
    if (dice.below(4) == 0) text += "/";
    for (std::size_t i = 0, pieces = 1 + dice.below(3); i < pieces; ++i) {
      if (i > 0) text += dice.one_of(kSlashes);
      text += dice.one_of(kPieces);
    }
    if (dice.below(4) == 0) text += "/";
    if (dice.below(8) == 0) text += "  ";
    text += dice.below(8) == 0 ? "\r\n" : "\n";
  }
  return text;
}

std::string quoted(const std::string& path) { return "'" + path + "'"; }

bool run(const std::string& command) { return std::system(command.c_str()) == 0; }

std::set<std::string> ignored_by_git(const ScratchFolder& folder,
                                     const std::vector<std::string>& paths) {
  std::string list;
  for (const std::string& path : paths) list += path + '\0';
  folder.write(".git/list", list);
  const std::string command = "cd " + quoted(folder.path()) +
                              " && git -c core.excludesFile=/dev/null -c core.ignoreCase=false "
                              "check-ignore --no-index -z --stdin < .git/list";
  std::FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  for (int c = std::getc(pipe); c != EOF; c = std::getc(pipe)) out += static_cast<char>(c);
  const int status = pclose(pipe);
  REQUIRE((status == 0 || status == 256));  // 1: nothing is ignored
  std::set<std::string> ignored;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = out.find('\0', at);
    ignored.insert(out.substr(at, end - at));
    at = end + 1;
  }
  return ignored;
}

}  // namespace

TEST_CASE("gitignore: random rules mean what they mean to git check-ignore") {
  if (!run("git --version > /dev/null 2>&1")) {
    WARN("git is not installed: the comparison was skipped");
    return;
  }
  Dice dice(20261121);
  std::size_t compared = 0, ignored = 0;
  for (int round = 0; round < 30; ++round) {
    ScratchFolder folder;
    REQUIRE(run("git init -q " + quoted(folder.path())));
    std::set<std::string> folders = {""};
    std::set<std::string> files;
    for (int i = 0; i < 40; ++i) {
      std::string path;
      for (std::size_t depth = 1 + dice.below(3); depth > 0; --depth) {
        if (!path.empty()) folders.insert(path);
        path += (path.empty() ? "" : "/") + dice.one_of(kNames);
      }
      files.insert(path);
    }
    for (const std::string& path : folders) files.erase(path);
    for (const std::string& file : files) folder.write(file, "");
    std::map<std::string, std::string> rules = {{"", random_rules(dice)}};
    for (const std::string& path : folders) {
      if (dice.below(4) == 0) rules[path] = random_rules(dice);
    }
    std::string shown;
    for (const auto& [path, text] : rules) {
      folder.write(path.empty() ? ".gitignore" : path + "/.gitignore", text);
      shown += "in `" + path + "`:\n" + text;
    }
    std::vector<std::string> paths(files.begin(), files.end());
    for (const std::string& path : folders) {
      if (!path.empty()) paths.push_back(path);
    }
    const std::set<std::string> expected = ignored_by_git(folder, paths);
    IgnoreTree tree(folder.path());
    for (const std::string& path : paths) {
      INFO(shown << "path: `" << path << "`");
      CHECK(tree.ignores(path, folders.count(path) == 1) == (expected.count(path) == 1));
      ++compared;
    }
    ignored += expected.size();
  }
  // The comparison says something only while both answers are frequent.
  CHECK(compared > 1000);
  CHECK(ignored > compared / 10);
  CHECK(ignored < compared * 9 / 10);
}
