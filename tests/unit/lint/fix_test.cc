// Edits, and what they do to a policy.
#include "iamcheck/fix.h"

#include <string>
#include <vector>

#include "iamcheck/rule_page.h"
#include "subject.h"

namespace iamcheck {
namespace {

using test::lint_text;
using test::Linted;

Policy parse(const std::string& text) {
  auto policy = parse_policy("p.json", text);
  REQUIRE(policy);
  return *policy;
}

std::string one(const std::string& action, const std::string& more = "") {
  return R"({"Effect": "Allow", "Action": ")" + action + R"(", "Resource": "*")" + more + "}";
}
std::string document(const std::string& statements) {
  return R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}";
}

FixEffect effect(const std::string& before, const std::string& after,
                 PolicyKind kind = PolicyKind::kIdentity, const AnalysisOptions& options = {}) {
  return effect_of_fix(parse(document(before)), parse(document(after)), kind, options);
}

TEST_CASE("edits are applied by place, in any order, and never over each other") {
  const std::string text = "abcdef";
  const std::vector<Edit> edits = {{{0, 4, 6}, "X"}, {{0, 0, 1}, ""}, {{0, 2, 2}, "--"}};
  const auto out = apply_edits(text, edits);
  REQUIRE(out);
  CHECK(*out == "b--cdX");
  const std::vector<Edit> overlapping = {{{0, 0, 3}, ""}, {{0, 2, 4}, ""}};
  CHECK(apply_edits(text, overlapping).error().code == ErrorCode::kInvalidArgument);
  const std::vector<Edit> outside = {{{0, 5, 7}, ""}};
  CHECK(apply_edits(text, outside).error().code == ErrorCode::kInvalidArgument);
}

TEST_CASE("a fix leaves a policy the same, narrows it, or widens it") {
  CHECK(effect(one("s3:*"), one("S3:*")) == FixEffect::kSame);
  CHECK(effect(one("s3:*"), one("s3:Get*")) == FixEffect::kNarrower);
  CHECK(effect(one("s3:Get*"), one("s3:*")) == FixEffect::kWider);
  CHECK(effect(one("s3:Get*"), one("s3:Put*")) == FixEffect::kWider);
  CHECK(effect(R"({"Effect": "allow", "Action": "s3:*", "Resource": "*"})", one("s3:*")) ==
        FixEffect::kNoMeaning);
  AnalysisOptions short_of_steps;
  short_of_steps.max_steps = 1;
  CHECK(effect(one("s3:Get*"), one("s3:*"), PolicyKind::kIdentity, short_of_steps) ==
        FixEffect::kUnknown);
}

TEST_CASE("S9.4: naming a session through its role instead of itself is a change") {
  const auto names = [](const std::string& arn) {
    return one("s3:GetObject", R"(, "Principal": {"AWS": ")" + arn + "\"}");
  };
  const std::string session = names("arn:aws:sts::111122223333:assumed-role/ci/deploy");
  const std::string role = names("arn:aws:iam::111122223333:role/ci");
  CHECK(effect(session + "," + role, role, PolicyKind::kResource) == FixEffect::kNarrower);
  CHECK(effect(role + "," + role, role, PolicyKind::kResource) == FixEffect::kSame);
}

TEST_CASE("a safe fix keeps everything, another may take away") {
  CHECK(keeps_promise(FixEffect::kSame, true));
  CHECK(keeps_promise(FixEffect::kSame, false));
  CHECK_FALSE(keeps_promise(FixEffect::kNarrower, true));
  CHECK(keeps_promise(FixEffect::kNarrower, false));
  for (const FixEffect bad : {FixEffect::kWider, FixEffect::kUnknown, FixEffect::kNoMeaning}) {
    INFO(to_string(bad));
    CHECK_FALSE(keeps_promise(bad, true));
    CHECK_FALSE(keeps_promise(bad, false));
  }
}

// Of every example of every page: the fix removes the finding, and keeps what it promises where the
// policy has a meaning.
TEST_CASE("the fixes of all rules do what they promise") {
  std::size_t proved = 0;
  for (const RulePage& page : rule_pages()) {
    if (page.kind != RuleKind::kPolicy || page.fix == RuleFix::kNone) continue;
    for (const RuleExample& example : page.examples) {
      if (!example.reported) continue;
      INFO(page.file << ":" << example.line);
      std::string text = example.filled_text();
      if (text.find("\"Statement\"") == std::string::npos)
        text = R"({"Version": "2012-10-17", "Statement": )" + text + "}";
      std::optional<PolicyKind> kind;
      if (!example.policy_type.empty()) kind = policy_kind_from(example.policy_type);
      LintOptions options;
      options.select = {std::string(page.slug)};
      const Linted linted = lint_text(text, options, kind);
      for (const Finding& finding : linted.findings) {
        if (!finding.fix) continue;
        const auto fixed = apply_edits(text, finding.fix->edits);
        REQUIRE(fixed);
        const Linted after = lint_text(*fixed, options, kind);
        CHECK(after.findings.size() < linted.findings.size());
        const FixEffect effect =
            effect_of_fix(linted.policy, after.policy, kind.value_or(detect_kind(linted.policy)));
        INFO(*fixed);
        if (effect == FixEffect::kNoMeaning) continue;
        CHECK(keeps_promise(effect, finding.fix->safe));
        ++proved;
      }
    }
  }
  CHECK(proved >= 8);
}

}  // namespace
}  // namespace iamcheck
