#include "text/edit_distance.h"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"

using iamcheck::edit_distance;

namespace {

// The textbook table, without a band: optimal string alignment.
std::size_t slow_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

TEST_CASE("edit distance agrees with the textbook on every pair over a small alphabet") {
  std::vector<std::string> texts = {""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].size() == 5) break;
    for (const char c : {'a', 'b', 'c'}) texts.push_back(texts[i] + c);
  }
  std::size_t wrong = 0;
  for (const std::string& a : texts) {
    for (const std::string& b : texts) {
      const std::size_t expected = slow_distance(a, b);
      for (std::size_t limit = 0; limit <= 3; ++limit) {
        const auto got = edit_distance(a, b, limit);
        if (expected <= limit ? got != expected : got.has_value()) ++wrong;
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("edit distance ignores ASCII case and counts a swap as one edit") {
  CHECK(edit_distance("GETOBJECT", "getobject", 0) == 0u);
  CHECK(edit_distance("GteObject", "GetObject", 2) == 1u);
  CHECK_FALSE(edit_distance("GetObject", "PutObject", 1).has_value());
}
