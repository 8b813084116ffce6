#include "gitignore.h"

#include "catch.h"
#include "scratch_folder.h"

using iamcheck::cli::IgnoreRules;
using iamcheck::cli::IgnoreTree;
using iamcheck::test::ScratchFolder;

namespace {

bool ignores(const std::string& rules, const std::string& path, bool is_folder = false) {
  return IgnoreRules(rules).decide(path, is_folder).value_or(false);
}

}  // namespace

TEST_CASE("gitignore: a pattern without a slash matches the name in any folder") {
  CHECK(ignores("*.tmp", "a.tmp"));
  CHECK(ignores("*.tmp", "deep/er/a.tmp"));
  CHECK_FALSE(ignores("*.tmp", "a.tmp.json"));
  CHECK(ignores("a?c", "x/abc"));
}

TEST_CASE("gitignore: a slash at the beginning or in the middle ties a pattern to its folder") {
  CHECK(ignores("/build", "build"));
  CHECK_FALSE(ignores("/build", "src/build"));
  CHECK(ignores("src/gen", "src/gen"));
  CHECK_FALSE(ignores("src/gen", "lib/src/gen"));
  CHECK_FALSE(ignores("src/*.json", "src/deep/a.json"));
}

TEST_CASE("gitignore: a slash at the end matches folders only") {
  CHECK(ignores("out/", "out", true));
  CHECK(ignores("out/", "x/out", true));
  CHECK_FALSE(ignores("out/", "out", false));
}

TEST_CASE("gitignore: the last matching rule wins and an exclamation mark takes back") {
  CHECK(ignores("*.json\n!keep.json\n", "a.json"));
  CHECK_FALSE(ignores("*.json\n!keep.json\n", "keep.json"));
  CHECK(ignores("!keep.json\n*.json\n", "keep.json"));
}

TEST_CASE("gitignore: two stars cross folders at the beginning, in the middle and at the end") {
  CHECK(ignores("**/a", "a"));
  CHECK(ignores("**/a", "x/y/a"));
  CHECK(ignores("a/**/b", "a/b"));
  CHECK(ignores("a/**/b", "a/x/y/b"));
  CHECK_FALSE(ignores("a/**/b", "a/xb"));
  CHECK(ignores("a/**", "a/x/y"));
  CHECK_FALSE(ignores("a/**", "a", true));
  CHECK_FALSE(ignores("x/a**b", "x/a/b"));  // only between slashes
  // git's matcher never sees the text before the first wildcard, so this begins a pattern for it.
  CHECK(ignores("x/a**/b", "x/ac/d/b"));
  CHECK_FALSE(ignores("?/a**/b", "x/ac/d/b"));
}

TEST_CASE("gitignore: comments, blank lines and escaped characters") {
  CHECK_FALSE(ignores("#a\n\n", "#a"));
  CHECK(ignores("\\#a", "#a"));
  CHECK(ignores("\\!a", "!a"));
  CHECK(ignores("a\\*", "a*"));
  CHECK_FALSE(ignores("a\\*", "ab"));
  CHECK_FALSE(ignores("a\\", "a\\"));  // a backslash at the end quotes nothing
}

TEST_CASE("gitignore: spaces at the end do not count unless they are quoted") {
  CHECK(ignores("a  ", "a"));
  CHECK(ignores("a\\  ", "a "));
  CHECK(ignores("a b", "a b"));
  CHECK(ignores("a\r\nb\r\n", "a"));
  CHECK(
      ignores("\xEF\xBB\xBF"
              "a\n",
              "a"));
}

TEST_CASE("gitignore: sets of characters, ranges and POSIX classes") {
  CHECK(ignores("[a-c]1", "b1"));
  CHECK_FALSE(ignores("[!a-c]1", "b1"));
  CHECK(ignores("[^a-c]1", "d1"));
  CHECK(ignores("[]-]", "]"));
  CHECK(ignores("[[:digit:]]x", "7x"));
  CHECK(ignores("[\\]]", "]"));
  CHECK_FALSE(ignores("[ab", "[ab"));  // git refuses the pattern
  CHECK_FALSE(ignores("a[^x]b", "a/b"));
}

TEST_CASE("gitignore: a hostile pattern costs no more than its length times that of the path") {
  std::string stars;
  for (int i = 0; i < 2000; ++i) stars += "*a";
  CHECK_FALSE(ignores(stars + "b", std::string(2000, 'a')));
  std::string folders;
  for (int i = 0; i < 500; ++i) folders += "**/a/";
  CHECK_FALSE(ignores(folders + "b", std::string(500, 'a')));
}

TEST_CASE("gitignore: the nearest file that says something wins") {
  ScratchFolder folder;
  folder.write(".gitignore", "*.json\n");
  folder.write("keep/.gitignore", "!*.json\n");
  IgnoreTree tree(folder.path());
  CHECK(tree.ignores_entry("a.json", false));
  CHECK_FALSE(tree.ignores_entry("keep/a.json", false));
  CHECK_FALSE(tree.ignores_entry("keep/deep/a.json", false));
}

TEST_CASE("gitignore: nothing below an ignored folder can be taken back") {
  ScratchFolder folder;
  folder.write(".gitignore", "out/\n!out/keep.json\n");
  IgnoreTree tree(folder.path());
  CHECK(tree.ignores("out/keep.json", false));
  CHECK_FALSE(tree.ignores_entry("out/keep.json", false));
}

TEST_CASE("gitignore: a symbolic link is no .gitignore, and one that is too large is an error") {
  ScratchFolder folder;
  folder.write("rules", "*\n");
  std::filesystem::create_symlink("rules", folder / ".gitignore");
  IgnoreTree linked(folder.path());
  CHECK_FALSE(linked.ignores("a", false));
  folder.write("big/.gitignore", "*\n" + std::string(2 * 1024 * 1024, '#'));
  IgnoreTree large(folder / "big");
  CHECK_FALSE(large.ignores("a", false));
  REQUIRE(large.errors().size() == 1);
  CHECK(large.errors()[0].error.code == iamcheck::ErrorCode::kLimitExceeded);
}
