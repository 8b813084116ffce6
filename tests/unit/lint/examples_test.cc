// Every example of every policy page, executed.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "iamcheck/rule_page.h"
#include "subject.h"

namespace iamcheck {

namespace {

constexpr std::string_view kEnvelope = "{\"Version\": \"2012-10-17\", \"Statement\": ";

// Whether the text is a policy already; else it is a statement or a list of them.
bool is_policy(const std::string& text) {
  ReadOptions tolerant;
  tolerant.tolerant = true;
  auto document = read_json(Source::from_bytes("example", text), tolerant);
  REQUIRE(document.has_value());
  for (const char* name : {"Version", "Id", "Statement"}) {
    if (document->root.find(name) != nullptr) return true;
  }
  return false;
}

using Place = std::pair<std::size_t, std::size_t>;

std::vector<Place> places(std::span<const RuleMark> marks, std::size_t shift) {
  std::vector<Place> out;
  for (const RuleMark& mark : marks) out.emplace_back(mark.begin + shift, mark.end + shift);
  return out;
}

// Nobody should learn from an example that makes another mistake: the rules of the default
// severities (error and warning) that fire here beside the page's own are exactly those that it
// names.
void check_other_rules(const RulePage& page, const RuleExample& example, const std::string& text,
                       std::optional<PolicyKind> kind) {
  std::set<std::string_view> named(example.also.begin(), example.also.end());
  CHECK_FALSE(named.contains(page.slug));
  const test::Linted linted = test::lint_text(text, {}, kind);
  std::set<std::string_view> fired, serious;
  for (const Finding& finding : linted.findings) {
    if (finding.rule == page.slug) continue;
    fired.insert(finding.rule);
    if (finding.severity != Severity::kNote) serious.insert(finding.rule);
  }
  for (std::string_view slug : named) {
    INFO("also=\"" << slug << "\" does not fire");
    CHECK(fired.contains(slug));
  }
  for (std::string_view slug : serious) {
    INFO(slug << " fires, and also= does not name it");
    CHECK(named.contains(slug));
  }
}

void run_example(const RulePage& page, const RuleExample& example) {
  std::string text = example.filled_text();
  std::size_t shift = 0;
  if (!is_policy(text)) {
    shift = kEnvelope.size();
    text = std::string(kEnvelope) + text + "}";
  }
  std::optional<PolicyKind> kind;
  if (!example.policy_type.empty()) kind = policy_kind_from(example.policy_type);
  check_other_rules(page, example, text, kind);
  LintOptions options;
  options.select = {std::string(page.slug)};
  const test::Linted linted = test::lint_text(text, options, kind);

  std::vector<Place> primary, related;
  for (const Finding& finding : linted.findings) {
    CHECK(finding.rule == page.slug);
    primary.emplace_back(finding.span.begin, finding.span.end);
    for (const RelatedSpan& other : finding.related) {
      related.emplace_back(other.span.begin, other.span.end);
    }
    const std::string severity(example.severity.empty() ? to_string(page.severity)
                                                        : example.severity);
    CHECK(std::string(to_string(finding.severity)) == severity);
    CHECK_FALSE(finding.message.empty());
    CHECK(finding.message.back() != '.');
    CHECK(finding.fingerprint.size() == 16);
  }
  CHECK(primary == places(example.marks, shift));
  CHECK(related == places(example.related, shift));
  if (example.reported && !linted.findings.empty()) {
    CHECK(linted.findings[0].document_path == example.place);
  }
}

}  // namespace

TEST_CASE("the examples of policy pages are reported exactly where marked, or silent") {
  for (const RulePage& page : rule_pages()) {
    if (page.kind != RuleKind::kPolicy) continue;
    for (const RuleExample& example : page.examples) {
      INFO(page.file << ":" << example.line);
      run_example(page, example);
    }
  }
}

TEST_CASE("a policy page has three reported examples and two clean ones") {
  for (const RulePage& page : rule_pages()) {
    if (page.kind != RuleKind::kPolicy) continue;
    INFO(page.file);
    std::size_t reported = 0, clean = 0;
    for (const RuleExample& example : page.examples) {
      ++(example.reported ? reported : clean);
    }
    CHECK(reported >= 3);
    CHECK(clean >= 2);
  }
}

}  // namespace iamcheck
