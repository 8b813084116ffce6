// Findings as AWS's validate-policy prints them.
#include <nlohmann/json.hpp>
#include <string>

#include "iamcheck/lint.h"
#include "iamcheck/report.h"

namespace iamcheck {
namespace {

using nlohmann::json;

json findings_of(const std::string& text) {
  const auto source = Source::from_bytes("p.json", text);
  const auto policy = parse_policy("p.json", text);
  REQUIRE(policy);
  LintSubject subject;
  subject.policy = &*policy;
  subject.kind = PolicyKind::kIdentity;
  LintOptions options;
  options.profile = Profile::kAccessAnalyzer;
  LintReport report;
  report.checked = {"p.json"};
  report.files.push_back({source, lint(subject, options)});
  return json::parse(render_access_analyzer(report))["findings"];
}

std::string statement(const std::string& rest) {
  return R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", )" + rest + "}]}";
}

TEST_CASE("a finding of the access-analyzer format has the members of AWS's") {
  const std::string text = statement(R"("Action": ["s3:GetObjct"], "Resource": "*")");
  const json found = findings_of(text);
  REQUIRE(found.size() == 1);
  const json& one = found[0];
  CHECK(one["findingType"] == "ERROR");
  CHECK(one["issueCode"] == "INVALID_ACTION");
  CHECK(one["findingDetails"].get<std::string>().find("GetObjct") != std::string::npos);
  CHECK(one["learnMoreLink"].get<std::string>().ends_with(
      "#access-analyzer-reference-policy-checks-error-invalid-action"));
  REQUIRE(one["locations"].size() == 1);
  CHECK(
      one["locations"][0]["path"] ==
      json::parse(R"([{"value": "Statement"}, {"index": 0}, {"value": "Action"}, {"index": 0}])"));
  const std::size_t at = text.find("\"s3:GetObjct\"");
  const json expected = {{"start", {{"line", 1}, {"column", at}, {"offset", at}}},
                         {"end", {{"line", 1}, {"column", at + 13}, {"offset", at + 13}}}};
  CHECK(one["locations"][0]["span"] == expected);
}

TEST_CASE("a scalar has no index, and a finding of several places lists them in order") {
  const json found = findings_of(statement(R"("Action": "iam:PassRole", "Resource": "*")"));
  REQUIRE(found.size() == 1);
  CHECK(found[0]["issueCode"] == "PASS_ROLE_WITH_STAR_IN_RESOURCE");
  CHECK(found[0]["findingType"] == "SECURITY_WARNING");
  REQUIRE(found[0]["locations"].size() == 2);
  CHECK(found[0]["locations"][0]["path"].back()["value"] == "Action");
  CHECK(found[0]["locations"][1]["path"].back()["value"] == "Resource");
}

TEST_CASE("all members of a redundant component are places, however many") {
  std::string list = "\"s3:*\"";
  for (int i = 0; i < 40; ++i) list += ", \"s3:GetObject" + std::to_string(i) + "*\"";
  const json found =
      findings_of(statement("\"Action\": [" + list + R"(], "Resource": "arn:aws:s3:::b/*")"));
  REQUIRE(found.size() == 1);
  CHECK(found[0]["issueCode"] == "REDUNDANT_ACTION");
  CHECK(found[0]["locations"].size() == 41);
  CHECK(found[0]["locations"][0]["path"].back()["index"] == 0);
}

TEST_CASE("columns and offsets count characters") {
  const std::string text =
      R"({"Version": "2012-10-17", "Id": "äöü", "Statement": [{"Effect": "Allow", "Action": "s3:Nix", "Resource": "*"}]})";
  const json found = findings_of(text);
  REQUIRE(found.size() == 1);
  const std::size_t at = text.find("\"s3:Nix\"") - 3;
  CHECK(found[0]["locations"][0]["span"]["start"]["offset"] == at);
  CHECK(found[0]["locations"][0]["span"]["start"]["column"] == at);
}

TEST_CASE("rules without a code of AWS's stay out of the access-analyzer format") {
  CHECK(findings_of(statement(R"("Action": "s3:*", "Resource": "*")")).empty());
}

}  // namespace
}  // namespace iamcheck
