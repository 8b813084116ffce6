#include "iamcheck/summary.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/action_list.h"
#include "iamcheck/action_list_report.h"
#include "iamcheck/arn.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/policy.h"
#include "iamcheck/summary_report.h"
#include "json_schema.h"
#include "whole_file.h"

using namespace iamcheck;

namespace {

const Catalogue& catalogue() { return Catalogue::embedded(); }

PolicySummary summary_of(const std::string& statements,
                         std::optional<PolicyKind> kind = std::nullopt) {
  const auto policy =
      parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
  REQUIRE(policy);
  Result<PolicySummary> summary = summarize(*policy, catalogue(), {.kind = kind, .path = ""});
  REQUIRE(summary);
  return *std::move(summary);
}

// One statement.
StatementSummary words_of(const std::string& members, PolicyKind kind = PolicyKind::kIdentity) {
  return summary_of("{" + members + "}", kind).statements.at(0);
}

std::string condition_words_of(const std::string& condition) {
  const auto words = words_of(
      R"("Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": )" + condition);
  REQUIRE(words.conditions.size() == 1);
  return words.conditions[0];
}

std::vector<std::string> paths_of(const PolicySummary& summary) {
  std::vector<std::string> paths;
  for (const EscalationSummary& path : summary.escalations) paths.push_back(path.path);
  return paths;
}

const EscalationSummary& path_named(const PolicySummary& summary, const std::string& name) {
  const auto found = std::ranges::find(summary.escalations, name, &EscalationSummary::path);
  REQUIRE(found != summary.escalations.end());
  return *found;
}

std::size_t size_of(const std::string& pattern) {
  return count(expand_actions(catalogue(), {pattern})->actions);
}

}  // namespace

TEST_CASE("explain: actions are counted by service and access level") {
  const auto summary = summary_of(
      R"({"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket", "iam:PassRole"],
          "Resource": "*"})");
  CHECK(summary.allowed == 3);
  CHECK(summary.unlimited == 3);
  REQUIRE(summary.services.size() == 2);
  const ServiceSummary& s3 = summary.services[1];
  CHECK(s3.prefix == "s3");
  CHECK(s3.allowed == 2);
  CHECK(s3.known == size_of("s3:*"));
  REQUIRE(s3.levels.size() == 2);
  CHECK(s3.levels[0].level == AccessLevel::kList);
  CHECK(s3.levels[0].actions == std::vector<std::string>{"ListBucket"});
  CHECK(s3.levels[1].actions == std::vector<std::string>{"GetObject"});
  CHECK(s3.levels[1].unlimited == 1);
}

TEST_CASE("explain: a condition, a resource or a Deny limits what is allowed") {
  const std::string get = R"("Effect": "Allow", "Action": "s3:GetObject")";
  CHECK(summary_of("{" + get + R"(, "Resource": "*"})").unlimited == 1);
  CHECK(summary_of("{" + get + R"(, "Resource": "arn:aws:s3:::b/*"})").unlimited == 0);
  CHECK(summary_of("{" + get + R"(, "NotResource": "arn:aws:s3:::b/*"})").unlimited == 0);
  CHECK(summary_of("{" + get + R"(, "Resource": "*",
                    "Condition": {"Bool": {"aws:SecureTransport": "true"}}})")
            .unlimited == 0);
  const auto denied = summary_of("{" + get + R"(, "Resource": "*"},
      {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"})");
  CHECK(denied.allowed == 1);
  CHECK(denied.unlimited == 0);
}

TEST_CASE("explain: a Deny of every request takes its actions away, another one says where") {
  const std::string allow = R"({"Effect": "Allow", "Action": "s3:Get*",
                                "Resource": "arn:aws:s3:::reports/*"},)";
  const auto whole = summary_of(
      allow + R"({"Effect": "Deny", "Action": ["s3:GetObject", "iam:*"], "Resource": "*"})");
  CHECK(whole.statements[1].always);
  CHECK(whole.statements[1].taken == std::vector<std::string>{"s3:GetObject"});
  CHECK(whole.allowed == count(expand_actions(catalogue(), {"s3:Get*"})->actions) -
                             whole.statements[0].idle_actions.size() - 1);
  const auto partly = summary_of(allow + R"({"Effect": "Deny", "Action": "s3:GetObject",
                  "Resource": "arn:aws:s3:::reports/secret/*"})");
  CHECK(!partly.statements[1].always);
  CHECK(partly.statements[1].taken == std::vector<std::string>{"s3:GetObject"});
  CHECK(partly.allowed == whole.allowed + 1);
}

TEST_CASE("explain: a Deny of other resources takes nothing away") {
  const auto taken = [](const std::string& allowed, const std::string& denied) {
    return summary_of(R"({"Effect": "Allow", "Action": "s3:GetObject", )" + allowed +
                      R"(}, {"Effect": "Deny", "Action": "s3:GetObject", )" + denied + "}")
        .statements[1]
        .taken.size();
  };
  const std::string reports = R"("Resource": "arn:aws:s3:::reports/*")";
  const std::string not_reports = R"("NotResource": "arn:aws:s3:::reports/*")";
  CHECK(taken(reports, R"("Resource": "arn:aws:s3:::payroll/*")") == 0);
  CHECK(taken(reports, R"("Resource": "arn:aws:s3:::*/2026")") == 1);
  CHECK(taken(reports, R"("NotResource": "arn:aws:s3:::rep*")") == 0);
  CHECK(taken(reports, R"("NotResource": "arn:aws:s3:::reports/a")") == 1);
  CHECK(taken(not_reports, reports) == 0);
  CHECK(taken(not_reports, not_reports) == 1);
  CHECK(taken(reports, R"("Resource": {"Ref": "Bucket"})") == 1);
  CHECK(taken(reports, R"("NotResource": "arn:aws:s3:::${aws:username}/*")") == 1);
}

TEST_CASE("explain: actions that work on none of the statement's resources do not count") {
  const auto summary = summary_of(
      R"({"Effect": "Allow", "Action": ["s3:GetObject", "iam:PassRole", "ec2:DescribeRegions"],
          "Resource": "arn:aws:s3:::b/*"})");
  CHECK(summary.allowed == 1);
  CHECK(summary.statements[0].idle_actions ==
        std::vector<std::string>{"ec2:DescribeRegions", "iam:PassRole"});
  // S6.1: a `*` that ends the account runs on past its colon.
  CHECK(summary_of(R"({"Effect": "Allow", "Action": "logs:CreateLogStream",
                       "Resource": "arn:aws:logs:*:*:/aws/x*"})")
            .allowed == 1);
  CHECK(summary_of(R"({"Effect": "Allow", "Action": "logs:PutDestination",
                       "Resource": "arn:aws:logs:*:111122223333:log-group:/ci/*"})")
            .allowed == 0);
  CHECK(summary_of(R"({"Effect": "Allow", "Action": "iam:PassRole",
                       "Resource": "arn:*:s3:::b/*"})")
            .allowed == 0);
  CHECK(summary_of(R"({"Effect": "Allow", "Action": "iam:PassRole",
                       "Resource": "arn:*:s3:*:*:*"})")
            .allowed == 0);
  CHECK(summary_of(R"({"Effect": "Allow", "Action": "s3:PutObject",
                       "Resource": "arn:aws:s3:::b/${aws:username}/*"})")
            .allowed == 1);
  // S6.5: AWS asks about listing the buckets as if on an ARN.
  CHECK(summary_of(R"({"Effect": "Allow", "Action": "s3:ListAllMyBuckets",
                       "Resource": "arn:aws:s3:::*"})")
            .allowed == 1);
  CHECK(summary_of(R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Ref": "B"}})")
            .allowed == 1);
}

TEST_CASE("explain: NotAction and NotResource are everything except what they list") {
  const auto words = words_of(
      R"("Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "NotResource": "arn:aws:s3:::b/*")");
  CHECK(words.actions == "every action except iam:* and sts:*");
  CHECK(words.resources == "every resource except arn:aws:s3:::b/*");
  CHECK(words.action_count == size_of("*") - size_of("iam:*") - size_of("sts:*"));
  CHECK(words_of(R"("Effect": "Allow", "NotAction": "*", "Resource": "*")").actions ==
        "no action: NotAction leaves out all of them");
  const auto nothing = words_of(R"("Effect": "Allow", "Action": "*", "NotResource": "*")");
  CHECK(nothing.never == "its NotResource leaves out every resource");
  CHECK(words_of(R"("Effect": "Allow", "Action": "*", "Resource": "*")").actions == "every action");
}

TEST_CASE("explain: principals are named as who they are") {
  const auto who = [](const std::string& element) {
    return words_of(element + R"(, "Effect": "Allow", "Action": "s3:*", "Resource": "*")",
                    PolicyKind::kResource)
        .principals;
  };
  CHECK(who(R"("Principal": "*")") == "everyone");
  CHECK(who(R"("Principal": {"AWS": "*"})") == "everyone");
  CHECK(who(R"("Principal": {"AWS": ["111122223333", "arn:aws:iam::444455556666:root"]})") ==
        "the account 111122223333 and the account 444455556666");
  CHECK(who(R"("Principal": {"Service": "ec2.amazonaws.com"})") == "the service ec2.amazonaws.com");
  CHECK(who(R"("NotPrincipal": {"AWS": "111122223333"})") ==
        "everyone except the account 111122223333");
}

TEST_CASE("explain: conditions say what makes them hold, a missing key among it") {
  CHECK(condition_words_of(R"({"StringEquals": {"aws:username": ["a", "b"]}})") ==
        "`aws:username` is `a` or `b`");
  // S7.1
  CHECK(condition_words_of(R"({"StringNotEquals": {"aws:username": "a"}})") ==
        "`aws:username` is not `a` or absent");
  CHECK(condition_words_of(R"({"StringLikeIfExists": {"aws:username": "a*"}})") ==
        "`aws:username` is like `a*` or absent");
  CHECK(condition_words_of(R"({"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}})") ==
        "`aws:SourceIp` is not in `192.0.2.0/24` or absent");
  // S7.4
  CHECK(condition_words_of(R"({"ForAllValues:StringEquals": {"aws:TagKeys": "a"}})") ==
        "all of `aws:TagKeys` are `a`, or there are none");
  CHECK(condition_words_of(R"({"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}})") ==
        "some of `aws:TagKeys` are `a`");
  CHECK(condition_words_of(R"({"ForAnyValue:StringNotEquals": {"aws:TagKeys": "a"}})") ==
        "some of `aws:TagKeys` are not `a`");
  // S7.6
  CHECK(condition_words_of(R"({"Null": {"aws:TokenIssueTime": "true"}})") ==
        "`aws:TokenIssueTime` is absent");
  CHECK(condition_words_of(R"({"Null": {"aws:TokenIssueTime": ["true", "false"]}})") ==
        "`aws:TokenIssueTime` is present or absent");
  CHECK(condition_words_of(R"({"Bool": {"aws:SecureTransport": "false"}})") ==
        "`aws:SecureTransport` is `false`");
  CHECK(condition_words_of(R"({"BoolIfExists": {"aws:SecureTransport": ["true", "false"]}})") ==
        "`aws:SecureTransport` is `true`, `false` or absent");
  CHECK(condition_words_of(R"({"NumericLessThan": {"aws:MultiFactorAuthAge": "300"}})") ==
        "`aws:MultiFactorAuthAge` is below `300`");
}

TEST_CASE("explain: a statement that matches no request says why, and counts for nothing") {
  const auto never = [](const std::string& members, PolicyKind kind = PolicyKind::kIdentity) {
    const auto summary = summary_of("{" + members + "}", kind);
    CHECK(summary.allowed == 0);
    return summary.statements[0].never;
  };
  CHECK(never(R"("Effect": "allow", "Action": "*", "Resource": "*")") ==
        "its Effect is neither `Allow` nor `Deny`");
  CHECK(never(R"("Effect": "Allow", "Action": "*")") == "it has no Resource");
  CHECK(never(R"("Effect": "Allow", "Resource": "*")") == "it has no Action");
  CHECK(never(R"("Effect": "Allow", "Action": "*", "Resource": "*", "Condition": 3)") ==
        "its Condition cannot be read");
  CHECK(never(R"("Effect": "Allow", "Action": "*", "Resource": "*")", PolicyKind::kResource) ==
        "it names no Principal");
  CHECK(never(R"("Effect": "Allow", "Action": "*", "Resource": "*",
                 "Condition": {"Bool": {"aws:SecureTransport": "yes"}})") ==
        "its conditions never hold");
}

TEST_CASE("explain: the sentence says the gravest thing") {
  const auto sentence = [](const std::string& members,
                           std::optional<PolicyKind> kind = std::nullopt) {
    return summary_of("{" + members + "}", kind).sentence;
  };
  const std::string all = R"("Effect": "Allow", "Action": "*", "Resource": "*")";
  CHECK(sentence(all) ==
        "allows every action on every resource: whoever has it is an administrator");
  CHECK(sentence(all, PolicyKind::kScp) ==
        "lets every action through on every resource: it sets no limit");
  CHECK(sentence(R"("Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*")") ==
        "allows iam:PutUserPolicy, and opens 1 way to more rights without a limit");
  CHECK(sentence(R"("Effect": "Allow", "Action": "sqs:AddPermission", "Resource": "*")") ==
        "allows sqs:AddPermission, among them permissions management of sqs");
  CHECK(sentence(R"("Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*")") ==
        "allows sqs:SendMessage, none that manages permissions");
  CHECK(sentence(R"("Effect": "Allow", "Action": "s3:GetObject", "Resource": "*")") ==
        "allows s3:GetObject, only to list or read");
  CHECK(sentence(R"("Effect": "Deny", "Action": "s3:GetObject", "Resource": "*")") ==
        "allows nothing and denies 1 action");
  CHECK(sentence(R"("Effect": "Allow", "Action": "s3:NotYet", "Resource": "*")") ==
        "allows no action that is known");
  CHECK(sentence(R"("Principal": "*", "Effect": "Allow", "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::b/*")") ==
        "allows everyone s3:GetObject, only to list or read");
  CHECK(sentence(R"("Principal": {"Service": "ec2.amazonaws.com"}, "Effect": "Allow",
                    "Action": "sts:AssumeRole")") ==
        "allows the service ec2.amazonaws.com sts:AssumeRole");
}

TEST_CASE("explain: a way to more rights needs all of its actions") {
  const std::string pass = R"({"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*")";
  const std::string lambda =
      R"({"Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"],
          "Resource": "*"})";
  CHECK(paths_of(summary_of(pass + "}")).empty());
  CHECK(paths_of(summary_of(lambda)).empty());
  const auto both = summary_of(pass + "}," + lambda);
  CHECK(path_named(both, "lambda-001").unlimited);
  CHECK(path_named(both, "lambda-001").services ==
        std::vector<std::string>{"lambda.amazonaws.com"});
  // The limits of iam:PassedToService are read.
  const auto to = [&](const std::string& service) {
    return summary_of(pass + R"(, "Condition": {"StringEquals": {"iam:PassedToService": ")" +
                      service + R"("}}},)" + lambda);
  };
  CHECK(path_named(to("lambda.amazonaws.com"), "lambda-001").unlimited);
  CHECK(paths_of(to("ec2.amazonaws.com")).empty());
  const auto some = summary_of(
      R"({"Effect": "Allow", "Action": "iam:PassRole",
          "Resource": "arn:aws:iam::111122223333:role/batch"},)" +
      lambda);
  CHECK(!path_named(some, "lambda-001").unlimited);
}

TEST_CASE("explain: a Deny closes ways to more rights, or limits them") {
  const std::string allow =
      R"({"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*"},)";
  CHECK(paths_of(summary_of(allow + R"({"Effect": "Deny", "Action": "iam:*", "Resource": "*"})"))
            .empty());
  const auto mfa = summary_of(allow + R"({"Effect": "Deny", "Action": "iam:*", "Resource": "*",
                  "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}})");
  CHECK(!path_named(mfa, "iam-007").unlimited);
  // Policies that only limit, and policies of resources, open no way by themselves.
  CHECK(summary_of(allow + "{}", PolicyKind::kBoundary).escalations.empty());
  CHECK(summary_of(allow + "{}", PolicyKind::kBoundary).escalations_known == 0);
}

TEST_CASE("explain: hostile policies end in an error or soon") {
  std::string many;
  for (std::size_t i = 0; i <= kMaxSummaryStatements; ++i) many += i == 0 ? "{}" : ",{}";
  const auto policy = parse_policy("p", R"({"Statement": [)" + many + "]}");
  REQUIRE(policy);
  const auto refused = summarize(*policy, catalogue());
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::kLimitExceeded);
  std::string entries = "\"s3:*\"";
  for (std::size_t i = 0; i < kMaxPolicyEntries; ++i) entries += ",\"s3:*\"";
  const auto long_list = parse_policy(
      "p", R"({"Statement": {"Effect": "Allow", "Resource": "*", "Action": [)" + entries + "]}}");
  REQUIRE(long_list);
  CHECK(!summarize(*long_list, catalogue()));
  CHECK(!expand_policy(catalogue(), *long_list, PolicyKind::kIdentity));
  std::string resources;
  for (int i = 0; i < 2'000; ++i) {
    resources.append(i == 0 ? "\"arn:aws:s3:::" : ",\"arn:aws:s3:::");
    resources.append(50, '*').append(50, 'x').append("\"");
  }
  const auto slow =
      summary_of(R"({"Effect": "Allow", "Action": "*", "Resource": [)" + resources +
                 R"(]}, {"Effect": "Deny", "Action": "*", "Resource": [)" + resources + "]}");
  CHECK(slow.allowed > 0);
}

TEST_CASE("explain: every AWS managed policy is explained, and the JSON is as its schema says") {
  const std::filesystem::path root = IAMCHECK_SOURCE_DIR;
  const test::JsonSchema schema(
      nlohmann::json::parse(test::whole_file(root / "docs/schema/explain-v1.schema.json")));
  std::size_t asked = 0;
  for (const ManagedPolicy managed : catalogue().managed_policies()) {
    // A tenth of them, spread: each takes milliseconds to print.
    if (asked++ % 10 != 0) continue;
    INFO(managed.name());
    const auto policy = parse_policy(std::string(managed.name()), *managed.document());
    REQUIRE(policy);
    const auto summary = summarize(*policy, catalogue());
    REQUIRE(summary);
    CHECK(!render_text(*summary).empty());
    const auto complaints = schema.complaints(nlohmann::json::parse(render_json({*summary}, {})));
    for (const std::string& complaint : complaints) UNSCOPED_INFO(complaint);
    CHECK(complaints.empty());
  }
  const auto broken = nlohmann::json::parse(
      render_json({}, {{"p.json", {ErrorCode::kUnreadable, "cannot read", "look", {}}}}));
  CHECK(schema.complaints(broken).empty());
  auto wrong = broken;
  wrong["more"] = 1;
  CHECK(!schema.complaints(wrong).empty());
}

TEST_CASE("expand and minimize: the JSON is as its schema says") {
  const std::filesystem::path root = IAMCHECK_SOURCE_DIR;
  const auto complaints = [&](const std::string& name, const std::string& text) {
    const test::JsonSchema schema(nlohmann::json::parse(
        test::whole_file(root / ("docs/schema/" + name + "-v1.schema.json"))));
    return schema.complaints(nlohmann::json::parse(text));
  };
  const auto expanded = expand_actions(catalogue(), {"s3:Get*", "s4:x"});
  CHECK(complaints("expand", render_json(*expanded, catalogue())).empty());
  CHECK(complaints("expand", render_json(*expanded, catalogue(), {.count_only = true})).empty());
  const auto policy = parse_policy("p", R"({"Statement": [
      {"Effect": "Allow", "Action": ["s3:*", "s4:x"], "Resource": "*"},
      {"Effect": "Deny", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b"}]})");
  const auto actions = expand_policy(catalogue(), *policy, PolicyKind::kIdentity);
  CHECK(complaints("expand", render_json(*actions, catalogue(), *policy->source)).empty());
  const auto minimized = minimize_actions(catalogue(), {"s3:Get*", "s4:x"});
  CHECK(complaints("minimize", render_json(*minimized, catalogue())).empty());
  CHECK(!complaints("minimize", R"({"schema": "iamcheck/minimize/v1"})").empty());
}

TEST_CASE(
    "explain: what the evaluator allows is explained as allowed, and what has no limit it allows") {
  std::mt19937 random(20'261'122);
  std::size_t allowed = 0, unlimited = 0;
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<std::string> patterns = {
      "s3:*",          "s3:Get*", "s3:PutObject", "iam:*Role*",     "iam:PutUserPolicy",
      "ec2:Describe*", "ec2:*",   "lambda:*",     "dynamodb:*Item", "*"};
  const std::vector<std::string> places = {"*",
                                           "arn:aws:s3:::b/*",
                                           "arn:aws:s3:::b*",
                                           "arn:*:s3:::*",
                                           "arn:aws:iam::*:role/*",
                                           "arn:aws:iam::111122223333:user/x",
                                           "arn:aws:ec2:*:*:instance/*",
                                           "arn:aws:lambda:*:111122223333:function:*",
                                           "arn:aws:dynamodb:*:*:table/t*"};
  const auto list = [&](const std::vector<std::string>& from) {
    std::string out;
    for (std::size_t i = 0, n = 1 + pick(2); i < n; ++i)
      out += (i == 0 ? "\"" : ", \"") + from[pick(from.size())] + "\"";
    return "[" + out + "]";
  };
  for (int round = 0; round < 300; ++round) {
    std::string statements;
    for (std::size_t i = 0, n = 1 + pick(4); i < n; ++i) {
      statements += i == 0 ? "{" : ",{";
      statements += pick(3) == 0 ? R"("Effect": "Deny")" : R"("Effect": "Allow")";
      statements += pick(5) == 0 ? R"(, "NotAction": )" : R"(, "Action": )";
      statements += list(patterns);
      statements += pick(5) == 0 ? R"(, "NotResource": )" : R"(, "Resource": )";
      statements += list(places);
      if (pick(4) == 0) statements += R"(, "Condition": {"Bool": {"aws:SecureTransport": "true"}})";
      statements += "}";
    }
    INFO(statements);
    const auto policy = parse_policy("p", R"({"Statement": [)" + statements + "]}");
    REQUIRE(policy);
    const auto summary = summarize(*policy, catalogue());
    REQUIRE(summary);
    PolicySet set;
    set.add("p", PolicyKind::kIdentity, *policy);
    for (int question = 0; question < 40; ++question) {
      const auto service = catalogue().find_service(
          std::vector<std::string>{"s3", "iam", "ec2", "lambda", "dynamodb", "sqs"}[pick(6)]);
      REQUIRE(service);
      const Action action = service->actions()[pick(service->actions().size())];
      std::string resource = "*";
      if (!action.resource_types().empty()) {
        const ResourceUse use = action.resource_types()[pick(action.resource_types().size())];
        resource = use.type().arn_forms()[0];
        // The first five parts and the name get a value.
        for (std::size_t at = resource.find("${"); at != std::string::npos;
             at = resource.find("${")) {
          const std::string name = resource.substr(at, resource.find('}', at) + 1 - at);
          const std::string value = name == "${Partition}" ? "aws"
                                    : name == "${Account}" ? "111122223333"
                                    : name == "${Region}"  ? "eu-west-1"
                                                           : "b";
          resource.replace(at, name.size(), value);
        }
      }
      RequestFields fields;
      fields.principal = "arn:aws:iam::111122223333:user/alice";
      fields.action = action.full_name();
      fields.resource = resource;
      fields.resource_account = "111122223333";
      fields.context = Context(Context::Mode::kAsk);
      const Decision decision = evaluate(set, Request(fields));
      bool has = false, without_limit = false;
      for (const ServiceSummary& one : summary->services) {
        if (one.prefix != service->prefix()) continue;
        for (const LevelSummary& level : one.levels) {
          const bool here = std::ranges::find(level.actions, action.name()) != level.actions.end();
          has |= here;
          without_limit |= here && level.unlimited == level.actions.size();
        }
      }
      INFO(action.full_name() << " on " << resource);
      if (decision.kind == DecisionKind::kAllowed || decision.kind == DecisionKind::kUndecided) {
        CHECK(has);
        ++allowed;
      }
      if (without_limit) {
        CHECK(decision.kind == DecisionKind::kAllowed);
        ++unlimited;
      }
    }
  }
  CHECK(allowed > 1'000);
  CHECK(unlimited > 300);
}

TEST_CASE("explain: no credential of the policy is shown") {
  const std::string key = std::string("AKIA") + "QYLPMN5HFIQR7XYA";
  const auto summary = summary_of(R"({"Sid": ")" + key + R"(", "Effect": "Allow", "Action": "s3:)" +
                                  key + R"(", "Resource": "arn:aws:s3:::)" + key + R"(/*",
          "Condition": {"StringEquals": {"aws:username": ")" +
                                  key + R"("}}})");
  CHECK(render_text(summary).find(key) == std::string::npos);
  CHECK(render_json({summary}, {}).find(key) == std::string::npos);
}
