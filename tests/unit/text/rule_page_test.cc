#include "iamcheck/rule_page.h"

#include <string>

#include "catch.h"

using iamcheck::find_rule_page;
using iamcheck::RuleKind;
using iamcheck::RulePage;

TEST_CASE("rule pages are sorted by slug and found by it") {
  std::string_view last;
  for (const RulePage& page : iamcheck::rule_pages()) {
    CHECK(last < page.slug);
    last = page.slug;
    CHECK(find_rule_page(page.slug) == &page);
    CHECK(page.body.starts_with("# "));
    CHECK(page.text.ends_with(page.body));
    CHECK((page.credential != nullptr) == (page.kind == RuleKind::kCredential));
  }
  CHECK(find_rule_page("no-such-rule") == nullptr);
  CHECK(find_rule_page("") == nullptr);
}

TEST_CASE("a page gives its sections without their headings") {
  const RulePage* page = find_rule_page("aws-access-key-id");
  REQUIRE(page != nullptr);
  CHECK(page->section("Why it matters").starts_with("Long-term keys"));
  CHECK(page->section("Limits").starts_with("Ids use only"));  // the last one ends with the page
  CHECK(page->section("Limit").empty());
  CHECK(page->section("How to fix").find("##") == std::string_view::npos);
}

TEST_CASE("lines of marks become ranges and leave the text") {
  const RulePage* page = find_rule_page("aws-access-key-id");
  REQUIRE(page != nullptr);
  for (const iamcheck::RuleExample& example : page->examples) {
    CHECK(example.text.find("^^^") == std::string_view::npos);
    CHECK(example.reported == !example.marks.empty());
    for (const iamcheck::RuleMark& mark : example.marks) {
      std::string marked(example.filled_text().substr(mark.begin, mark.end - mark.begin));
      CHECK(marked.starts_with("AKIA"));
      CHECK(marked.size() == 20);
    }
    for (const iamcheck::RuleMark& mark : example.related) CHECK(mark.end - mark.begin == 40);
  }
}
