// S10.2: what simulate and test check of every request holds for calls of several units too.
#include <nlohmann/json.hpp>
#include <string>

#include "catch.h"
#include "iamcheck/simulate.h"
#include "iamcheck/test_cases.h"

using namespace iamcheck;

namespace {

const std::string kWrongRole =
    R"("principal": "arn:aws:sts::111122223333:assumed-role/ci/run7", )"
    R"("principalRoleArn": "arn:aws:iam::111122223333:role/cd", )"
    R"("units": [{"action": "a:b", "resource": "*"}, {"action": "a:c", "resource": "*"}])";

TestReport run(const std::string& text) {
  TestRun run{TestOptions{}};
  run.add(Source::from_bytes("t.yaml", text));
  return run.report();
}

std::string first_error(const TestReport& report) {
  return report.errors.empty() ? std::string() : report.errors[0].error.message;
}

}  // namespace

TEST_CASE("simulate and test: S10.2 a call has a role that can be behind its principal") {
  const std::string message = "is not the role of the session";
  Simulator simulator{SimulateOptions{}};
  const std::string answer = simulator.feed("{" + kWrongRole + "}\n") + simulator.finish();
  const auto line = nlohmann::json::parse(answer);
  REQUIRE(line.contains("error"));
  CHECK(line["error"]["message"].get<std::string>().find(message) != std::string::npos);
  const TestReport report = run("cases:\n  - {" + kWrongRole + R"(, "expect": "denied"})" + "\n");
  CHECK(report.cases.empty());
  CHECK(first_error(report).find(message) != std::string::npos);
}

TEST_CASE("simulate: a condition key in two spellings is an error, of the request and of a unit") {
  const auto error = [](const std::string& more) {
    Simulator simulator{SimulateOptions{}};
    const std::string line = R"({"principal": "arn:aws:iam::111122223333:user/a", )" + more + "}";
    const std::string answer = simulator.feed(line + "\n") + simulator.finish();
    const auto parsed = nlohmann::json::parse(answer);
    return parsed.contains("error") ? parsed["error"]["message"].get<std::string>() : "";
  };
  const std::string ask = R"("action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", )";
  const std::string two =
      R"("context": {"aws:SourceIp": "192.0.2.1", "AWS:sourceip": "192.0.2.2"})";
  const std::string message = "`AWS:sourceip` is the same condition key as `aws:SourceIp`";
  CHECK(error(ask + two) == message);
  CHECK(error(R"("units": [{"action": "s3:GetObject", "resource": "*", )" + two + "}]") == message);
  CHECK(error(ask + R"("context": {"a:b": "1", "a:b": "2"})") ==
        "`a:b` is the same condition key as `a:b`");
  CHECK(error(ask + R"("context": {"aws:SourceIp": "192.0.2.1"})").empty());
  // A unit's own key wins over that of the call, in whatever spelling.
  CHECK(error(R"("context": {"aws:SourceIp": "192.0.2.1"}, )"
              R"("units": [{"action": "s3:GetObject", "resource": "*", )"
              R"("context": {"AWS:SourceIP": "192.0.2.2"}}])")
            .empty());
}

TEST_CASE("test: S10.2 a condition key in two spellings is an error of its unit") {
  const auto error = [](const std::string& context) {
    return first_error(run(R"(
resources: {bucket: {resource: "arn:aws:s3:::b", context: {"aws:SourceIp": 192.0.2.1}}}
cases:
  - principal: "arn:aws:iam::111122223333:user/a"
    action: s3:ListBucket
    units: [{resource: bucket}, {resource: "*", context: )" +
                           context + "}]\n    expect: denied\n"));
  };
  CHECK(error(R"({"aws:SourceIp": 192.0.2.1, "AWS:SourceIP": 192.0.2.2})") ==
        "`AWS:SourceIP` is the same condition key as `aws:SourceIp`");
  CHECK(error(R"([{"aws:SourceIp": 192.0.2.1}, {"AWS:SourceIP": 192.0.2.2}])").empty());
}

TEST_CASE("test: S10.2 a layer decided a call where it decided one of its units") {
  // The bucket's policy names the user: without the boundary nothing would be other than it is
  // there (S9.4), while the queue needs it. Rows: bucket, identity, limit.
  const auto decided = [](const std::string& units, const std::string& expect) {
    const TestReport report = run(R"(
policies:
  bucket: {Statement: {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:user/a"}, Action: "s3:*", Resource: "*"}}
  identity: {Statement: {Effect: Allow, Action: "*", Resource: "*"}}
  limit: {Statement: {Effect: Allow, Action: ["s3:*", "sqs:SendMessage"], Resource: "*"}}
cases:
  - principal: "arn:aws:iam::111122223333:user/a"
    identityPolicies: [identity]
    resourcePolicy: bucket
    permissionBoundaries: [limit]
    units: [)" + units +
                                  "]\n    expect: " + expect + "\n");
    CHECK(report.errors.empty());
    CHECK(report.passed == 1);
    std::string counts;
    for (const StatementCoverage& row : report.statements)
      counts += row.policy + " " + std::to_string(row.decided) + "; ";
    return counts;
  };
  const std::string get = R"({action: "s3:GetObject", resource: "arn:aws:s3:::b/k"})";
  const std::string put = R"({action: "s3:PutObject", resource: "arn:aws:s3:::b/k"})";
  const std::string send =
      R"({action: "sqs:SendMessage", resource: "arn:aws:sqs:eu-west-1:111122223333:q"})";
  const std::string receive =
      R"({action: "sqs:ReceiveMessage", resource: "arn:aws:sqs:eu-west-1:111122223333:q"})";
  CHECK(decided(get + ", " + put, "allowed") == "bucket 1; identity 0; limit 0; ");
  CHECK(decided(get + ", " + send, "allowed") == "bucket 1; identity 1; limit 1; ");
  // The unit that decides is denied because nothing allows: an Allow of another unit decided
  // nothing.
  CHECK(decided(get + ", " + receive, "ImplicitlyDenied") == "bucket 0; identity 0; limit 0; ");
}
