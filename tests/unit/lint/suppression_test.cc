// Comments that say which findings are not to be reported.
#include "iamcheck/suppression.h"

#include <string>
#include <vector>

namespace iamcheck {
namespace {

struct Applied {
  std::vector<Finding> findings;
  std::vector<SuppressionNote> notes;
};

// A finding of the rule at every `X` of the text.
Applied applied_to(const std::string& text, const std::string& rule = "service-wildcard",
                   std::optional<std::int64_t> today = {}) {
  const auto source = Source::from_bytes("p.yaml", text);
  Applied applied;
  for (std::size_t at = text.find('X'); at != std::string::npos; at = text.find('X', at + 1)) {
    Finding& finding = applied.findings.emplace_back();
    finding.rule = rule;
    finding.span = {0, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 1)};
  }
  Suppressions comments = read_suppressions(*source);
  comments.apply(applied.findings, *source, today);
  applied.notes = comments.notes(today);
  return applied;
}

bool suppressed(const Applied& applied, std::size_t i = 0) {
  return applied.findings.at(i).suppression.has_value();
}

TEST_CASE("a comment suppresses the findings of its rules on its line, with its reason") {
  const Applied one = applied_to("- X # iamcheck:ignore[service-wildcard] the team owns it\n- X\n");
  REQUIRE(suppressed(one, 0));
  CHECK(one.findings[0].suppression->reason == "the team owns it");
  CHECK((one.findings[0].suppression->kind == Suppression::Kind::kInSource));
  CHECK_FALSE(suppressed(one, 1));
  CHECK(one.notes.empty());
  CHECK_FALSE(suppressed(applied_to("X # iamcheck:ignore[unknown-action]")));
  CHECK(suppressed(applied_to("X # iamcheck:ignore[unknown-action, service-wildcard]")));
}

TEST_CASE("a comment fits at every place that the finding is about, and not at one that explains") {
  const std::string text = "a: X\nb: Y  # iamcheck:ignore[service-wildcard] why\nc: X\n";
  const auto source = Source::from_bytes("p.yaml", text);
  const auto at = [&](char letter) {
    const auto begin = static_cast<std::uint32_t>(text.find(letter));
    return Span{0, begin, begin + 1};
  };
  for (const bool aside : {false, true}) {
    std::vector<Finding> findings(1);
    findings[0].rule = "service-wildcard";
    findings[0].span = at('X');
    findings[0].related.push_back({at('Y'), "the action", aside});
    read_suppressions(*source).apply(findings, *source, {});
    CHECK(findings[0].suppression.has_value() == !aside);
  }
}

TEST_CASE("a category stands for its rules, and an old slug for the new one") {
  CHECK(suppressed(applied_to("X # iamcheck:ignore[security-overbroad]")));
  CHECK_FALSE(suppressed(applied_to("X # iamcheck:ignore[syntax]")));
}

TEST_CASE("ignore-next-line speaks about the next line that is not empty") {
  const Applied one = applied_to("# iamcheck:ignore-next-line[service-wildcard]\n\n  X\nX");
  CHECK(suppressed(one, 0));
  CHECK_FALSE(suppressed(one, 1));
}

TEST_CASE("the marker counts only behind a sign that begins a comment") {
  CHECK(suppressed(applied_to("X // iamcheck:ignore[service-wildcard]")));
  CHECK(suppressed(applied_to("X <!-- iamcheck:ignore[service-wildcard] -->")));
  CHECK_FALSE(suppressed(applied_to("X iamcheck:ignore[service-wildcard]")));
  CHECK_FALSE(suppressed(applied_to("{\"Sid\": \"iamcheck:ignore[service-wildcard]\", X}")));
}

TEST_CASE("a suppression without a rule is a mistake, and suppresses nothing") {
  for (const char* text :
       {"X # iamcheck:ignore", "X # iamcheck:ignore[]", "X # iamcheck:ignore[ ,]",
        "X # iamcheck:ignore service-wildcard", "X # iamcheck:ignore[a b]",
        "X # iamcheck:ignore[service-wildcard] until: soon"}) {
    INFO(text);
    const Applied one = applied_to(text);
    CHECK_FALSE(suppressed(one));
    REQUIRE(one.notes.size() == 1);
    CHECK(one.notes[0].mistake);
    CHECK(one.notes[0].message.find("not needed") == std::string::npos);
  }
}

TEST_CASE("a suppression ends after its last day") {
  const std::string text = "X # iamcheck:ignore[service-wildcard] migrating, until: 2027-01-01";
  const auto day = *days_of_date("2027-01-01");
  CHECK(suppressed(applied_to(text, "service-wildcard", day)));
  CHECK(suppressed(applied_to(text, "service-wildcard")));
  const Applied late = applied_to(text, "service-wildcard", day + 1);
  CHECK_FALSE(suppressed(late));
  REQUIRE(late.notes.size() == 1);
  CHECK(late.notes[0].message == "the suppression has expired");
}

TEST_CASE("a suppression that nothing needs is told") {
  const Applied one = applied_to("- Y # iamcheck:ignore[service-wildcard]\n");
  REQUIRE(one.notes.size() == 1);
  CHECK(one.notes[0].message == "the suppression is not needed: nothing is reported there");
  CHECK_FALSE(one.notes[0].mistake);
}

TEST_CASE("dates are those of the calendar") {
  CHECK(days_of_date("1970-01-02").value_or(0) == 1);
  CHECK(days_of_date("2024-02-29").has_value());
  for (const char* text : {"2023-02-29", "2024-13-01", "2024-1-01", "2024/01/01", "", "20240101ab"})
    CHECK_FALSE(days_of_date(text));
}

}  // namespace
}  // namespace iamcheck
