// Work is bounded in steps, not in seconds: doubling both sides may at most quadruple it.

#include <cstdint>
#include <string>

#include "catch.h"
#include "match/pattern_matcher.h"

using iamcheck::Pattern;
using iamcheck::PatternMatcher;

namespace {

std::string repeat(std::string_view piece, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

std::uint64_t steps(const Pattern& pattern, std::string_view subject, bool expected) {
  PatternMatcher matcher(pattern, {}, subject);
  CHECK(matcher.matches() == expected);
  return matcher.steps();
}

}  // namespace

TEST_CASE("matching takes at most about |pattern| x |text| steps") {
  for (const std::size_t n : {50u, 100u, 200u, 400u}) {
    const std::string as = repeat("a", 4 * n);
    const std::string field = "arn:" + as + ":" + as + ":::";
    const struct {
      Pattern pattern;
      std::string subject;
    } rows[] = {
        {Pattern::like(repeat("*a", n) + "*b", {}), as},
        {Pattern::like(repeat("*a", n) + "*b*", {}), as},
        {Pattern::like("*" + repeat("a", n) + "b*", {}), as},
        {Pattern::like("*" + repeat("a?", n) + "b*", {}), as},
        {Pattern::like("*" + repeat("A?", n) + "b*", {.ignore_case = true}), as},
        {Pattern::like(repeat("?*", n) + "b", {}), as},
        {Pattern::like(repeat("*a?", n) + "*b*", {}), as},
        {Pattern::resource_arn("arn:" + repeat("*a", n) + "*b*:*:*:*:x", {}), field},
        {Pattern::resource_arn("arn:" + repeat("*a", n) + "*b:*:*:*:x", {}, true), field},
        {Pattern::resource_arn("arn:*:" + repeat("a?*", n) + "b:*:*:x", {}), field},
    };
    for (const auto& row : rows) {
      INFO("n " << n << " pattern " << row.pattern.text().substr(0, 20));
      const std::uint64_t bound = 3 * row.pattern.text().size() * row.subject.size();
      CHECK(steps(row.pattern, row.subject, false) <= bound);
    }
  }
}

TEST_CASE("common resource patterns are matched in one look at the text") {
  const std::string key = "arn:aws:s3:::logs-eu/" + repeat("2026/", 40) + "x.gz";
  const auto pattern = Pattern::resource_arn("arn:aws:s3:::logs-*/*.gz", {});
  CHECK(steps(pattern, key, true) <= 2 * key.size());
}

TEST_CASE("a text longer than the inline set of positions is matched the same way") {
  const std::string a = repeat("a", 5000);
  const auto pattern = Pattern::resource_arn("arn:x*y:s:*::z*", {});
  CHECK(pattern.matches("arn:x" + a + "y:s:" + a + "::z" + a));
  CHECK_FALSE(pattern.matches("arn:x" + a + ":y:s:" + a + "::z"));
}

TEST_CASE("reading a text full of unterminated variables takes one look") {
  // Half a million `${` without a brace: a search from each of them would take minutes.
  const std::string text = repeat("${", 500000);
  const auto pattern = Pattern::like(text, {.variables = true});
  CHECK(pattern.shape() == Pattern::Shape::kExact);
  CHECK(pattern.matches(text));
}
