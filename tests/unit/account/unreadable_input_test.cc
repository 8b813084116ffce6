// Whatever says which policies there are and could not be read leaves the answer open: SCPs, RCPs
// and resource-based policies are never taken to be missing because their file is broken.
#include "catch.h"
#include "iamcheck/graph.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kReport = "arn:aws:s3:::reports/a";
const std::string kOther = "arn:aws:s3:::other/a";

Account with(const std::string& path, const std::string& text) {
  return Account::read(
      {{"a/dump.json", dump(user("alice", allow("s3:*", "*")))}, {"a/" + path, text}});
}

DecisionKind kind_of(const Account& account, const std::string& resource) {
  return decide(account, "alice", "s3:GetObject", resource).kind;
}

bool says(const Account& account, const std::string& words) {
  for (const AccountProblem& problem : account.problems()) {
    if (problem.error.message.find(words) != std::string::npos) return true;
  }
  return false;
}

std::string organization(const std::string& accounts, const std::string& more = "") {
  return R"({"id": "o-1", "root": {"id": "r-1", "serviceControlPolicies": ["FullAWSAccess"])" +
         more + R"(, "accounts": [)" + accounts + "]}}";
}

std::string listed(const std::string& id, const std::string& policies = R"("FullAWSAccess")") {
  return R"({"id": ")" + id + R"(", "serviceControlPolicies": [)" + policies + "]}";
}

}  // namespace

TEST_CASE("an organization that cannot be read leaves every answer open") {
  const std::string whole = organization(listed(kAccount));
  REQUIRE(kind_of(with("organization.json", whole), kOther) == DecisionKind::kAllowed);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Account account = with("organization.json", whole.substr(0, size));
    INFO(size);
    CHECK(!account.problems().empty());
    CHECK(kind_of(account, kOther) == DecisionKind::kUndecided);
  }
  for (const std::string text :
       {R"({"root": 5})", R"({"id": 5, "root": {"id": "r-1"}})",
        R"({"id": "o-1", "managementAccount": 5, "root": {"id": "r-1"}})",
        R"({"id": "o-1", "rooot": {"id": "r-1"}})", R"("o-1")", "null",
        R"({"id": "o-1", "root": {"id": "r-1", "accounts": [{"id": 111122223333}]}})",
        R"({"id": "o-1", "root": {"id": "r-1", "accounts": 5}})"}) {
    const Account account = with("organization.json", text);
    INFO(text);
    CHECK(!account.problems().empty());
    CHECK(kind_of(account, kOther) == DecisionKind::kUndecided);
  }
}

TEST_CASE("an account that the organization does not list has SCPs that nobody knows") {
  const Account account = with("organization.json", organization(listed("444455556666")));
  CHECK(says(account, "account " + kAccount + " is not in a/organization.json"));
  CHECK(kind_of(account, kOther) == DecisionKind::kUndecided);
}

TEST_CASE("an account in two places of the organization is undecided, unless both say the same") {
  const Account other =
      with("organization.json", organization(listed(kAccount) + "," + listed(kAccount, "")));
  CHECK(says(other, "is in the organization twice"));
  CHECK(kind_of(other, kOther) == DecisionKind::kUndecided);
  const Account same =
      with("organization.json", organization(listed(kAccount) + "," + listed(kAccount)));
  CHECK(says(same, "is in the organization twice"));
  CHECK(kind_of(same, kOther) == DecisionKind::kAllowed);
}

TEST_CASE("a misspelt member of the organization is said, and its part is unknown") {
  for (const std::string& text :
       {organization(R"({"id": "111122223333", "serviceControlPolices": []})"),
        organization(listed(kAccount), R"(, "resourceControlPolicy": [])"),
        std::string(R"({"id": "o-1", "root": {"id": "r-1", "accounts": [{"id": "111122223333",
            "serviceControlPolices": []}]}})")}) {
    const Account account = with("organization.json", text);
    INFO(text);
    CHECK(says(account, "is no member that is read here"));
    CHECK(kind_of(account, kOther) == DecisionKind::kUndecided);
  }
}

TEST_CASE("a resource file that is cut off behind its arn leaves that resource open") {
  for (const std::string text :
       {R"({"arn":"arn:aws:s3:::reports","policy":{"Statement":)",
        R"({"arn":"arn:aws:s3:::reports","tags":[{"Key":"a","Value":"b"}],"policy":{"State)",
        R"({"arn":"arn:aws:s3:::reports","policy":5})",
        R"({"arn":"arn:aws:s3:::reports","Policy":{}})",
        R"({"arn":"arn:aws:s3:::reports","account":111122223333})",
        R"({"arn":"arn:aws:s3:::reports","blockPublicAccess":"yes"})"}) {
    const Account account = with("reports.json", text);
    INFO(text);
    CHECK(!account.problems().empty());
    CHECK(kind_of(account, kReport) == DecisionKind::kUndecided);
    CHECK(kind_of(account, kOther) == DecisionKind::kAllowed);
  }
}

TEST_CASE("a resource file without an arn leaves every resource open that no file describes") {
  for (const std::string text : {R"({"arn":5})", R"({"arn":"reports"})", R"([{"Arn":"x"}])"}) {
    const Account account = Account::read({{"dump.json", dump(user("alice", allow("s3:*", "*")))},
                                           {"known.json", R"({"arn": "arn:aws:s3:::other"})"},
                                           {"x.json", text}});
    INFO(text);
    CHECK(kind_of(account, kReport) == DecisionKind::kUndecided);
    CHECK(kind_of(account, kOther) == DecisionKind::kAllowed);
    const Result<WhoCan> who = who_can(account, "s3:GetObject", kReport);
    REQUIRE(who);
    REQUIRE(who->principals.size() == 1);
    CHECK(who->principals[0].reach == Reach::kUndecided);
    const Result<WhatCan> what = what_can(account, *account.find_principal("alice"), "");
    REQUIRE(what);
    for (const ActionAccess& one : what->actions) {
      if (one.action == "s3:GetObject") CHECK(one.reach == Reach::kUndecided);
    }
  }
}

TEST_CASE("an edge of the graph is not certain where the SCPs could not be read") {
  const std::string text = dump(user("alice", allow("*", "*")));
  const Result<EscalationGraph> certain = escalation_graph(read_dump(text));
  REQUIRE(certain);
  CHECK(certain->nodes[0].administrator);
  const Result<EscalationGraph> open = escalation_graph(
      Account::read({{"dump.json", text}, {"organization.json", R"({"root": 5})"}}));
  REQUIRE(open);
  CHECK(!open->nodes[0].administrator);
}

TEST_CASE("a file that nobody could read may be the organization") {
  const Account account = Account::read(
      {{"dump.json", dump(user("alice", allow("s3:*", "*")))}, {"organization.json", "", true}});
  CHECK(kind_of(account, kOther) == DecisionKind::kUndecided);
}

TEST_CASE("a policy of the organization that is cut off leaves open what lies under it") {
  const std::string policy =
      R"({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny")";
  const std::string tree =
      organization(listed(kAccount, R"("cut.json")") + "," + listed("444455556666"));
  const Account account = Account::read({{"dump.json", dump(user("alice", allow("s3:*", "*")))},
                                         {"cut.json", policy},
                                         {"organization.json", tree}});
  CHECK(account.problems().size() == 1);
  CHECK(kind_of(account, kOther) == DecisionKind::kUndecided);
}

TEST_CASE("a malformed statement is said, and its policy may allow and may deny") {
  const std::string head = R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
      "Action": "s3:*", "Resource": "*"}, )";
  for (const std::string statement :
       {R"({"Effect": "Deny", "Action": 5, "Resource": "*"})",
        R"({"Effect": "Deny", "Action": ["s3:*", {}], "Resource": "*"})",
        R"({"Effect": "Deny", "Action": "s3:*", "Resource": {}})",
        R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": []})",
        R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condtion": {}})",
        R"({"Effect": "deny", "Action": "s3:*", "Resource": "*"})", "7"}) {
    const Account account = read_dump(dump(user("alice", head + statement + "]}")));
    INFO(statement);
    CHECK(says(account, "the policy of user/alice/p is malformed"));
    CHECK(kind_of(account, kOther) == DecisionKind::kUndecided);
  }
}

TEST_CASE("a snapshot that holds an empty list and nothing else is said") {
  CHECK(!read_dump("[]").problems().empty());
  CHECK(with("resources.json", "[]").problems().empty());
}

TEST_CASE("who-can wants an ARN or a star") {
  const Account account = read_dump(dump(user("alice", allow("s3:*", "*"))));
  CHECK(!who_can(account, "s3:GetObject", "reports"));
  CHECK(who_can(account, "s3:ListAllMyBuckets", "*"));
}

TEST_CASE("a dump above the limit is said, with the limit and what to do") {
  AccountOptions options;
  options.limits.max_document_bytes = 1000;
  const std::string big = dump(user("alice", allow("s3:*", std::string(2000, 'x'))));
  const Account account = Account::read({{"dump.json", big}}, options);
  REQUIRE(account.problems().size() == 1);
  const Error& error = account.problems()[0].error;
  CHECK(error.code == ErrorCode::kLimitExceeded);
  CHECK(error.message == "the document is larger than 1000 bytes");
  CHECK(error.help.find("a dump into its pages") != std::string::npos);
  // Pages one behind the other are documents of their own.
  const std::string page = dump(user("alice", allow("s3:*", std::string(600, 'x'))));
  CHECK(Account::read({{"dump.json", page + dump(user("bob", allow("s3:*", "*")))}}, options)
            .principals()
            .size() == 2);
  options.limits.max_nodes = 10;
  CHECK(Account::read({{"dump.json", page}}, options).problems()[0].error.help == error.help);
}

TEST_CASE("what was not read comes with the place and the reason") {
  const auto reasons = [](const Account& account, const std::string& resource) {
    RequestFields fields;
    fields.action = "s3:GetObject";
    fields.resource = resource;
    const AccountQuestion question =
        account.ask(*account.find_principal("alice"), std::move(fields));
    REQUIRE(question.unread.size() == question.unread_reasons.size());
    return question.unread_reasons;
  };
  const std::string attached =
      R"(, "AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::111122223333:policy/gone"}])";
  const std::string gone =
      ": the managed policy `arn:aws:iam::111122223333:policy/gone` is attached, but not in the "
      "dump";
  // Said once, where it is first met; whoever carries it later knows as well.
  const Account twice = read_dump(dump(user("aaron", allow("s3:*", "*"), attached) + "," +
                                       user("alice", allow("s3:*", "*"), attached)));
  REQUIRE(reasons(twice, kOther).size() == 1);
  CHECK(reasons(twice, kOther)[0].starts_with("dump.json:1:"));
  CHECK(reasons(twice, kOther)[0].ends_with(gone));
  const Account broken = with("x.json", R"({"arn": "arn:aws:s3:::reports", "polcy": {}})");
  CHECK(reasons(broken, kReport) ==
        std::vector<std::string>{"a/x.json:1:33: `polcy` is no member that is read here"});
  const Account tree = with("organization.json", R"({"managementAccount": "999999999999"})");
  for (const std::string& reason : reasons(tree, kOther))
    CHECK(reason == "a/organization.json:1:1: the organization has no `root` that is an object");
  const Account unread = Account::read(
      {{"a/dump.json", dump(user("alice", allow("s3:*", "*")))}, {"a/y.json", "", true}});
  for (const std::string& reason : reasons(unread, kOther))
    CHECK(reason == "a/y.json: it cannot be read");
  CHECK_FALSE(reasons(unread, kOther).empty());
}
