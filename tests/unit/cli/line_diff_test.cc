// Unified diffs of what fixes change.
#include "line_diff.h"

#include <string>

namespace iamcheck::cli {
namespace {

TEST_CASE("equal texts have no diff") { CHECK(unified_diff("a", "x\ny\n", "x\ny\n").empty()); }

TEST_CASE("a changed line stands between three lines of context") {
  CHECK(unified_diff("p.json", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n") ==
        "--- a/p.json\n+++ b/p.json\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
}

TEST_CASE("changes far apart are hunks of their own, near ones share one") {
  std::string before, far, near;
  for (int i = 0; i < 30; ++i) {
    const std::string line = std::to_string(i) + "\n";
    before += line;
    far += i == 2 || i == 25 ? "X\n" : line;
    near += i == 2 || i == 8 ? "X\n" : line;
  }
  const auto hunks = [&](const std::string& after) {
    const std::string diff = unified_diff("p", before, after);
    std::size_t count = 0;
    for (std::size_t at = diff.find("@@ -"); at != std::string::npos;
         at = diff.find("@@ -", at + 1))
      ++count;
    return count;
  };
  CHECK(hunks(far) == 2);
  CHECK(hunks(near) == 1);
}

TEST_CASE("lines put in and taken out are counted by side") {
  CHECK(unified_diff("p", "", "a\n") == "--- a/p\n+++ b/p\n@@ -0,0 +1 @@\n+a\n");
  CHECK(unified_diff("p", "a\nb\n", "b\n") == "--- a/p\n+++ b/p\n@@ -1,2 +1 @@\n-a\n b\n");
  CHECK(unified_diff("p", "a", "b") ==
        "--- a/p\n+++ b/p\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n"
        "\\ No newline at end of file\n");
}

TEST_CASE("texts that differ everywhere are replaced, without an endless search") {
  std::string a, b;
  for (int i = 0; i < 3000; ++i) {
    a += "a" + std::to_string(i) + "\n";
    b += "b" + std::to_string(i) + "\n";
  }
  const std::string diff = unified_diff("p", a, b);
  CHECK(diff.find("@@ -1,3000 +1,3000 @@") != std::string::npos);
}

}  // namespace
}  // namespace iamcheck::cli
