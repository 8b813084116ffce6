// Test files for policies.
#include "iamcheck/test_cases.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "catch.h"

using namespace iamcheck;

namespace {

const std::string kFixtures = R"(
policies:
  read:
    Version: 2012-10-17
    Statement:
      - {Sid: Read, Effect: Allow, Action: "s3:Get*", Resource: "*"}
      - {Sid: NoPay, Effect: Deny, Action: "*", Resource: "arn:aws:s3:::pay/*"}
      - {Sid: Idle, Effect: Allow, Action: "ec2:*", Resource: "*"}
principals:
  alice: {principal: "arn:aws:iam::111122223333:user/alice", identityPolicies: [read]}
  bob: arn:aws:iam::111122223333:user/bob
resources:
  open: arn:aws:s3:::open/k
  pay: arn:aws:s3:::pay/k
contexts:
  office: {"aws:SourceIp": 192.0.2.1}
)";

TestReport run(const std::string& text, const std::string& name = "t.yaml") {
  TestRun run;
  run.add(Source::from_bytes(name, text));
  return run.report();
}

TestReport run_cases(const std::string& cases) { return run(kFixtures + cases); }

std::string first_error(const TestReport& report) {
  REQUIRE_FALSE(report.errors.empty());
  return report.errors[0].error.message;
}

}  // namespace

TEST_CASE("test: a case is completed by what its principal and its resource stand for") {
  const TestReport report = run_cases(R"(
cases:
  - {principal: alice, action: "s3:GetObject", resource: open, expect: allowed}
  - {principal: alice, action: "s3:GetObject", resource: pay, expect: ExplicitlyDenied}
  - {principal: bob, action: "s3:GetObject", resource: open, expect: ImplicitlyDenied}
  - {principal: bob, action: "s3:GetObject", resource: open, identityPolicies: [read], expect: Allowed}
)");
  CHECK(report.errors.empty());
  CHECK(report.passed == 4);
  CHECK(report.failed == 0);
}

TEST_CASE("test: a case that gets another decision fails, and says where and why") {
  const TestReport report = run_cases(R"(
cases:
  - why: alice may
    rule: S9.2
    principal: alice
    action: s3:GetObject
    resource: pay
    expect: allowed
)");
  REQUIRE(report.cases.size() == 1);
  const CaseOutcome& outcome = report.cases[0];
  CHECK_FALSE(outcome.passed);
  CHECK(outcome.line == 19);
  CHECK(outcome.rule == "S9.2");
  CHECK(outcome.name == "alice may: alice s3:GetObject pay");
  REQUIRE(outcome.details.size() >= 2);
  CHECK(outcome.details[0] == "expected allowed, got ExplicitlyDenied");
  const std::string text = render_test_text(report, false);
  CHECK(text.find("explicit deny by read, statement NoPay (t.yaml:7:") != std::string::npos);
  CHECK(text.find("0 passed, 1 failed\n") != std::string::npos);
}

TEST_CASE("test: places in JSON Lines count from the beginning of the file") {
  const std::string one =
      R"({"principal": "arn:aws:iam::111122223333:user/a", "action": "a:b", "resource": "*", )"
      R"("identityPolicies": [{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}], )";
  const TestReport report =
      run(one + "\"expect\": \"allowed\"}\n\n" + one + "\"expect\": \"denied\"}\n{\"expect\": 5}\n",
          "t.jsonl");
  CHECK(report.passed == 1);
  REQUIRE(report.cases.size() == 2);
  CHECK(report.cases[1].line == 3);
  CHECK(render_test_text(report, false).find("(t.jsonl:3:") != std::string::npos);
  REQUIRE(report.errors.size() == 1);
  CHECK(report.errors[0].line == 4);
}

TEST_CASE("test: a table asks every cell, and expects something of each") {
  const std::string head = R"(
tables:
  - principals: [alice, bob]
    actions: ["s3:GetObject", "s3:PutObject"]
    resources: [open, pay]
    expect: )";
  const TestReport good = run_cases(
      head +
      "{alice: {\"s3:GetObject\": {open: allowed, pay: denied}, \"*\": denied}, bob: denied}\n");
  CHECK(good.errors.empty());
  CHECK(good.passed == 8);
  CHECK(run_cases(head + "denied\n").failed == 1);
  CHECK(first_error(run_cases(head + "{alice: denied}\n")).find("expects nothing of `bob`") !=
        std::string::npos);
  CHECK(first_error(run_cases(head + "{alise: denied, '*': denied}\n")).find("`alise`") !=
        std::string::npos);
}

TEST_CASE("test: contexts are names, keys, or a list of both") {
  const std::string head = R"(
cases:
  - principal: bob
    action: s3:GetObject
    resource: open
    identityPolicies: [{Statement: {Effect: Allow, Action: "*", Resource: "*", Condition:
        {IpAddress: {"aws:SourceIp": 192.0.2.0/24}, Bool: {"aws:SecureTransport": true}}}}]
    expect: allowed
    context: )";
  CHECK(run_cases(head + "[office, {\"aws:SecureTransport\": true}]\n").passed == 1);
  CHECK(run_cases(head + "office\n").failed == 1);
  CHECK(first_error(run_cases(head + "ofice\n")).find("no context `ofice`") != std::string::npos);
}

TEST_CASE("test: a case can say which keys are missing and which statement decides") {
  const std::string head = R"(
cases:
  - principal: alice
    action: s3:GetObject
    resource: pay
    expect: denied
)";
  CHECK(run_cases(head + "    decidedBy: {policy: read, sid: NoPay}\n").passed == 1);
  CHECK(run_cases(head + "    decidedBy: {sid: Read}\n").failed == 1);
  CHECK(run_cases(head + "    missingContext: []\n").passed == 1);
  CHECK(run_cases(head + "    missingContext: [\"aws:SourceIp\"]\n").failed == 1);
}

TEST_CASE("test: coverage counts the cases that each statement decided") {
  const TestReport report = run_cases(R"(
cases:
  - {principal: alice, action: "s3:GetObject", resource: pay, expect: denied}
)");
  REQUIRE(report.statements.size() == 3);
  CHECK(report.statements[0].decided == 0);  // without it the case would be denied just as well
  CHECK(report.statements[0].applied == 1);
  CHECK(report.statements[1].decided == 1);
  CHECK(report.statements[2].decided == 0);
  CHECK(report.statements[2].sid == "Idle");
  const std::string text = render_test_text(report, true);
  CHECK(text.find("never decided any case: read, statement 2 \"Idle\" (t.yaml:8)") !=
        std::string::npos);
  CHECK(text.find("coverage: 1 of 3 statements decided a case") != std::string::npos);
}

TEST_CASE("test: coverage counts no layer that the case would have been allowed without") {
  const std::string fixtures = R"(
policies:
  identity: {Statement: {Effect: Allow, Action: "s3:*", Resource: "*"}}
  bucket:
    Statement:
      - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:root"}, Action: "*", Resource: "*"}
      - {Effect: Allow, Principal: {AWS: "arn:aws:iam::111122223333:user/a"}, Action: "*", Resource: "*"}
  boundary: {Statement: {Effect: Allow, Action: "s3:*", Resource: "*"}}
cases:
  - principal: arn:aws:iam::111122223333:user/a
    action: s3:GetObject
    resource: arn:aws:s3:::b/k
    identityPolicies: [identity]
    resourcePolicy: bucket
    permissionBoundaries: [boundary]
    expect: allowed
)";
  // The resource-based policy names the user: nothing else is needed in one account (S9.4), and all
  // of it across two (S9.5). Rows: boundary, bucket 0, bucket 1, identity.
  const auto decided = [](const TestReport& report) {
    CHECK(report.errors.empty());
    CHECK(report.passed == 1);
    std::string counts;
    for (const StatementCoverage& row : report.statements)
      counts += row.policy + " " + std::to_string(row.decided) + "; ";
    return counts;
  };
  CHECK(decided(run(fixtures)) == "boundary 0; bucket 0; bucket 1; identity 0; ");
  CHECK(decided(run(fixtures + "    resourceAccountId: \"444455556666\"\n")) ==
        "boundary 1; bucket 0; bucket 1; identity 1; ");
}

TEST_CASE("test: a condition key in two spellings is an error of its case") {
  const std::string head =
      "cases:\n  - {principal: bob, action: \"s3:GetObject\", resource: open, expect: denied, ";
  for (const std::string context :
       {R"({"aws:SourceIp": 192.0.2.1, "aws:sourceip": 192.0.2.2})",
        R"([office, {"aws:SourceIp": 192.0.2.1, "AWS:SOURCEIP": null}])"}) {
    const TestReport report = run_cases(head + "context: " + context + "}\n");
    INFO(context);
    CHECK(first_error(report).find("is the same condition key as `aws:SourceIp`") !=
          std::string::npos);
    CHECK(report.cases.empty());
  }
  CHECK(first_error(run(R"({"expect": "denied", "principal": "*anonymous*", "action": "s3:Get",
      "resource": "*", "context": {"a:B": "1", "A:b": "2"}})"
                        "\n",
                        "t.json")) != "");
  // Of several contexts the later wins, in whatever case it writes the key.
  const TestReport report = run_cases(R"(
cases:
  - {principal: bob, action: "s3:GetObject", resource: open, expect: allowed,
     context: [office, {"AWS:sourceIP": 198.51.100.7}],
     identityPolicies: [{Statement: {Effect: Allow, Action: "*", Resource: "*",
                         Condition: {IpAddress: {"aws:SourceIp": 198.51.100.7}}}}]}
)");
  CHECK(report.errors.empty());
  CHECK(report.passed == 1);
}

TEST_CASE("test: what only a case can say is an error under defaults and fixtures") {
  const std::string one =
      "cases:\n  - {principal: bob, action: \"s3:GetObject\", resource: open, expect: denied}\n";
  for (const std::string member : {"decidedBy: {sid: Read}", "missingContext: [\"aws:SourceIp\"]",
                                   "expect: denied", "why: no", "rule: S1"}) {
    INFO(member);
    const std::string name = member.substr(0, member.find(':'));
    const TestReport report = run_cases("defaults: {" + member + "}\n" + one);
    CHECK(first_error(report) == "`defaults` says `" + name + "`, which is no part of a request");
    CHECK(report.errors[0].error.help == "write it in each case");
    CHECK(report.cases.size() == 1);
    CHECK(first_error(run("principals: {bob: {principal: \"*anonymous*\", " + member + "}}\n" +
                          "resources: {open: \"arn:aws:s3:::open/k\"}\n" + one)) ==
          "`bob` under `principals` says `" + name + "`, which is no part of a request");
  }
  CHECK(first_error(run_cases("defaults: [mode]\n" + one)) ==
        "`defaults` is a list, not an object");
  CHECK(run_cases("defaults:\n" + one).errors.empty());
}

TEST_CASE("test: a role or issuer that cannot be behind the principal is an error of its case") {
  const TestReport report =
      run(R"({"expect": "denied", "principal": "arn:aws:sts::111122223333:assumed-role/ci/x", )"
          R"("action": "s3:GetObject", "resource": "*", )"
          R"("principalRoleArn": "arn:aws:iam::111122223333:role/build/cd"})"
          "\n",
          "t.jsonl");
  CHECK(first_error(report).find("is not the role of the session") != std::string::npos);
  CHECK(report.cases.empty());
}

TEST_CASE("test: what cannot be read wholly is an error, never a passed case") {
  const auto check = [](const std::string& one_case, const std::string& message) {
    INFO(one_case);
    const TestReport report = run_cases("\ncases:\n  - " + one_case + "\n");
    CHECK(report.passed + report.failed == 0);
    CHECK(first_error(report).find(message) != std::string::npos);
    CHECK(report.errors[0].line >= 17);
  };
  const std::string request = "principal: alice, action: a:b, resource: open";
  check("{" + request + "}", "does not say what to `expect`");
  check("{" + request + ", expect: maybe}", "does not say what to `expect`");
  check("{" + request + ", expect: denied, identityPolicy: [read]}", "no member `identityPolicy`");
  check("{" + request + ", expect: denied, sessionPolicies: [rede]}", "no policy `rede`");
  check("{principal: alice, action: a:b, expect: denied}", "lacks `resource`");
  check("allowed", "a case is an object");
  CHECK(first_error(run(kFixtures + "cases: []\ncasess: []\n")).find("`casess`") !=
        std::string::npos);
  CHECK(first_error(run("a: [")).size() > 0);
  CHECK(first_error(run("policies: {p: {file: x.json}}\ncases: []\n")).find("no files") !=
        std::string::npos);
}

TEST_CASE("test: policies come from files beside the test, and by the names AWS gives") {
  TestOptions options;
  std::string asked;
  options.read_file = [&](const std::string& from, const std::string& path) -> Result<std::string> {
    asked = from + " " + path;
    return std::string(R"({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})");
  };
  TestRun run(options);
  run.add(Source::from_bytes("d/t.yaml", R"(
policies: {mine: {file: p.json}, aws: {managed: ReadOnlyAccess}}
cases:
  - {principal: "arn:aws:iam::111122223333:user/a", action: "s3:PutObject", resource: "arn:aws:s3:::b/k",
     identityPolicies: [mine], expect: allowed}
  - {principal: "arn:aws:iam::111122223333:user/a", action: "s3:PutObject", resource: "arn:aws:s3:::b/k",
     identityPolicies: [aws], expect: denied}
)"));
  CHECK(asked == "d/t.yaml p.json");
  CHECK(run.report().passed == 2);
  CHECK(run.report().errors.empty());
}

TEST_CASE("test: TAP and JUnit hold every case and every error, whatever its text") {
  const TestReport report = run_cases(
      "\ncases:\n"
      "  - {why: \"<a> & # \\\"b\\\" \\e[2J\", principal: bob, action: a:b, resource: open, "
      "expect: allowed}\n"
      "  - {principal: bob, action: a:b, resource: open, expect: denied}\n"
      "  - {principal: bob, action: a:b, expect: denied}\n");
  const std::string tap = render_tap(report);
  CHECK(tap.starts_with("TAP version 13\n1..3\nnot ok 1 - <a> & \\# \"b\" \\\\x1b[2J"));
  CHECK(tap.find("\nok 2 - bob a:b open\n") != std::string::npos);
  CHECK(tap.find("\nnot ok 3 - cannot be read\n") != std::string::npos);
  const std::string junit = render_junit(report);
  CHECK(junit.find("tests=\"3\" failures=\"1\" errors=\"1\"") != std::string::npos);
  CHECK(junit.find("&lt;a&gt; &amp; # &quot;b&quot; \\x1b[2J") != std::string::npos);
  CHECK(junit.find('\x1b') == std::string::npos);
}

TEST_CASE("test: the conformance cases are test cases, each cites its rule, and every one holds") {
  std::size_t files = 0, cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(IAMCHECK_SOURCE_DIR) / "tests/conformance")) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    const TestReport report = run(text.str(), entry.path().filename().string());
    INFO(render_test_text(report, false));
    CHECK(report.failed == 0);
    CHECK(report.errors.empty());
    for (const CaseOutcome& outcome : report.cases) {
      CHECK_FALSE(outcome.rule.empty());
      CHECK_FALSE(outcome.name.empty());
    }
    ++files;
    cases += report.cases.size();
  }
  CHECK(files >= 14);
  CHECK(cases >= 1000);
}

TEST_CASE("test: a key that stands twice is an error, in YAML and in JSON, wherever it stands") {
  const std::string good = R"({principal: bob, action: "a:b", resource: open, expect: denied)";
  for (const std::string& text : {kFixtures + "cases: [" + good + "}]\ncases: [" + good + "}]\n",
                                  kFixtures + "cases: [" + good + ", expect: allowed}]\n",
                                  kFixtures + "cases: [" + good + ", context: {a: 1, a: 2}}]\n",
                                  kFixtures + "principals: {}\ncases: [" + good + "}]\n"}) {
    INFO(text);
    const TestReport report = run(text);
    CHECK(first_error(report).find("stands twice in one object") != std::string::npos);
    CHECK(report.passed + report.failed == 0);
  }
  const std::string json =
      R"({"principal": "*anonymous*", "action": "a:b", "resource": "*", "expect": "denied")";
  CHECK(run(json + "}", "t.jsonl").passed == 1);
  CHECK(first_error(run(json + R"(, "expect": "denied"})", "t.jsonl")).find("`expect` stands") ==
        0);
  CHECK(first_error(run("{\"cases\": [" + json + "}], \"cases\": []}", "t.json"))
            .find("`cases` stands") == 0);
  const std::string merged =
      "cases:\n  - &a " + good + "}\n  - {<<: *a, expect: ImplicitlyDenied}\n";
  CHECK(run(kFixtures + merged).passed == 2);
}

TEST_CASE("test: a file without a case is an error") {
  for (const std::string& text : {kFixtures + "cases: []\n", kFixtures + "tables: []\n",
                                  std::string("[]"), kFixtures + "cases: []\ntables: []\n"}) {
    INFO(text);
    CHECK(first_error(run(text)).find("the file has no test case") == 0);
  }
  CHECK(first_error(run("", "<stdin>")).find("the file has no test case") == 0);
  CHECK(first_error(run("\n\n", "t.jsonl")).find("the file has no test case") == 0);
}

TEST_CASE("test: a word that names nothing is an error with the nearest fixture") {
  const auto check = [](const std::string& members, const std::string& wrong,
                        const std::string& help) {
    INFO(members);
    const TestReport report = run_cases("\ncases:\n  - {" + members + ", expect: denied}\n");
    CHECK(report.passed + report.failed == 0);
    CHECK(first_error(report).find(wrong) == 0);
    CHECK(report.errors[0].error.help.find(help) != std::string::npos);
    CHECK(report.errors[0].line == 19);
  };
  const std::string ask = "action: a:b, resource: open, principal: ";
  check(ask + "alise", "`alise` is neither a principal", "did you mean `alice`?");
  check(ask + "somebody", "`somebody` is neither a principal", "under `principals`");
  check("principal: bob, action: a:b, resource: opne", "`opne` is neither a resource", "`open`?");
  for (const std::string action : {"GetObject", "'s3:'", "':x'", "'s3:Get*'"})
    check("principal: bob, resource: open, action: " + action, "`", "service:Name");
  check(ask + "bob, decidedBy: {polcy: read}", "`decidedBy`", "policy");
  check(ask + "bob, missingContext: a", "`missingContext`", "aws:SourceIp");
  for (const std::string principal : {"ec2.amazonaws.com", "\"*anonymous*\"", "'*'"})
    CHECK(run_cases("\ncases: [{" + ask + principal + ", expect: denied}]\n").passed == 1);
}

TEST_CASE("test: a doubt about a case is told in every format, and fails nothing") {
  const TestReport report = run_cases(R"(
cases:
  - {principal: alice, action: "s3:GetObjekt", resource: open, expect: allowed}
  - {principal: alice, action: "s3:GetObjekt", resource: open, expect: allowed}
  - {principal: bob, action: "s4:GetObject", resource: open, expect: denied}
  - {principal: bob, action: "s3:GetObject", resource: open, expect: allowed, identityPolicies: [
      {Statement: {Effect: Allow, Action: "*", Resource: "*", Principal: "*"}}]}
)");
  CHECK(report.passed == 4);
  const std::string text = render_test_text(report, false);
  CHECK(text.find("warning t.yaml:19: unknown-action: ") != std::string::npos);
  CHECK(
      text.find("did you mean `s3:GetObject`?; it was decided as written (and in 1 more case)\n") !=
      std::string::npos);
  CHECK(text.find("warning t.yaml:21: unknown-service: ") != std::string::npos);
  CHECK(text.find("policy-element: ") != std::string::npos);
  CHECK(render_tap(report).find("# warning: unknown-action: ") != std::string::npos);
  CHECK(render_junit(report).find("<system-out>warning: unknown-action: ") != std::string::npos);
}

TEST_CASE("test: an Allow of a layer that only limits decides the cases that it lets through") {
  for (const std::string layer :
       {"permissionBoundaries: [limit]", "sessionPolicies: [limit]", "vpcEndpointPolicies: [limit]",
        "serviceControlPolicies: [{orgIdentifier: root, policies: [limit]}]"}) {
    INFO(layer);
    const std::string session =
        layer.starts_with("session") ? "\"arn:aws:sts::111122223333:assumed-role/r/s\"" : "alice";
    const std::string one = ", resource: open, identityPolicies: [read], " + layer;
    const std::string whom = layer.starts_with("vpc") ? "Principal: \"*\", " : "";
    const TestReport report = run(R"(
policies:
  limit: {Statement: [{)" + whom + R"(Effect: Allow, Action: "s3:Get*", Resource: "*"},
                      {)" + whom + R"(Effect: Allow, Action: "s3:Put*", Resource: "*"}]}
  read: {Statement: {Effect: Allow, Action: "s3:Get*", Resource: "*"}}
principals: {alice: "arn:aws:iam::111122223333:user/alice"}
resources: {open: "arn:aws:s3:::open/k"}
cases:
  - {principal: )" + session + ", action: \"s3:GetObject\", expect: allowed" +
                                  one + "}\n  - {principal: " + session +
                                  ", action: \"s3:PutObject\", expect: denied" + one + "}\n");
    CHECK(report.errors.empty());
    CHECK(report.passed == 2);
    REQUIRE(report.statements.size() == 3);
    CHECK(report.statements[0].decided == 1);
    CHECK(report.statements[1].decided == 0);  // it allowed nothing that another layer granted
    CHECK(report.statements[1].applied == 1);
    CHECK(report.statements[2].decided == 1);
  }
}

TEST_CASE("test: S10.2 a case with units is one call") {
  const TestReport report = run_cases(R"(
cases:
  - {principal: alice, action: "s3:GetObject", resource: open, units: [{action: "ec2:RunInstances", resource: "*"}], expect: allowed}
  - {principal: alice, action: "s3:GetObject", units: [{resource: open}, {resource: pay}], expect: ExplicitlyDenied, decidedBy: {sid: NoPay}}
  - {principal: alice, units: [{action: "s3:GetObject", resource: open}, {action: "s3:PutObject", resource: open}], expect: ImplicitlyDenied}
  - {principal: alice, action: "s3:GetObject", resource: open, units: [{resource: pay}], expect: allowed}
)");
  CHECK(report.errors.empty());
  CHECK(report.passed == 3);
  REQUIRE(report.failed == 1);
  const CaseOutcome& failed = report.cases[3];
  CHECK(failed.name == "alice s3:GetObject open and 1 more");
  REQUIRE(failed.details.size() >= 2);
  CHECK(failed.details[1] == "user/alice cannot s3:GetObject on 2 resources: unit 2 of 2");
}

TEST_CASE("test: S10.2 the statements that decide the units of a case count once for it") {
  const TestReport report = run_cases(R"(
cases:
  - {principal: alice, action: "s3:GetObject", resource: open, units: [{resource: open}, {action: "ec2:RunInstances", resource: "*"}], expect: allowed}
)");
  REQUIRE(report.statements.size() == 3);
  CHECK(report.statements[0].decided == 1);
  CHECK(report.statements[0].applied == 1);
  CHECK(report.statements[1].decided == 0);
  CHECK(report.statements[2].decided == 1);
}

TEST_CASE("test: S10.2 a unit takes account and context of its resource, and no policies") {
  const std::string fixtures = kFixtures + R"(
  mfa: {"aws:MultiFactorAuthPresent": true}
defaults: {identityPolicies: [{Statement: {Effect: Allow, Action: "*", Resource: "*", Condition: {Bool: {"aws:MultiFactorAuthPresent": "true"}}}}]}
)";
  const auto with_resource = [&](const std::string& resource) {
    std::string text = fixtures;
    text.insert(text.find("contexts:"), "  vault: " + resource + "\n");
    return run(text + R"(cases:
  - {principal: "arn:aws:iam::111122223333:user/carl", action: "s3:GetObject", units: [{resource: vault}, {resource: open, context: mfa}], expect: allowed}
)");
  };
  CHECK(with_resource("{resource: 'arn:aws:s3:::v/k', context: mfa}").passed == 1);
  CHECK(with_resource("{resource: 'arn:aws:s3:::v/k'}").failed == 1);
  CHECK(first_error(with_resource("{resource: 'arn:aws:s3:::v/k', resourcePolicy: read}")) ==
        "`vault` under `resources` has `resourcePolicy`, which one unit cannot have alone");
  CHECK(first_error(run_cases(R"(
cases:
  - {principal: alice, action: "s3:GetObject", units: [{resource: opn}], expect: allowed}
)")) == "`opn` is neither a resource nor a name of one");
}
