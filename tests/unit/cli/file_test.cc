#include "file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catch.h"
#include "scratch_folder.h"

using iamcheck::ErrorCode;
using iamcheck::cli::read_input;
using iamcheck::cli::ReadLimits;
using iamcheck::test::ScratchFolder;

TEST_CASE("reading: every byte of a file comes back") {
  ScratchFolder folder;
  std::string bytes(200'000, 'x');
  bytes += std::string("\0\xFF\r\n", 4);
  folder.write("a", bytes);
  auto text = read_input(folder / "a", {});
  REQUIRE(text);
  CHECK(*text == bytes);
}

TEST_CASE("reading: a FIFO, a device and a folder are errors at once") {
  ScratchFolder folder;
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  for (const std::string& path : {folder / "pipe", std::string("/dev/zero"), folder.path()}) {
    INFO(path);
    auto text = read_input(path, {});
    REQUIRE_FALSE(text);
    CHECK(text.error().code == ErrorCode::kUnreadable);
  }
}

TEST_CASE("reading: a pipe that the shell hands over is read to its end") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(write(ends[1], "{}", 2) == 2);
  close(ends[1]);
  auto text = read_input("/dev/fd/" + std::to_string(ends[0]), {});
  close(ends[0]);
  REQUIRE(text);
  CHECK(*text == "{}");
}

TEST_CASE("reading: a limit is met exactly and not passed") {
  ScratchFolder folder;
  folder.write("a", "12345");
  ReadLimits limits;
  limits.most_bytes = 5;
  CHECK(read_input(folder / "a", limits));
  limits.most_bytes = 4;
  auto text = read_input(folder / "a", limits);
  REQUIRE_FALSE(text);
  CHECK(text.error().code == ErrorCode::kLimitExceeded);
}

TEST_CASE("reading: a symbolic link is followed only for whoever asks") {
  ScratchFolder folder;
  folder.write("a", "text");
  std::filesystem::create_symlink("a", folder / "link");
  CHECK(read_input(folder / "link", {}));
  ReadLimits limits;
  limits.follow_links = false;
  auto text = read_input(folder / "link", limits);
  REQUIRE_FALSE(text);
  CHECK(text.error().message.find("symbolic link") != std::string::npos);
  CHECK(read_input(folder / "a", limits));
}

TEST_CASE("reading: a binary file is left after its first block, UTF-16 is not binary") {
  ScratchFolder folder;
  ReadLimits limits;
  limits.stop_at_binary = true;
  std::string binary(1'000'000, 'x');
  binary[0] = '\0';
  folder.write("binary", binary);
  CHECK(read_input(folder / "binary", limits)->size() < 100'000);
  std::string utf16 = "\xFF\xFE";
  for (int i = 0; i < 500'000; ++i) utf16 += std::string("x\0", 2);
  folder.write("utf16", utf16);
  CHECK(read_input(folder / "utf16", limits)->size() == utf16.size());
}
