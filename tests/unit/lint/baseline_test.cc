// Findings that were there before.
#include "iamcheck/baseline.h"

#include <string>
#include <vector>

namespace iamcheck {
namespace {

constexpr const char* kKey = "0123456789abcdef";

struct Found {
  std::shared_ptr<const Source> source;
  std::vector<Finding> findings;
};

// A finding at every `X`, the n-th at the document path `at n`.
Found found(const std::string& text, bool credential = false) {
  Found out{Source::from_bytes("p.json", text), {}};
  for (std::size_t at = text.find('X'); at != std::string::npos; at = text.find('X', at + 1)) {
    Finding& finding = out.findings.emplace_back();
    finding.rule = "some-rule";
    finding.span = {0, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 2)};
    finding.document_path = "at " + std::to_string(out.findings.size());
    if (credential) finding.credential.emplace();
  }
  return out;
}

Baseline baseline_of(const Found& before) {
  Baseline baseline = Baseline::with_key(kKey);
  for (const Finding& one : before.findings) baseline.add(one, *before.source);
  auto read = Baseline::from_json(baseline.to_json());
  REQUIRE(read);
  return *std::move(read);
}

std::size_t known(Found after, Baseline baseline) {
  baseline.apply(after.findings, *after.source);
  std::size_t count = 0;
  for (const Finding& one : after.findings) count += one.suppression ? 1 : 0;
  return count;
}

TEST_CASE("a baseline knows its findings after lines have shifted, and no others") {
  const Baseline baseline = baseline_of(found("X1 X2"));
  CHECK(known(found("\n\n  X1\nX2"), baseline) == 2);
  CHECK(known(found("X1 X3"), baseline) == 1);
  CHECK(known(found("X2 X1"), baseline) == 0);
}

TEST_CASE("an entry of a baseline stands for one finding") {
  Found twice = found("X1 X1");
  for (Finding& one : twice.findings) one.document_path = "same";
  Found once = found("X1");
  once.findings[0].document_path = "same";
  CHECK(known(twice, baseline_of(once)) == 1);
  Baseline more = baseline_of(twice);
  more.apply(once.findings, *once.source);
  CHECK(more.unused() == 1);
}

TEST_CASE("a credential is known by its value, wherever it stands, and cannot be read") {
  const Found secret = found("password = X1", true);
  const Baseline baseline = baseline_of(secret);
  CHECK(baseline.to_json().find("X1") == std::string::npos);
  CHECK(known(found("other X2, X1", true), baseline) == 1);
}

TEST_CASE("the hash hangs on the key") {
  const Found one = found("X1");
  Baseline a = Baseline::with_key(kKey), b = Baseline::with_key("another key of 16 bytes");
  a.add(one.findings[0], *one.source);
  b.add(one.findings[0], *one.source);
  const auto hash = [](const std::string& json) { return json.substr(json.find("\"hash\""), 30); };
  CHECK(hash(a.to_json()) != hash(b.to_json()));
}

TEST_CASE("what is no baseline is an error") {
  for (
      const char* text :
      {"", "[]", "{}", R"({"schema": "iamcheck/baseline/v2", "key": "", "findings": []})",
       R"({"schema": "iamcheck/baseline/v1", "key": "zz", "findings": []})",
       R"({"schema": "iamcheck/baseline/v1", "key": "30313233343536373839616263646566", "findings": [{"rule": "a"}]})"}) {
    INFO(text);
    CHECK_FALSE(Baseline::from_json(text));
  }
}

}  // namespace
}  // namespace iamcheck
