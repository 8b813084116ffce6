// The custom policy checks: arguments in, AWS's JSON and ours out, one by one and line by line.
#include "iamcheck/check.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catch.h"
#include "json_schema.h"
#include "whole_file.h"

using namespace iamcheck;
using nlohmann::json;
using Kind = AccessCheck::Kind;

namespace {

constexpr const char* kNothing = R"({"Statement": []})";
constexpr const char* kReads = R"({"Version": "2012-10-17", "Statement": [
    {"Sid": "Reads", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"}]})";

test::JsonSchema schema(const std::string& name) {
  const std::filesystem::path root = IAMCHECK_SOURCE_DIR;
  return test::JsonSchema(
      json::parse(test::whole_file(root / "docs/schema" / (name + ".schema.json"))));
}

bool is_valid(const test::JsonSchema& schema, const json& value) {
  INFO(value.dump());
  const auto complaints = schema.complaints(value);
  for (const std::string& complaint : complaints) UNSCOPED_INFO(complaint);
  return complaints.empty();
}

json answer_to(const AccessCheck& check) {
  const auto answer = run_check(check);
  INFO((answer ? "" : answer.error().message));
  REQUIRE(answer);
  return json::parse(answer->json);
}

json answer_to_line(const std::string& line) {
  const CheckAnswer answer = run_check_line(line, 7);
  CHECK(answer.json.find('\n') == std::string::npos);
  json value = json::parse(answer.json);
  CHECK(is_valid(schema("check-answer-v1"), value));
  return value;
}

// The message of the error that the line comes to.
std::string complaint_of(const std::string& line) {
  const json answer = answer_to_line(line);
  INFO(line << "\n" << answer.dump());
  REQUIRE(answer.contains("error"));
  CHECK(answer["line"] == 7);
  CHECK(run_check_line(line, 7).verdict == Verdict::kUnknown);
  return answer["error"]["message"];
}

std::vector<AccessQuestion> access_of(const std::string& text) {
  std::vector<AccessQuestion> access;
  const auto error = read_access(text, access);
  INFO((error ? error->message : ""));
  REQUIRE(!error);
  return access;
}

AccessCheck granted(std::vector<AccessQuestion> access) {
  AccessCheck check;
  check.kind = Kind::kAccessNotGranted;
  check.policy = kReads;
  check.access = std::move(access);
  return check;
}

// What is wrong with the access that is asked about; empty when nothing is.
std::string refused(std::vector<AccessQuestion> access) {
  const auto answer = run_check(granted(std::move(access)));
  if (answer) return {};
  CHECK(answer.error().code == ErrorCode::kInvalidArgument);
  CHECK(!answer.error().help.empty());
  return answer.error().message;
}

const std::vector<json> kQuestions = {
    {{"id", "a"}, {"kind", "no-new-access"}, {"existing", json::parse(kNothing)}, {"new", kReads}},
    {{"id", 5}, {"kind", "equivalence"}, {"existing", json::parse(kReads)}, {"new", kNothing}},
    {{"kind", "access-not-granted"},
     {"policy", json::parse(kReads)},
     {"access", {{{"actions", {"s3:GetObject"}}, {"resources", {"arn:aws:s3:::b/k"}}}}}},
    {{"kind", "access-not-granted"},
     {"policy", json::parse(kReads)},
     {"access", {{"actions", "iam:PassRole"}}}},
    {{"kind", "no-public-access"},
     {"policy", json::parse(kNothing)},
     {"resourceType", "AWS::S3::Bucket"}},
    {{"kind", "redundancy"}, {"policy", json::parse(kReads)}, {"policyType", "IDENTITY_POLICY"}},
};

}  // namespace

TEST_CASE("check: FAIL has AWS's members, the statement and a request that shows it") {
  AccessCheck check;
  check.existing = kNothing;
  check.updated = kReads;
  const json answer = answer_to(check);
  CHECK(answer["result"] == "FAIL");
  CHECK(answer["message"] ==
        "The modified permissions grant new access compared to your existing policy.");
  CHECK(answer["reasons"] ==
        json::array({{{"description", "New access in the statement with index: 0."},
                      {"statementIndex", 0},
                      {"statementId", "Reads"}}}));
  CHECK(answer["witness"]["resource"].get<std::string>().starts_with("arn:aws:s3:::b/"));
  CHECK(answer["otherReading"]["result"] == "FAIL");
}

TEST_CASE("check: PASS has no reason and no witness") {
  AccessCheck check;
  check.existing = kReads;
  check.updated = kReads;
  const json answer = answer_to(check);
  CHECK(answer["result"] == "PASS");
  CHECK(answer["certainty"] == "proved");
  CHECK(answer["reasons"].empty());
  CHECK(!answer.contains("witness"));
}

TEST_CASE("check: result is by the component-wise reading, otherReading by the documented one") {
  AccessCheck check;
  check.existing = R"({"Statement": [
      {"Effect": "Allow", "Action": "cloudformation:*", "Resource": "*"},
      {"Effect": "Deny", "Action": "*", "Resource": "arn:aws:cloudformation:*:*:stack/My/*"}]})";
  check.updated = R"({"Statement": {"Effect": "Allow", "Action": "cloudformation:*",
      "Resource": "arn:aws:cloudformation:*:*:stack/Not/*"}})";
  const json answer = answer_to(check);
  CHECK(answer["result"] == "PASS");
  CHECK(answer["otherReading"]["result"] == "FAIL");
  CHECK(answer["otherReading"].contains("witness"));
}

TEST_CASE("check: equivalence says in which direction the policies differ") {
  AccessCheck check;
  check.kind = Kind::kEquivalence;
  check.existing = kNothing;
  check.updated = kReads;
  CHECK(answer_to(check)["direction"] == "added");
  std::swap(check.existing, check.updated);
  const json removed = answer_to(check);
  CHECK(removed["result"] == "FAIL");
  CHECK(removed["direction"] == "removed");
  CHECK(removed["reasons"][0]["statementId"] == "Reads");
  check.updated = check.existing;
  const json same = answer_to(check);
  CHECK(same["result"] == "PASS");
  CHECK(!same.contains("direction"));
}

TEST_CASE("check: redundancy proves what is redundant, and says it of a Deny with care") {
  AccessCheck check;
  check.kind = Kind::kRedundancy;
  check.policy = R"({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
      {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
      {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}]})";
  const json answer = answer_to(check);
  CHECK(answer["result"] == "FAIL");
  CHECK(answer["certainty"] == "proved");
  REQUIRE(answer["reasons"].size() == 2);
  CHECK(answer["reasons"][0]["statementIndex"] == 1);
  CHECK(answer["reasons"][1]["description"] ==
        "No effect within this document in the statement with index: 2.");
}

TEST_CASE("check: the limits of one question lead to UNKNOWN, never to PASS") {
  AccessCheck check;
  check.existing = R"({"Statement": {"Effect": "Allow", "Action": "s3:*Object*",
      "Resource": "arn:aws:s3:::*a?b*"}})";
  check.updated = kReads;
  AnalysisOptions options;
  options.max_steps = 1;
  const auto answer = run_check(check, -1, options);
  REQUIRE(answer);
  CHECK(answer->verdict == Verdict::kUnknown);
  const json value = json::parse(answer->json);
  CHECK(value["result"] == "UNKNOWN");
  CHECK(value["certainty"].is_null());
}

TEST_CASE("check: no-public-access knows 26 types and refuses any other") {
  CHECK(public_access_types().size() == 26);
  AccessCheck check;
  check.kind = Kind::kNoPublicAccess;
  check.policy =
      R"({"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}})";
  for (const std::string_view type : public_access_types()) {
    check.resource_type = type;
    CHECK(answer_to(check)["result"] == "FAIL");
  }
  for (const char* type : {"", "AWS::EC2::Instance", "aws::s3::bucket"}) {
    check.resource_type = type;
    const auto answer = run_check(check);
    REQUIRE(!answer);
    CHECK(answer.error().code == ErrorCode::kInvalidArgument);
  }
}

TEST_CASE("check: a policy that is missing or broken is named") {
  AccessCheck check;
  check.existing = kReads;
  auto answer = run_check(check);
  REQUIRE(!answer);
  CHECK(answer.error().message == "no new policy is given");
  check.updated = "[1]";
  answer = run_check(check);
  REQUIRE(!answer);
  CHECK(answer.error().message.starts_with("the new policy: "));
  CHECK(answer.error().code == ErrorCode::kNotAPolicy);
}

TEST_CASE("check: a document without a Statement is no policy that grants nothing") {
  AccessCheck check;
  check.existing = kReads;
  check.updated = R"({"scripts": {}})";
  const auto answer = run_check(check);
  REQUIRE(!answer);
  CHECK(answer.error().code == ErrorCode::kNotAPolicy);
  CHECK(answer.error().message == "the new policy: it has no `Statement`");
}

TEST_CASE("check: types of policies are AWS's two and ours") {
  CHECK(*check_policy_type("IDENTITY_POLICY") == PolicyKind::kIdentity);
  CHECK(*check_policy_type("RESOURCE_POLICY") == PolicyKind::kResource);
  CHECK(*check_policy_type("scp") == PolicyKind::kScp);
  CHECK(check_policy_type("BUCKET").error().code == ErrorCode::kInvalidArgument);
}

TEST_CASE("check access: the shorthand goes on with a list until the next name") {
  const auto access = access_of("actions=s3:GetObject,s3:PutObject,resources=arn:aws:s3:::b/a");
  REQUIRE(access.size() == 1);
  CHECK(access[0].actions == std::vector<std::string>{"s3:GetObject", "s3:PutObject"});
  CHECK(access[0].resources == std::vector<std::string>{"arn:aws:s3:::b/a"});
}

TEST_CASE("check access: JSON is an object or a list of them, each list also a single text") {
  const auto access = access_of(
      R"( [{"actions": ["s3:GetObject"]}, {"resources": "arn:aws:s3:::b", "actions": "s3:*"}])");
  REQUIRE(access.size() == 2);
  CHECK(access[0].actions == std::vector<std::string>{"s3:GetObject"});
  CHECK(access[1].resources == std::vector<std::string>{"arn:aws:s3:::b"});
  CHECK(access_of(R"({"actions": []})").size() == 1);
}

TEST_CASE(
    "check access: what is neither shorthand nor an access is refused, and nothing is asked") {
  for (const char* text : {"", "s3:GetObject", "action=s3:GetObject", "[5]", "{\"actions\": 5}",
                           "{\"actions\": [5]}", "{\"regions\": []}", "[[\"x\"]]"}) {
    INFO(text);
    std::vector<AccessQuestion> access;
    const auto error = read_access(text, access);
    REQUIRE(error);
    CHECK(error->code == ErrorCode::kInvalidArgument);
    CHECK(access.empty());
  }
  for (const char* text : {"{", "[", "{\"actions\": ", "[\xff]", "{\"a\": \"\\ud800\"}"}) {
    INFO(text);
    std::vector<AccessQuestion> access;
    CHECK(read_access(text, access));
    CHECK(access.empty());
  }
}

TEST_CASE("check access: JSON that is nested without end is an error, not a crash") {
  std::vector<AccessQuestion> access;
  const auto error = read_access(std::string(100'000, '['), access);
  REQUIRE(error);
  CHECK(error->code == ErrorCode::kLimitExceeded);
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += '[';
  for (int i = 0; i < 100; ++i) deep += ']';
  CHECK(!read_access(deep, access));
  CHECK(access.empty());
}

TEST_CASE("check access: a hundred actions and a hundred resources, and no more") {
  std::vector<std::string> actions(kMaxAccessEntries, "s3:GetObject");
  std::vector<std::string> resources(kMaxAccessEntries, "arn:aws:s3:::b/k");
  CHECK(refused({{actions, resources}}).empty());
  actions.emplace_back("s3:PutObject");
  CHECK(refused({{actions, {}}}) == "more than 100 actions or resources");
  resources.emplace_back("arn:aws:s3:::b/l");
  CHECK(refused({{{}, resources}}) == "more than 100 actions or resources");
}

TEST_CASE("check access: wildcards stand only in the part of an ARN that names the resource") {
  for (const char* good :
       {"arn:aws:s3:::b/*", "arn:aws:iam::111122223333:role/?", "arn:aws:s3:::*"})
    CHECK(refused({{{}, {good}}}).empty());
  for (const char* bad : {"b", "*", "", "arn:aws:s3", "arn:aws:s3:::", "arn:aws:*:::b",
                          "arn:aws:iam::*:role/r", "arn:a?s:s3:::b"})
    CHECK(refused({{{}, {bad}}}).starts_with("Invalid ARN: `"));
  CHECK(refused({{{"s3:Get*", "iam"}, {}}}) == "`iam` is no action");
}

TEST_CASE("check access: a question without action and resource is refused, the second one too") {
  CHECK(refused({}) == "no action and no resource is given");
  CHECK(refused({{}}) == "no action and no resource is given");
  CHECK(refused({{{"s3:GetObject"}, {}}, {}}) == "no action and no resource is given");
}

TEST_CASE("check: what a message quotes is short and without control characters") {
  const std::string message = refused({{{}, {"\x1b[2J" + std::string(10'000, 'x')}}});
  CHECK(message.starts_with("Invalid ARN: `\\x1b[2Jxx"));
  CHECK(message.size() < 200);
}

TEST_CASE("check line: every kind of question is answered, as docs/schema says") {
  for (const json& question : kQuestions) {
    CHECK(is_valid(schema("check-question-v1"), question));
    const json answer = answer_to_line(question.dump());
    CHECK(answer["id"] == question.value("id", json(nullptr)));
    CHECK(answer.contains("result"));
    CHECK(!answer.contains("microseconds"));
  }
}

TEST_CASE("check line: the answer has the time when there is a clock") {
  std::uint64_t now = 40;
  const auto clock = [&now] { return now += 2; };
  const json answer = json::parse(run_check_line(kQuestions[5].dump(), 1, clock).json);
  CHECK(answer["microseconds"] == 2);
  CHECK(is_valid(schema("check-answer-v1"), answer));
}

TEST_CASE("check line: what is no question has an error with code, line and help") {
  CHECK(complaint_of("") != "");
  CHECK(complaint_of("[]") == "the line is no JSON object");
  CHECK(complaint_of("{\"id\": \"cut off") != "");
  CHECK(complaint_of(R"({"id": 1})") == "`kind` is none of the checks");
  CHECK(complaint_of(R"({"kind": ["redundancy"]})") == "`kind` is none of the checks");
  CHECK(complaint_of(R"({"kind": "redundancy", "policy": 5})").starts_with("the given policy: "));
  CHECK(
      complaint_of(R"({"kind": "redundancy", "policy": {"Statement": []}, "policyTpye": "scp"})") ==
      "a question has no member `policyTpye`");
  CHECK(complaint_of(R"({"kind": "no-public-access", "policy": {"Statement": []},
      "resourceType": ["x"]})")
            .starts_with("`[\"x\"]` is no resource type"));
  CHECK(complaint_of(R"({"kind": "redundancy", "policy": {"Statement": []}, "policyType": 5})") ==
        "`5` is no type of policy");
}

TEST_CASE("check line: no bytes make it crash, and every answer is one line of valid JSON") {
  std::vector<std::string> lines = {std::string(100'000, '['),
                                    "\xff\xfe{\"\0\"",
                                    "\xef\xbb\xbf{}",
                                    R"({"id": "\ud800"})",
                                    R"({"id": 1e999, "kind": 0})",
                                    std::string("{\"id\": \"\0\"}", 11),
                                    "{\"id\": 1, \"id\": 2}"};
  for (const json& question : kQuestions) {
    const std::string whole = question.dump();
    for (std::size_t size = 0; size < whole.size(); size += 3) {
      lines.push_back(whole.substr(0, size));
      lines.push_back(whole.substr(0, size) + "\xc3" + whole.substr(size + 1));
    }
  }
  for (const std::string& line : lines) {
    INFO(line.substr(0, 200));
    answer_to_line(line);
  }
}

TEST_CASE("check schema: what the reader refuses the schema refuses") {
  const test::JsonSchema questions = schema("check-question-v1");
  const auto refuses = [&](std::size_t which, const char* name, const json& value) {
    json bad = kQuestions[which];
    bad[name] = value;
    INFO(bad.dump());
    CHECK(!questions.complaints(bad).empty());
    complaint_of(bad.dump());
  };
  refuses(0, "kind", "no-access");
  refuses(0, "policyTpye", "RESOURCE_POLICY");
  refuses(0, "new", 5);
  refuses(0, "policyType", 5);
  refuses(2, "access", 5);
  refuses(2, "access", json::object());
  refuses(2, "access", json::array());
  refuses(2, "access", {{"actions", {5}}});
  refuses(2, "access", {{"actions", std::vector<std::string>(101, "s3:GetObject")}});
  refuses(4, "resourceType", "Bucket");
  for (const char* name : {"existing", "new"}) {
    json bad = kQuestions[0];
    bad.erase(name);
    CHECK(!questions.complaints(bad).empty());
    complaint_of(bad.dump());
  }
}
