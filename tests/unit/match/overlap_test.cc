// Two patterns: sound in both directions, checked against the matcher on every text of a small
// alphabet.
#include "match/overlap.h"

#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/pattern.h"

using namespace iamcheck;

namespace {

std::vector<std::string> texts(const std::string& alphabet, std::size_t longest) {
  std::vector<std::string> all = {""};
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].size() == longest) continue;
    for (const char c : alphabet) all.push_back(all[i] + c);
  }
  return all;
}

}  // namespace

TEST_CASE("overlap of two patterns agrees with the matcher on every short text") {
  const std::vector<std::string> patterns = texts("ab*?", 3);
  const std::vector<std::string> subjects = texts("ab", 5);
  std::vector<std::vector<bool>> matched;
  for (const std::string& pattern : patterns) {
    const Pattern compiled = Pattern::like(pattern, {});
    std::vector<bool>& row = matched.emplace_back();
    for (const std::string& subject : subjects) row.push_back(compiled.matches(subject));
  }
  std::size_t wrong = 0;
  for (std::size_t e = 0; e < patterns.size(); ++e) {
    for (std::size_t a = 0; a < patterns.size(); ++a) {
      bool any = false, every = true;
      for (std::size_t s = 0; s < subjects.size(); ++s) {
        if (!matched[a][s]) continue;
        any = any || matched[e][s];
        every = every && matched[e][s];
      }
      const Overlap overlap = overlap_of_texts(patterns[e], patterns[a], false);
      if (overlap == Overlap::kNone && any) ++wrong;
      if (overlap == Overlap::kAll && !every) ++wrong;
      // Over this alphabet "none" is exact, too.
      if (overlap != Overlap::kNone && !any) ++wrong;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("patterns of any length overlap alike") {
  // Short ones fit into a machine word, others are walked pair by pair: with as many further
  // characters on both sides nothing changes.
  const std::string more(70, '?');
  const std::vector<std::string> patterns = texts("aB*?", 3);
  std::size_t wrong = 0, meeting = 0;
  for (const std::string& one : patterns) {
    for (std::string other : patterns) {
      const bool meets = overlap_of_texts(one, other, false) != Overlap::kNone;
      meeting += static_cast<std::size_t>(meets);
      wrong += static_cast<std::size_t>(
          meets != (overlap_of_texts(one + more, other + more, false) != Overlap::kNone));
      for (char& c : other) c = c == 'a' ? 'A' : c == 'B' ? 'b' : c;
      wrong +=
          static_cast<std::size_t>(meets != (overlap_of_texts(one, other, true) != Overlap::kNone));
      wrong += static_cast<std::size_t>(
          meets != (overlap_of_texts(one + more, other + more, true) != Overlap::kNone));
    }
  }
  CHECK(wrong == 0);
  CHECK(meeting > 1000);
}

TEST_CASE("a wildcard for one character takes all bytes of it") {
  const auto meet = [](const std::string& one, const std::string& other) {
    return overlap_of_texts(one, other, false) != Overlap::kNone;
  };
  const std::string more(70, '?');
  for (const std::string& tail : {std::string(), more}) {
    CHECK(meet("b?" + tail, "b\xC3\xA9" + tail));
    CHECK(meet("\xC3\xA9" + tail, "?" + tail));
    CHECK(meet("?c" + tail,
               "\xE2\x82\xAC"
               "c" +
                   tail));
    CHECK_FALSE(meet("?c",
                     "\xE2\x82\xAC"
                     "d"));
  }
}

TEST_CASE("a resource entry covers a pattern part by part") {
  const auto overlap = [](const char* entry, const char* asked) {
    return overlap_of(entry, asked, true);
  };
  CHECK(overlap("*", "arn:aws:s3:::b/*") == Overlap::kAll);
  CHECK(overlap("arn:aws:s3:::b*", "arn:aws:s3:::b/*") == Overlap::kAll);
  CHECK(overlap("arn:*:s3:::b/*", "arn:aws:S3:::b/x*") == Overlap::kAll);
  CHECK(overlap("arn:aws:s3:::B/*", "arn:aws:s3:::b/*") != Overlap::kAll);
  CHECK(overlap("arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/*") == Overlap::kSome);
  CHECK(overlap("arn:aws:s3:::c/*", "arn:aws:s3:::b/*") == Overlap::kNone);
  CHECK(overlap("s3:b", "arn:aws:s3:::b/*") == Overlap::kNone);
  CHECK(overlap("arn:aws:s3*", "arn:aws:s3:::b/*") == Overlap::kSome);
  CHECK(overlap("arn:aws:ec2:eu-?:1:instance/*", "arn:aws:ec2:*:1:instance/*") == Overlap::kSome);
}
