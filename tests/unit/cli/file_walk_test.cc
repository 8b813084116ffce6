#include "file_walk.h"

#include <sys/stat.h>

#include "catch.h"
#include "scratch_folder.h"

using iamcheck::cli::InputFile;
using iamcheck::cli::walk;
using iamcheck::cli::WalkOptions;
using iamcheck::cli::WalkResult;
using iamcheck::test::ScratchFolder;

namespace {

// Paths below the folder, joined by spaces.
std::string found(const ScratchFolder& folder, const WalkResult& result) {
  std::string out;
  for (const InputFile& file : result.files) {
    std::string path = file.path;
    if (path.starts_with(folder.path())) path.erase(0, folder.path().size() + 1);
    out += (out.empty() ? "" : " ") + path;
  }
  return out;
}

std::string found(const ScratchFolder& folder, const WalkOptions& options = {}) {
  return found(folder, walk({folder.path()}, options));
}

}  // namespace

TEST_CASE("walk: files come sorted, each once, and .git is left out") {
  ScratchFolder folder;
  for (const char* name : {"b", "a/z", "a.json", ".git/config", ".hidden/x"})
    folder.write(name, "");
  CHECK(found(folder) == ".hidden/x a.json a/z b");
  CHECK(found(folder, walk({folder / "b", folder / "a/../b", folder.path()})) ==
        ".hidden/x a.json a/z b");
}

TEST_CASE("walk: the rules of the repository hold below its top too") {
  ScratchFolder folder;
  folder.write(".git/HEAD", "");
  folder.write(".gitignore", "/src/gen/\n");
  folder.write("src/gen/a", "");
  folder.write("src/b", "");
  CHECK(found(folder, walk({folder / "src"})) == "src/b");
}

TEST_CASE("walk: outside of a repository the rules begin at the folder that is walked") {
  ScratchFolder folder;
  folder.write(".gitignore", "*.json\n");
  folder.write("top/.gitignore", "*.log\n");
  folder.write("top/deep/a.log", "");
  folder.write("top/deep/b.json", "");
  CHECK(found(folder, walk({folder / "top"})) == "top/.gitignore top/deep/b.json");
}

TEST_CASE("walk: an ignored path that is named is taken, as a file or as a folder") {
  ScratchFolder folder;
  folder.write(".git/HEAD", "");
  folder.write(".gitignore", "out/\n*.log\n");
  folder.write("out/a", "");
  folder.write("x.log", "");
  CHECK(found(folder) == ".gitignore");
  CHECK(found(folder, walk({folder / "out", folder / "x.log"})) == "out/a x.log");
  WalkOptions forced;
  forced.force_exclude = true;
  CHECK(found(folder, walk({folder / "out", folder / "x.log"}, forced)) == "out/a x.log");
}

TEST_CASE("walk: exclusions hold for found files, and for named ones when forced") {
  ScratchFolder folder;
  for (const char* name : {"a.js", "a.min.js", "lib/b.min.js", "vendor/c"}) folder.write(name, "");
  WalkOptions options;
  options.exclude = {"*.min.js", "vendor/"};
  CHECK(found(folder, options) == "a.js");
  CHECK(found(folder, walk({folder / "a.min.js", folder / "vendor"}, options)) ==
        "a.min.js vendor/c");
  options.force_exclude = true;
  CHECK(found(folder, walk({folder / "a.min.js", folder / "vendor/c", folder / "a.js"}, options)) ==
        "a.js");
}

TEST_CASE("walk: symbolic links below a folder are skipped and counted") {
  ScratchFolder folder;
  folder.write("in/a", "");
  folder.write("outside/secret", "");
  std::filesystem::create_symlink("../outside/secret", folder / "in/file");
  std::filesystem::create_directory_symlink("../outside", folder / "in/folder");
  std::filesystem::create_directory_symlink("..", folder / "in/loop");
  const WalkResult result = walk({folder / "in"});
  CHECK(found(folder, result) == "in/a");
  CHECK(result.skipped == 3);
}

TEST_CASE("walk: FIFOs below a folder are skipped and counted") {
  ScratchFolder folder;
  folder.write("a", "");
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const WalkResult result = walk({folder.path()});
  CHECK(found(folder, result) == "a");
  CHECK(result.skipped == 1);
}

TEST_CASE("walk: a named link is followed unless names come from a program") {
  ScratchFolder folder;
  folder.write("a", "");
  std::filesystem::create_symlink("a", folder / "link");
  CHECK(found(folder, walk({folder / "link"})) == "link");
  WalkOptions forced;
  forced.force_exclude = true;
  const WalkResult result = walk({folder / "link"}, forced);
  CHECK(result.files.empty());
  CHECK(result.skipped == 1);
}

TEST_CASE("walk: names that are not UTF-8 are kept byte for byte") {
  ScratchFolder folder;
  folder.write("\xFF\xFE.json", "");
  CHECK(found(folder) == "\xFF\xFE.json");
}

TEST_CASE("walk: a deep tree costs no call stack") {
  ScratchFolder folder;
  std::string deep = "d";
  for (int i = 0; i < 300; ++i) deep += "/d";
  folder.write(deep + "/a", "");
  CHECK(walk({folder.path()}).files.size() == 1);
}

TEST_CASE("walk: a path that does not exist is left for the reader to report") {
  WalkOptions forced;
  forced.force_exclude = true;
  for (const WalkOptions& options : {WalkOptions{}, forced}) {
    const WalkResult result = walk({"/nowhere/at/all"}, options);
    REQUIRE(result.files.size() == 1);
    CHECK(result.files[0].named);
  }
}
