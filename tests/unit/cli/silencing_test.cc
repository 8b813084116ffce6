// What a configuration does to findings, and that it is said.
#include "silencing.h"

#include <string>
#include <vector>

#include "scratch_folder.h"

namespace iamcheck::cli {
namespace {

using test::ScratchFolder;

constexpr std::string_view kPolicy =
    R"({"Version": "2012-10-17", "Statement": [{"Sid": "Own", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]})";

struct Silenced {
  Finding finding;
  std::vector<std::string> notes;
};

// A finding about the Resource of the policy in `policies/ci.json`, under this configuration.
Silenced silence(const std::string& configuration, std::optional<std::int64_t> today = {}) {
  const ScratchFolder folder;
  folder.write(".iamcheck.yaml", configuration);
  folder.write("policies/ci.json", std::string(kPolicy));
  auto config = read_config(folder / ".iamcheck.yaml");
  INFO((config ? "" : config.error().message));
  REQUIRE(config);
  const auto policy = parse_policy(folder / "policies/ci.json", std::string(kPolicy));
  REQUIRE(policy);
  std::vector<Finding> findings(1);
  findings[0].rule = "passrole-star-resource";
  findings[0].severity = Severity::kError;
  findings[0].span = policy->statements[0].resource->span;
  findings[0].document_path = "Statement[0].Resource";
  const Silencing silencing(*config, today);
  silencing.apply(findings, *policy->source, &*policy);
  return {findings[0], silencing.notes()};
}

bool is_silent(const std::string& entry, std::optional<std::int64_t> today = {}) {
  const Silenced one = silence(
      "suppress:\n  - {rules: [passrole-star-resource], reason: why, " + entry + "}\n", today);
  // What silences nothing is said.
  CHECK(one.notes.empty() == one.finding.suppression.has_value());
  return one.finding.suppression.has_value();
}

TEST_CASE("a configured suppression keeps its reason") {
  const Silenced one =
      silence("suppress: [{rules: passrole-star-resource, reason: only build roles}]");
  REQUIRE(one.finding.suppression);
  CHECK(one.finding.suppression->reason == "only build roles");
  CHECK((one.finding.suppression->kind == Suppression::Kind::kConfiguration));
}

TEST_CASE("a configured suppression holds for its files, Sid, place and value alone") {
  CHECK(is_silent("files: [policies/*.json]"));
  CHECK(is_silent("files: [policies/]"));
  CHECK(is_silent("files: ['*.json']"));
  CHECK_FALSE(is_silent("files: [other/*.json]"));
  CHECK(is_silent("sid: Own"));
  CHECK_FALSE(is_silent("sid: Another"));
  CHECK(is_silent("at: 'Statement[0].Res*'"));
  CHECK_FALSE(is_silent("at: 'Statement[1]*'"));
  CHECK(is_silent("value: '\\*'") == false);
  CHECK(is_silent("value: '*'"));
  CHECK_FALSE(is_silent("value: 'arn:*'"));
}

TEST_CASE("a configured suppression ends after its last day") {
  CHECK(is_silent("until: 1970-01-05", 4));
  CHECK_FALSE(is_silent("until: 1970-01-05", 5));
}

TEST_CASE("ignored rules and categories are suppressed, and stay in the record") {
  const Silenced one = silence("ignore: [privilege-escalation]");
  REQUIRE(one.finding.suppression);
  CHECK(one.finding.suppression->reason.find("ignored in ") == 0);
}

TEST_CASE("a severity of the configuration is said on the finding") {
  const Silenced one = silence("severity: {passrole-star-resource: note}");
  CHECK(one.finding.severity == Severity::kNote);
  REQUIRE(one.finding.notes.size() == 1);
  CHECK(one.finding.notes[0].ends_with(" makes it a note"));
}

TEST_CASE("files are left out as .gitignore would, from the folder of the configuration") {
  const ScratchFolder folder;
  folder.write(".iamcheck.yaml", "exclude: [vendor/, '*.tmp.json']");
  const auto config = read_config(folder / ".iamcheck.yaml");
  REQUIRE(config);
  const Silencing silencing(*config, {});
  CHECK(silencing.excludes(folder / "vendor/a/b.json"));
  CHECK(silencing.excludes(folder / "x.tmp.json"));
  CHECK_FALSE(silencing.excludes(folder / "x.json"));
}

TEST_CASE("mistakes of a configuration are errors with their place") {
  for (const auto& [text, message] : std::vector<std::pair<std::string, std::string>>{
           {"suppres: []", "1:1: unknown key `suppres`"},
           {"suppress: [{reason: x}]", "the suppression names no rule"},
           {"suppress: [{rules: [a]}]", "the suppression gives no reason"},
           {"suppress: [{rules: [a], reason: x, untl: 3}]", "unknown key `untl`"},
           {"suppress: [{rules: [a], reason: x, until: tomorrow}]", "`until` needs a date"},
           {"severity: {a: loud}", "a severity is error, warning or note"},
           {"profile: access-analyzer", "`profile` is default or strict"},
           {"ignore: {a: b}", "`ignore` takes texts"},
           {"baseline: ../../b.json", "is not below this file"}}) {
    INFO(text);
    const ScratchFolder folder;
    folder.write(".iamcheck.yaml", text);
    const auto config = read_config(folder / ".iamcheck.yaml");
    REQUIRE_FALSE(config);
    CHECK(config.error().message.find(message) != std::string::npos);
  }
}

}  // namespace
}  // namespace iamcheck::cli
