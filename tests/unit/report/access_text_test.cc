// Answers about policies as sets, as text, Markdown and iamcheck/diff/v1.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "catch.h"
#include "iamcheck/access_report.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/check.h"
#include "json_schema.h"
#include "whole_file.h"

using namespace iamcheck;
using nlohmann::json;

namespace {

Policy policy(const std::string& statements) {
  return *parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
}

AccessDiff diff_of(const Policy& before, const Policy& after,
                   PolicyKind kind = PolicyKind::kIdentity, const AnalysisOptions& options = {}) {
  AccessDiff diff;
  diff.old_name = "old.json";
  diff.new_name = "new.json";
  diff.added = no_new_access(before, after, kind, options);
  diff.removed = no_new_access(after, before, kind, options);
  diff.old_labels = statement_labels(before);
  diff.new_labels = statement_labels(after);
  return diff;
}

std::string text_of(const AccessDiff& diff) { return render_text(std::vector{diff}, {}); }

AccessDiff plain(Verdict added, Verdict removed = Verdict::kPass) {
  AccessDiff diff;
  diff.old_name = "old.json";
  diff.new_name = "new.json";
  diff.added.verdict = added;
  diff.removed.verdict = removed;
  return diff;
}

const std::string kReads =
    R"({"Sid": "Reads", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"})";
const std::string kWrites =
    R"({"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"})";

bool has_schema(const std::string& rendered) {
  const std::filesystem::path root = IAMCHECK_SOURCE_DIR;
  const test::JsonSchema schema(
      json::parse(test::whole_file(root / "docs/schema/diff-v1.schema.json")));
  const auto complaints = schema.complaints(json::parse(rendered));
  for (const std::string& complaint : complaints) UNSCOPED_INFO(complaint);
  return complaints.empty();
}

}  // namespace

TEST_CASE("access text: the first line has the verdict, the sentence and how certain it is") {
  const auto first = [](const AccessDiff& diff) {
    const std::string text = text_of(diff);
    return text.substr(0, text.find('\n'));
  };
  CHECK(first(plain(Verdict::kPass)) ==
        "PASS  new.json allows exactly what old.json allows  [proved]");
  CHECK(first(plain(Verdict::kPass, Verdict::kFailConfirmed)) ==
        "PASS  new.json allows nothing that old.json does not  [proved]");
  CHECK(first(plain(Verdict::kPass, Verdict::kUnknown)) ==
        "PASS  new.json allows nothing that old.json does not  [proved]");
  CHECK(first(plain(Verdict::kFailConfirmed)) ==
        "FAIL  new.json allows access that old.json does not  [confirmed]");
  CHECK(first(plain(Verdict::kFailPossible)) ==
        "FAIL  new.json may allow access that old.json does not  [possible]");
  CHECK(first(plain(Verdict::kUnknown)) ==
        "UNKNOWN  not known whether new.json allows more than old.json: the limits of one question "
        "were reached");
}

TEST_CASE("access text: a FAIL shows the request, the statements, the nearest one and all pieces") {
  CHECK(text_of(diff_of(policy(kReads), policy(kReads + "," + kWrites))) ==
        "FAIL  new.json allows access that old.json does not  [confirmed]\n"
        "  witness     s3:PutObject on arn:aws:s3:::b/x\n"
        "  allowed by  statement 1 of new.json\n"
        "  closest     statement 0 \"Reads\" of old.json, which differs in Action\n"
        "  added       1. s3:PutObject on arn:aws:s3:::b/*\n"
        "  removed     nothing (proved)\n");
}

TEST_CASE("access text: a Deny that is gone is named as what made it new") {
  const std::string deny = R"({"Sid": "No", "Effect": "Deny", "Action": "*", "Resource": "*"})";
  const std::string text = text_of(diff_of(policy(kReads + "," + deny), policy(kReads)));
  CHECK(text.find("(was denied by statement 1 \"No\")") != std::string::npos);
}

TEST_CASE("access text: a direction that was not decided is not known, and a cut list says so") {
  AccessDiff diff = plain(Verdict::kFailConfirmed, Verdict::kUnknown);
  diff.added.added.resize(1);
  diff.added.added_complete = false;
  const std::string text = text_of(diff);
  CHECK(text.find("  added       1. any action on any resource\n              and more\n") !=
        std::string::npos);
  CHECK(text.find("  removed     not known\n") != std::string::npos);
}

TEST_CASE("access text: lists are cut after eight, and a narrowing is no entry of its own") {
  AccessDiff diff = plain(Verdict::kFailConfirmed);
  AccessPiece piece;
  for (int i = 0; i < 10; ++i) piece.actions.push_back("a:" + std::to_string(i));
  piece.resources = {"r*", "and within *s"};
  diff.added.added = {piece};
  CHECK(text_of(diff).find("a:7 and 2 more on r* and within *s\n") != std::string::npos);
}

TEST_CASE("access text: no name, Sid or value begins a line or moves the cursor") {
  const std::string hostile = "x\n  removed     nothing (proved)\r\x1b[2J\xe2\x80\xae\x07";
  AccessDiff diff = plain(Verdict::kFailConfirmed, Verdict::kFailConfirmed);
  diff.old_name = diff.new_name = hostile;
  diff.old_labels = diff.new_labels = {{hostile}};
  RequestFields request;
  request.principal = request.action = request.resource = hostile;
  request.context.set(hostile, hostile);
  request.context.set_list("aws:TagKeys", {hostile, hostile});
  AccessPiece piece;
  piece.actions = piece.actions_except = piece.resources = piece.resources_except = {hostile};
  piece.callers = piece.callers_except = {hostile};
  piece.conditions = {{hostile, hostile}};
  piece.allowed_by = {{0, 0}};
  piece.was_denied_by = StatementRef{0, 0};
  for (AccessAnswer* answer : {&diff.added, &diff.removed}) {
    answer->reasons = {{0, 0}};
    answer->witness = request;
    answer->added = {piece};
    answer->closest = StatementRef{0, 0};
    answer->closest_lacks = {hostile};
    answer->assumptions = {hostile};
  }
  for (const std::string& text : {text_of(diff), render_markdown(std::vector{diff})}) {
    INFO(text);
    CHECK(std::ranges::none_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; }));
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
    CHECK(text.find("\n  removed     nothing") == std::string::npos);
    CHECK(std::ranges::count(text_of(diff), '\n') == 9);
  }
  CHECK(has_schema(render_json(std::vector{diff})));
}

TEST_CASE("access text: in Markdown names are no markup, and the evidence is an indented block") {
  AccessDiff diff = plain(Verdict::kFailConfirmed);
  diff.new_name = "<img src=x> [a](b) **c** | `d`";
  diff.new_labels = {{"</pre>\n# x"}};
  diff.added.reasons = {{0, 0}};
  const std::string text = render_markdown(std::vector{diff});
  CHECK(text.find("\\<img src=x\\> \\[a\\]\\(b\\) \\*\\*c\\*\\* \\| \\`d\\`") != std::string::npos);
  for (std::size_t at = text.find("\n\n", text.find("**FAIL**")) + 2; at < text.size();
       at = text.find('\n', at) + 1)
    CHECK(text.substr(at, 4) == "    ");
}

TEST_CASE("access text: colour is for the verdict alone") {
  const std::string text =
      render_text(std::vector{plain(Verdict::kFailConfirmed)}, {.colour = true});
  CHECK(text.starts_with("\x1b[1;31mFAIL\x1b[0m  new.json"));
  CHECK(std::ranges::count(text, '\x1b') == 2);
}

TEST_CASE("access text: statements of several policies are named with layer and policy") {
  PolicySet before, after;
  before.add("ci", PolicyKind::kIdentity, policy(kReads));
  after.add("ci", PolicyKind::kIdentity, policy(kReads));
  after.add("more", PolicyKind::kIdentity, policy(kWrites));
  AccessReport report;
  report.name = "the new policies";
  report.existing_name = "the old policies";
  report.answer = no_new_access(before, after);
  report.labels = statement_labels(after);
  report.existing_labels = statement_labels(before);
  const std::string text = render_text(report, {});
  CHECK(text.find("statement 0 of identity policy more of the new policies") != std::string::npos);
  CHECK(text.find("removed") == std::string::npos);
  const json told = json::parse(render_json(report.answer, report.labels));
  CHECK(told["reasons"][0]["label"] == "statement 0 of identity policy more");
}

TEST_CASE("access text: each kind of question has its own sentence") {
  AccessReport report;
  report.name = "p.json";
  const auto first = [&](AccessReport::Topic topic, Verdict verdict) {
    report.topic = topic;
    report.answer.verdict = verdict;
    const std::string text = render_text(report, {});
    return text.substr(0, text.find('\n'));
  };
  using Topic = AccessReport::Topic;
  CHECK(first(Topic::kGrantedAccess, Verdict::kPass) ==
        "PASS  p.json allows nothing that is listed  [proved]");
  CHECK(first(Topic::kGrantedAccess, Verdict::kFailConfirmed) ==
        "FAIL  p.json allows some of what is listed  [confirmed]");
  CHECK(first(Topic::kPublicAccess, Verdict::kPass) ==
        "PASS  p.json lets in only callers that it names  [proved]");
  CHECK(first(Topic::kPublicAccess, Verdict::kFailPossible) ==
        "FAIL  p.json may let in callers that it does not name  [possible]");
  CHECK(first(Topic::kPublicAccess, Verdict::kUnknown) ==
        "UNKNOWN  not known whether p.json lets in callers that it does not name: the limits of "
        "one question were reached");
}

TEST_CASE("access JSON: what is written of AWS's policies is as docs/schema says") {
  const auto managed = [](std::string_view name) {
    const auto found = Catalogue::embedded().find_managed_policy(name);
    REQUIRE(found);
    return *parse_policy(std::string(name), *found->document());
  };
  const std::vector<const char*> names = {"ReadOnlyAccess", "ViewOnlyAccess", "PowerUserAccess",
                                          "AmazonEKSServiceRolePolicy", "IAMUserChangePassword"};
  std::vector<AccessDiff> diffs;
  for (std::size_t i = 0; i + 1 < names.size(); ++i)
    diffs.push_back(diff_of(managed(names[i]), managed(names[i + 1])));
  AnalysisOptions tight;
  tight.max_steps = 1;
  diffs.push_back(diff_of(policy(kReads), policy(kWrites), PolicyKind::kIdentity, tight));
  CHECK(has_schema(render_json(diffs)));
  CHECK(has_schema(render_json(std::vector<AccessDiff>())));
  CHECK(json::parse(render_json(diffs))["comparisons"].size() == names.size());
}
