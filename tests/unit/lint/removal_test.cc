// What a rule marks is why it speaks: without it the finding is gone.
#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/document.h"
#include "iamcheck/rule_page.h"
#include "subject.h"

namespace iamcheck {
namespace {

// A member or an entry that can be taken out, with the comma that belongs to it.
struct Removable {
  Span span;
  std::size_t depth = 0;
};

void collect(const Node& node, std::size_t depth, std::vector<Removable>& out) {
  for (const Member& member : node.members) {
    out.push_back({{node.span.source, member.name_span.begin, member.value.span.end}, depth});
    collect(member.value, depth + 1, out);
  }
  for (const Node& item : node.items) {
    out.push_back({item.span, depth});
    collect(item, depth + 1, out);
  }
}

std::string without(const std::string& text, const Span& span) {
  std::size_t begin = span.begin, end = span.end;
  const std::size_t behind = text.find_first_not_of(" \t\r\n", end);
  if (behind != std::string::npos && text[behind] == ',') {
    end = behind + 1;
  } else {
    const std::size_t before = text.find_last_not_of(" \t\r\n", begin - 1);
    if (before != std::string::npos && text[before] == ',') begin = before;
  }
  return text.substr(0, begin) + text.substr(end);
}

// These report what is not there; their clean examples have it.
bool is_about_absence(std::string_view slug) {
  return slug == "missing-version" || slug == "missing-statement" ||
         slug == "s3-no-secure-transport";
}

std::string in_policy(std::string text) {
  if (text.find("\"Statement\"") != std::string::npos) return text;
  return R"({"Version": "2012-10-17", "Statement": )" + text + "}";
}

std::size_t count(const std::string& text, const LintOptions& options,
                  std::optional<PolicyKind> kind) {
  return test::lint_text(text, options, kind).findings.size();
}

// What holds the marked place, innermost first; then whatever else stands in the example.
std::vector<Removable> candidates(const std::string& text, const Span& marked) {
  ReadOptions tolerant;
  tolerant.tolerant = true;
  const auto document = read_json(Source::from_bytes("example", text), tolerant);
  std::vector<Removable> all;
  if (document) collect(document->root, 0, all);
  std::vector<Removable> holding;
  for (const Removable& one : all) {
    if (one.span.begin <= marked.begin && marked.end <= one.span.end) holding.push_back(one);
  }
  std::ranges::stable_sort(holding, std::greater(), &Removable::depth);
  return holding;
}

}  // namespace

TEST_CASE("what an example marks is the reason: without it the rule says less") {
  std::size_t tried = 0;
  for (const RulePage& page : rule_pages()) {
    if (page.kind != RuleKind::kPolicy || is_about_absence(page.slug)) continue;
    for (const RuleExample& example : page.examples) {
      if (!example.reported) continue;
      const std::string text = in_policy(example.filled_text());
      std::optional<PolicyKind> kind;
      if (!example.policy_type.empty()) kind = policy_kind_from(example.policy_type);
      LintOptions options;
      options.select = {std::string(page.slug)};
      const test::Linted linted = test::lint_text(text, options, kind);
      if (linted.findings.empty()) continue;  // examples_test says so
      ++tried;
      // The innermost that holds the place, then what is around it, up to the statement.
      // Of a policy that is too long, the length.
      bool cured = example.fill > 0 && count(in_policy(std::string(example.text)), options, kind) <
                                           linted.findings.size();
      for (const Removable& one : candidates(text, linted.findings[0].span)) {
        cured = cured || count(without(text, one.span), options, kind) < linted.findings.size();
      }
      INFO(page.file << ":" << example.line);
      CHECK(cured);
    }
  }
  CHECK(tried > 600);
}

}  // namespace iamcheck
