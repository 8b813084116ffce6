#include "iamcheck/pattern.h"

#include <string>
#include <vector>

#include "catch.h"

using iamcheck::Pattern;
using namespace std::string_literals;

namespace {

struct Row {
  std::string pattern;
  std::string text;
  bool matches;
};

void check_like(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO("pattern `" << row.pattern << "` text `" << row.text << "`");
    CHECK(Pattern::like(row.pattern, {}).matches(row.text) == row.matches);
  }
}

}  // namespace

TEST_CASE("S3: the whole text must match") {
  check_like({
      {"", "", true},
      {"", "a", false},
      {"a", "", false},
      {"logs", "logs", true},
      {"logs", "logs2", false},
      {"logs", "xlogs", false},
      {"*", "", true},
      {"**", "", true},
      {"?", "", false},
      {"*?", "", false},
      {"*?", "a", true},
      {"?*?", "a", false},
      {"?*?", "ab", true},
  });
}

TEST_CASE("S3: a star covers any run of any characters") {
  check_like({
      {"a*", "a", true},
      {"a*", "b", false},
      {"*a", "bba", true},
      {"*a", "ab", false},
      {"a*b", "ab", true},
      {"a*b", "a:/\n\tb", true},  // colons, slashes and newlines too
      {"a*", "a\0b"s, true},
      {"a*a", "a", false},  // the two ends may not share a character
      {"ab*ba", "aba", false},
      {"*ab*ab*", "xabxab", true},
      {"*ab*ab*", "xabxa", false},
      {"*aab*", "aaab", true},  // the leftmost `aa` is not the right one
      {"a*b*c", "abcbc", true},
      {"*a?c", "abcaxc", true},
  });
}

TEST_CASE("S3: a question mark is exactly one character") {
  check_like({
      {"a?c", "abc", true},
      {"a?c", "ac", false},
      {"a?c", "abbc", false},
      {"a?c", "a:c", true},
      {"???", "ab", false},
      {"???", "abc", true},
      {"?", "\n", true},
  });
}

TEST_CASE("S3: everything else is literal") {
  check_like({
      {"a.c", "abc", false},
      {"[ab]", "a", false},
      {"[ab]", "[ab]", true},
      {"a+(b|c)", "a+(b|c)", true},
      {"\\*", "\\anything", true},  // a backslash escapes nothing
      {"\\*", "*", false},
      {"^a$", "a", false},
      {"a", "A", false},
  });
}

TEST_CASE("S3: characters are code points") {
  check_like({
      {"?", "\xC3\xA9", true},  // e with acute, two bytes
      {"??", "\xC3\xA9", false},
      {"?", "\xF0\x9F\x98\x80", true},  // four bytes
      {"*?", "\xE2\x82\xAC", true},
      {"\xC3\xA9*", "\xC3\xA9t\xC3\xA9", true},
      {"*\xA9", "\xC3\xA9", false},  // a star may not end inside a character
      {"\xC3*", "\xC3\xA9", false},  // nor begin there
      {"\xC3?", "\xC3\xA9", false},
      {"a*\xA9*b",
       "a\xC3\xA9\xA9"
       "b",
       true},
      {"a*\xA9*b",
       "a\xC3\xA9"
       "b",
       false},
  });
}

TEST_CASE("S3: a byte that belongs to no valid sequence is one character") {
  check_like({
      {"?", "\xFF", true},
      {"?", "\x80", true},
      {"??", "\xC0\x80", true},            // overlong
      {"???", "\xED\xA0\x80", true},       // a surrogate
      {"????", "\xF4\x90\x80\x80", true},  // above 10FFFF
      {"??", "\xE2\x82", true},            // cut off
      {"?", "\xE2\x82", false},
      {"?x", "\xC3x", true},
      {"*\x80", "\xC3\xA9\x80", true},  // the continuation byte is one too many
  });
}

TEST_CASE("ignoring case means ASCII letters only") {
  const auto pattern = Pattern::like("Ab*\xC3\x89", {.ignore_case = true});
  CHECK(pattern.matches("aB-\xC3\x89"));
  CHECK_FALSE(pattern.matches("ab-\xC3\xA9"));  // capital and small e with acute
  CHECK_FALSE(Pattern::like("[", {.ignore_case = true}).matches("{"));  // 32 apart, no letters
  CHECK(Pattern::like("x*Y*z", {.ignore_case = true}).matches("X--y--Z"));
}

TEST_CASE("exact patterns take wildcards literally") {
  CHECK(Pattern::exact("a*?", {}).matches("a*?"));
  CHECK_FALSE(Pattern::exact("a*?", {}).matches("abc"));
  CHECK(Pattern::exact("Ab", {.ignore_case = true}).matches("aB"));
  CHECK_FALSE(Pattern::exact("Ab", {}).matches("ab"));
}

TEST_CASE("a default pattern matches only the empty text, never matches nothing") {
  CHECK(Pattern().matches(""));
  CHECK_FALSE(Pattern().matches("a"));
  CHECK_FALSE(Pattern::never().matches(""));
  CHECK_FALSE(Pattern::never().matches("*"));
}

TEST_CASE("shapes tell what an index can use") {
  using Shape = Pattern::Shape;
  const struct {
    Pattern pattern;
    Shape shape;
    std::string literal;
  } rows[] = {
      {Pattern::like("*", {}), Shape::kAny, ""},
      {Pattern::like("***", {}), Shape::kAny, ""},
      {Pattern::like("", {}), Shape::kExact, ""},
      {Pattern::like("aB", {}), Shape::kExact, "aB"},
      {Pattern::like("aB", {.ignore_case = true}), Shape::kExact, "ab"},
      {Pattern::like("aB*", {}), Shape::kPrefix, "aB"},
      {Pattern::like("Get**", {.ignore_case = true}), Shape::kPrefix, "get"},
      {Pattern::like("*.txt", {}), Shape::kSuffix, ".txt"},
      {Pattern::exact("a*", {}), Shape::kExact, "a*"},
      {Pattern::like("a${*}*", {.variables = true}), Shape::kPrefix, "a*"},
      {Pattern::resource_arn("*", {}), Shape::kAny, ""},
      {Pattern::resource_arn("arn:aws:s3:::B/k", {}), Shape::kExact, "arn:aws:s3:::B/k"},
      {Pattern::resource_arn("arn:AWS:s3:::B/*", {}), Shape::kPrefix, "arn:AWS:s3:::B/"},
      {Pattern::never(), Shape::kNever, ""},
  };
  for (const auto& row : rows) {
    INFO(row.pattern.text());
    CHECK(row.pattern.shape() == row.shape);
    CHECK(row.pattern.literal() == row.literal);
  }
  for (const char* general : {"?", "a?", "*a*", "a*b"}) {
    CHECK(Pattern::like(general, {}).shape() == Shape::kGeneral);
  }
  CHECK(Pattern::like("a${k}", {.variables = true}).shape() == Shape::kGeneral);
}

TEST_CASE("the text of a pattern is kept as written") {
  CHECK(Pattern::like("A**", {.ignore_case = true}).text() == "A**");
  CHECK(Pattern::resource_arn("arn:AWS:s3:::b", {}).text() == "arn:AWS:s3:::b");
  CHECK(Pattern::resource_arn("nonsense", {}).text() == "nonsense");
}
