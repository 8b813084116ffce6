// The JSON that programs read: valid against docs/schema, and faithful to hostile text.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "iamcheck/call.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/lint.h"
#include "iamcheck/report.h"
#include "json_schema.h"
#include "whole_file.h"

using namespace iamcheck;
using iamcheck::test::JsonSchema;
using nlohmann::json;

namespace {

const JsonSchema& schema_of(const std::string& name) {
  auto load = [](const char* file) {
    return JsonSchema(json::parse(
        test::whole_file(std::filesystem::path(IAMCHECK_SOURCE_DIR) / "docs/schema" / file)));
  };
  static const JsonSchema lint = load("lint-v1.schema.json");
  static const JsonSchema can = load("can-v1.schema.json");
  static const JsonSchema who_can = load("who-can-v1.schema.json");
  static const JsonSchema what_can = load("what-can-v1.schema.json");
  static const JsonSchema graph = load("graph-v1.schema.json");
  if (name == "iamcheck/who-can/v1") return who_can;
  if (name == "iamcheck/what-can/v1") return what_can;
  if (name == "iamcheck/graph/v1") return graph;
  return name == "iamcheck/lint/v1" ? lint : can;
}

void check_valid(const json& value) {
  for (const std::string& complaint : schema_of(value.at("schema")).complaints(value)) {
    FAIL_CHECK(complaint);
  }
}

// A finding with every member there is.
Finding full_finding() {
  Finding finding;
  finding.rule = "aws-access-key-id";
  finding.severity = Severity::kError;
  finding.security_severity = SecuritySeverity::kCritical;
  finding.message = "m";
  finding.label = "l";
  finding.notes = {"n"};
  finding.help = "h";
  finding.span = {0, 1, 2};
  finding.related.push_back({{0, 3, 4}, "r"});
  finding.document_path = "Statement[0]";
  finding.fingerprint = "0123456789abcdef";
  finding.fix = Fix{true, "d", {{{0, 1, 2}, "x"}}};
  finding.credential = CredentialDetails{"k", "aws", "AKIA...YZ", true, "111122223333"};
  return finding;
}

json report_with(const std::string& text, const Finding& finding, const std::string& name = "p") {
  LintReport report;
  report.catalogue_date = "2026-09-26";
  report.files.push_back({Source::from_bytes(name, text), {finding}, {}});
  return json::parse(render_json(report));
}

}  // namespace

TEST_CASE("JSON report: an empty report and a full finding are valid") {
  LintReport empty;
  empty.catalogue_date = "2026-09-26";
  check_valid(json::parse(render_json(empty)));
  const json report = report_with("abcdefgh", full_finding());
  check_valid(report);
  CHECK(report["findings"][0]["fix"]["edits"][0]["replacement"] == "x");
  CHECK(report["findings"][0]["credential"]["accountId"] == "111122223333");
}

TEST_CASE("JSON report: a finding of a history has its commit, without what is not known of it") {
  LintReport report;
  report.catalogue_date = "2026-09-26";
  report.commits_checked = 2;
  const std::string id(40, 'a');
  for (const CommitPlace& commit :
       {CommitPlace{id, "Ana\x1B\xFF", "2026-01-02T03:04:05Z"}, CommitPlace{id, "", ""}}) {
    report.files.push_back({Source::from_bytes("p", "abcdefgh"), {full_finding()}, {}, commit});
  }
  const json value = json::parse(render_json(report));
  check_valid(value);
  CHECK(value["findings"][0]["commit"] ==
        json({{"id", id}, {"author", "Ana\x1B\xEF\xBF\xBD"}, {"date", "2026-01-02T03:04:05Z"}}));
  CHECK(value["findings"][1]["commit"] == json({{"id", id}}));
  CHECK(value["summary"]["commits"] == 2);
}

TEST_CASE("JSON report: errors are valid and keep their path") {
  LintReport report;
  report.catalogue_date = "2026-09-26";
  report.errors.push_back({"a\n", Error{ErrorCode::kUnreadable, "cannot read", "help", {}}});
  const json value = json::parse(render_json(report));
  check_valid(value);
  CHECK(value["errors"][0]["path"] == "a\n");
}

TEST_CASE("JSON report: lines and columns count from 1 in code points, offsets in bytes from 0") {
  Finding finding = full_finding();
  finding.span = {0, 5, 6};
  const json begin = report_with("\xC3\xA9\n\xC3\xA9x", finding)["findings"][0]["span"]["begin"];
  CHECK(begin == json({{"offset", 5}, {"line", 2}, {"column", 2}}));
}

TEST_CASE("JSON report: control characters are escaped, and bytes that are no UTF-8 replaced") {
  Finding finding = full_finding();
  finding.message = "a\x1B\"\\\n\xFF";
  LintReport report;
  report.files.push_back({Source::from_bytes("n\xFF", "abcdefgh"), {finding}, {}});
  const std::string text = render_json(report);
  CHECK(text.find('\x1B') == std::string::npos);
  const json value = json::parse(text);
  CHECK(value["findings"][0]["message"] == "a\x1B\"\\\n\xEF\xBF\xBD");
  CHECK(value["findings"][0]["path"] == "n\xEF\xBF\xBD");
}

TEST_CASE("JSON report: no text of a finding shows a credential of its file") {
  const std::string key = "AKIAQYLPMN5HFIQR7XYZ";
  Finding secret = full_finding();
  secret.span = {0, 0, 20};
  Finding other = full_finding();
  other.credential.reset();
  other.message = other.label = other.help = other.document_path = other.notes[0] = "x " + key;
  other.related[0].message = key;
  other.fix->edits[0].replacement = key;
  LintReport report;
  report.files.push_back({Source::from_bytes("p", key + " rest"), {secret, other}, {}});
  const std::string text = render_json(report);
  CHECK(text.find("QYLPMN") == std::string::npos);
  const json value = json::parse(text);
  CHECK(value["findings"][1]["message"] == "x AKIA...YZ");
  CHECK_FALSE(value["findings"][1].contains("fix"));
}

TEST_CASE("JSON report: a decision and its trace are valid") {
  PolicySet set;
  set.add("a.json", PolicyKind::kIdentity, *parse_policy("a.json", R"({"Statement": [
      {"Sid": "S", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
      {"Effect": "Permit", "Action": "s3:*", "Resource": "*"}]})"));
  for (const char* action : {"s3:GetObject", "ec2:StopInstances", "nonsense"}) {
    RequestFields fields;
    fields.principal = "arn:aws:iam::111122223333:user/alice";
    fields.action = action;
    const Request request(fields);
    for (const bool trace : {false, true}) {
      const Decision decision = evaluate(set, request, {.trace = trace});
      const json value = json::parse(render_json(explain(set, request, decision), decision));
      check_valid(value);
      CHECK(value.contains("trace") == trace);
      CHECK(value["warnings"].size() >= 1);
    }
  }
}

TEST_CASE("JSON report: every JSON output of the golden files is valid against its schema") {
  std::size_t checked = 0;
  const auto cases = std::filesystem::path(IAMCHECK_SOURCE_DIR) / "tests/golden/cases";
  for (const auto& entry : std::filesystem::directory_iterator(cases)) {
    const std::string text = test::whole_file(entry.path());
    const std::size_t begin = text.find("\n{\n  \"schema\": \"iamcheck/");
    if (begin == std::string::npos) continue;
    const json value = json::parse(text.substr(begin), nullptr, false);
    INFO(entry.path());
    REQUIRE_FALSE(value.is_discarded());
    const std::string name = value.at("schema");
    if (name != "iamcheck/lint/v1" && name != "iamcheck/can/v1") continue;
    check_valid(value);
    ++checked;
  }
  CHECK(checked >= 5);
}

TEST_CASE("JSON schema: the validator of these tests refuses what it should") {
  json value = report_with("abcdefgh", full_finding());
  auto broken = [&](const char* pointer, const json& bad) {
    json copy = value;
    copy[json::json_pointer(pointer)] = bad;
    return schema_of("iamcheck/lint/v1").complaints(copy).size();
  };
  CHECK(broken("/findings/0/severity", "fatal") == 1);
  CHECK(broken("/findings/0/span/begin/line", 0) == 1);
  CHECK(broken("/findings/0/fingerprint", "xyz") == 1);
  CHECK(broken("/findings/0/surprise", 1) == 1);
  CHECK(broken("/findings/0/message", 1) == 1);
  CHECK(broken("/schema", "iamcheck/lint/v2") == 1);
  value.erase("summary");
  CHECK(schema_of("iamcheck/lint/v1").complaints(value).size() == 1);
}

TEST_CASE("JSON report: S10.2 a call with its units is valid, and names the one that decides") {
  auto policy = parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
      {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}]})");
  REQUIRE(policy);
  PolicySet set;
  set.add("p", PolicyKind::kIdentity, *policy);
  Call call;
  call.fields.principal = "arn:aws:iam::111122223333:user/alice";
  call.fields.context.set("s3:x-amz-acl", "private");
  call.units = {{"s3:GetObject", "arn:aws:s3:::a/\x1b[31m"}, {"s3:PutObject", "arn:aws:s3:::b/k"}};
  const auto units = split_call(call, set, Catalogue::embedded());
  REQUIRE(units);
  const CallDecision decision = decide_units(*units, Catalogue::embedded(), {.trace = true});
  const json report = json::parse(render_json(explain_units(*units, decision), decision));
  check_valid(report);
  CHECK(report["decidingUnit"] == 1);
  CHECK(report["decidedBy"] == report["units"][1]["decidedBy"]);
  CHECK(report["units"][0]["notInUnit"] == json::array({"s3:x-amz-acl"}));
  CHECK(report["units"][0]["trace"].size() == 2);
  CHECK(report["units"][0]["resource"] == "arn:aws:s3:::a/\x1b[31m");
  const std::string text = render_text(explain_units(*units, decision), decision, {});
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("JSON report: a fingerprint tells nothing of a credential") {
  // Whoever knows the file but for a short secret must not be able to try all of them.
  const auto fingerprint_of = [](const std::string& secret, bool is_secret) {
    Finding finding = full_finding();
    finding.credential.reset();
    finding.fix.reset();
    finding.fingerprint = "00000000000000" + std::to_string(10 + secret.back() % 10);
    LintReport report;
    const std::string text = "key=" + secret + " rest";
    const auto end = static_cast<std::uint32_t>(text.size());
    finding.span = {0, 0, end};
    std::vector<Span> secrets;
    if (is_secret) secrets.push_back({0, 4, end - 5});
    report.files.push_back({Source::from_bytes("p", text), {finding}, secrets});
    return json::parse(render_json(report))["findings"][0]["fingerprint"].get<std::string>();
  };
  CHECK(fingerprint_of("hunter1", true) == fingerprint_of("hunter2", true));
  CHECK(fingerprint_of("hunter1", true).size() == 16);
  CHECK(fingerprint_of("hunter1", false) != fingerprint_of("hunter2", false));
}
