// Who can become whom.
#include "iamcheck/graph.h"

#include <algorithm>

#include "catalogue/escalation_paths.h"
#include "catch.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kNothing = R"({"Statement": []})";

EscalationGraph graph_of(const std::string& users, const std::string& roles,
                         const std::string& more = "") {
  return *escalation_graph(read_dump(dump(users, roles, more)));
}

const EscalationEdge* edge(const EscalationGraph& graph, const std::string& from,
                           const std::string& to) {
  for (const EscalationEdge& one : graph.edges) {
    const std::string target =
        one.to == EscalationEdge::kAdministrator ? "administrator" : graph.nodes[one.to].name;
    if (graph.nodes[one.from].name == from && target == to) return &one;
  }
  return nullptr;
}

std::size_t steps(const EscalationGraph& graph, const std::string& name) {
  return std::ranges::find(graph.nodes, name, &EscalationNode::name)->path.size();
}

std::string trusts(const std::string& arn) { return trust(R"({"AWS": ")" + arn + "\"}"); }

}  // namespace

TEST_CASE("a role is assumed only when trust and identity agree") {
  const std::string account_trust = trust(R"({"AWS": "111122223333"})");
  const EscalationGraph graph =
      graph_of(user("alice", allow("sts:AssumeRole", "*")) + "," + user("bob", kNothing),
               role("open", account_trust, kNothing) + "," +
                   role("named", trusts(user_arn("bob")), kNothing));
  CHECK(edge(graph, "user/alice", "role/open") != nullptr);
  CHECK(edge(graph, "user/bob", "role/open") == nullptr);     // delegated, but nothing allows
  CHECK(edge(graph, "user/alice", "role/named") == nullptr);  // allowed, but not trusted
  CHECK(edge(graph, "user/bob", "role/named") != nullptr);    // named: needs no policy of its own
}

TEST_CASE("an edge that hangs on a key names it") {
  const std::string mfa = R"(, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}})";
  const EscalationGraph graph =
      graph_of(user("alice", kNothing),
               role("r", trust(R"({"AWS": ")" + user_arn("alice") + "\"}", mfa), kNothing));
  const EscalationEdge* found = edge(graph, "user/alice", "role/r");
  REQUIRE(found != nullptr);
  CHECK(!found->certain());
  CHECK(found->ways[0].keys == std::vector<std::string>{"aws:MultiFactorAuthPresent"});
}

TEST_CASE("the shortest way to an administrator goes over several roles, and cycles end") {
  const EscalationGraph graph = graph_of(
      user("alice", kNothing),
      role("a", trust(R"({"AWS": [")" + user_arn("alice") + "\", \"" + role_arn("b") + "\"]}"),
           kNothing) +
          "," + role("b", trusts(role_arn("a")), kNothing) + "," +
          role("admin", trusts(role_arn("b")), allow("*", "*")) + "," +
          role("loop", trusts(role_arn("loop2")), kNothing) + "," +
          role("loop2", trusts(role_arn("loop")), kNothing));
  CHECK(steps(graph, "user/alice") == 3);
  CHECK(steps(graph, "role/b") == 1);
  CHECK(steps(graph, "role/loop") == 0);
  CHECK(std::ranges::find(graph.nodes, std::string("role/admin"), &EscalationNode::name)
            ->administrator);
}

TEST_CASE("a role is passed only to a service that it trusts and that the caller may pass it to") {
  const std::string lambda = trust(R"({"Service": "lambda.amazonaws.com"})");
  const std::string pass =
      R"({"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
           "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}},
          {"Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction",
           "ec2:RunInstances"], "Resource": "*"}]})";
  const std::string profile = R"(, "InstanceProfileList": [{"Arn": "arn:p"}])";
  const EscalationGraph graph =
      graph_of(user("alice", pass),
               role("fn", lambda, kNothing) + "," +
                   role("vm", trust(R"({"Service": "ec2.amazonaws.com"})"), kNothing, profile));
  const EscalationEdge* found = edge(graph, "user/alice", "role/fn");
  REQUIRE(found != nullptr);
  CHECK(found->ways[0].path == "lambda-001");
  CHECK(found->ways[0].service == "lambda.amazonaws.com");
  CHECK(found->certain());
  CHECK(edge(graph, "user/alice", "role/vm") == nullptr);
}

TEST_CASE("a role is launched with an instance only when it lies in an instance profile") {
  const std::string pass =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow",
          "Action": ["iam:PassRole", "ec2:RunInstances"], "Resource": "*"}})";
  const std::string ec2 = trust(R"({"Service": "ec2.amazonaws.com"})");
  const EscalationGraph graph =
      graph_of(user("alice", pass),
               role("vm", ec2, kNothing, R"(, "InstanceProfileList": [{"Arn": "arn:p"}])") + "," +
                   role("bare", ec2, kNothing));
  CHECK(edge(graph, "user/alice", "role/vm") != nullptr);
  CHECK(edge(graph, "user/alice", "role/bare") == nullptr);
}

TEST_CASE(
    "who writes its own policies is one step from an administrator, in doubt under a boundary") {
  const std::string own =
      allow("iam:PutUserPolicy", "arn:aws:iam::111122223333:user/${aws:username}");
  const std::string boundary = R"(, "PermissionsBoundary": {"PermissionsBoundaryArn":
      "arn:aws:iam::aws:policy/IAMFullAccess"})";
  const EscalationGraph graph = graph_of(user("alice", own) + "," + user("bob", own, boundary), "");
  REQUIRE(edge(graph, "user/alice", "administrator") != nullptr);
  CHECK(edge(graph, "user/alice", "administrator")->certain());
  REQUIRE(edge(graph, "user/bob", "administrator") != nullptr);
  CHECK(!edge(graph, "user/bob", "administrator")->certain());
  CHECK(edge(graph, "user/alice", "user/bob") == nullptr);
}

TEST_CASE("the table of paths is read without a loss, and every action is one of the catalogue") {
  CHECK(escalation_paths().size() == 144);
  for (const EscalationPath& path : escalation_paths()) {
    INFO(path.name);
    CHECK(!path.actions.empty());
    if (path.target == EscalationTarget::kPassedRole) {
      CHECK(!path.services.empty());
      CHECK(std::ranges::find(path.actions, "iam:PassRole") != path.actions.end());
    }
  }
}

TEST_CASE("more decisions than the limit are an error") {
  GraphOptions options;
  options.max_decisions = 3;
  const Account account = read_dump(
      dump(user("alice", allow("sts:AssumeRole", "*")), role("r", trust(R"("*")"), kNothing)));
  REQUIRE(!escalation_graph(account, options));
  CHECK(escalation_graph(account, options).error().code == ErrorCode::kLimitExceeded);
}
