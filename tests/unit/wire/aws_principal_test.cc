// SimulatePrincipalPolicy: what an account brings into the simulation.
#include <nlohmann/json.hpp>
#include <string>

#include "../account/small_account.h"
#include "catch.h"
#include "iamcheck/aws_simulation.h"

using namespace iamcheck;
using namespace iamcheck::test;
using nlohmann::json;

namespace {

const std::string kObject = "arn:aws:s3:::b/k";
constexpr const char* kReadOnly = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

std::string attached(const std::string& arn) {
  return R"(, "AttachedManagedPolicies": [{"PolicyArn": ")" + arn + "\"}]";
}

std::string managed(const std::string& name, const std::string& policy) {
  return R"({"PolicyName": ")" + name + R"(", "Arn": "arn:aws:iam::111122223333:policy/)" + name +
         R"(", "DefaultVersionId": "v1", "PolicyVersionList": [{"VersionId": "v1", "Document": )" +
         policy + "}]}";
}

// alice: an inline policy, a managed policy of the account, a group with both.
Account team(const std::string& boundary = "") {
  return read_dump(
      dump(user("alice", allow("s3:GetObject", "*"),
                R"(, "GroupList": ["dev"], "Tags": [{"Key": "team", "Value": "web"}])" +
                    attached("arn:aws:iam::111122223333:policy/own") + boundary),
           role("ci", trust(R"({"AWS": "*"})"), allow("s3:GetObject", "*"), attached(kReadOnly)),
           R"(, "GroupDetailList": [{"GroupName": "dev",
               "Arn": "arn:aws:iam::111122223333:group/dev", "GroupPolicyList": [
               {"PolicyName": "g", "PolicyDocument": )" +
               allow("s3:GetObject", "*") + "}]" + attached(kReadOnly) + R"(}], "Policies": [)" +
               managed("own", allow("s3:GetObject", "*")) + "," +
               managed("edge", allow("ec2:*", "*")) + "]"));
}

const char* const kBoundary =
    R"(, "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/edge"})";

AwsSimulation about(const std::string& who, const std::string& action = "s3:GetObject") {
  AwsSimulation simulation;
  simulation.policy_source_arn = who;
  simulation.action_names = {action};
  simulation.resource_arns = {kObject};
  return simulation;
}

json first(const AwsSimulation& simulation, const Account& account) {
  const Result<std::string> text = simulate_as_aws(simulation, account);
  INFO((text ? "" : text.error().message));
  REQUIRE(text);
  return json::parse(*text)["EvaluationResults"][0];
}

// `own user-managed`, one for each matched statement.
std::vector<std::string> sources(const json& result) {
  std::vector<std::string> out;
  for (const json& one : result["MatchedStatements"])
    out.push_back(std::string(one["SourcePolicyId"]) + " " + std::string(one["SourcePolicyType"]));
  return out;
}

Error error_of(const AwsSimulation& simulation, const Account& account) {
  const Result<std::string> text = simulate_as_aws(simulation, account);
  REQUIRE_FALSE(text);
  return text.error();
}

}  // namespace

TEST_CASE("aws principal: matched statements say whose policy they are of, and of which type") {
  const Account account = team();
  CHECK(sources(first(about(user_arn("alice")), account)) ==
        std::vector<std::string>{"p user", "own user-managed", "g group",
                                 "AmazonS3ReadOnlyAccess aws-managed"});
  CHECK(sources(first(about(role_arn("ci")), account)) ==
        std::vector<std::string>{"p role", "AmazonS3ReadOnlyAccess aws-managed"});
  const std::vector<std::string> of_group = {"g group", "AmazonS3ReadOnlyAccess aws-managed"};
  CHECK(sources(first(about("arn:aws:iam::111122223333:group/dev"), account)) == of_group);
  CHECK(sources(first(about("group/dev"), account)) == of_group);
}

TEST_CASE("aws principal: positions count from the beginning of the policy, not of the dump") {
  const std::string policy =
      "{\n \"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}";
  const json in_dump = first(about("alice"), read_dump(dump(user("alice", policy))));
  const json start = {{"Line", 3}, {"Column", 3}};
  CHECK(in_dump["MatchedStatements"][0]["StartPosition"] == start);
  const std::string one_line = R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
  const json same_line = first(about("alice"), read_dump(dump(user("alice", one_line))));
  CHECK(same_line["MatchedStatements"][0]["StartPosition"] == json{{"Line", 1}, {"Column", 14}});
  // The API's own form is a text, whose white space AWS keeps.
  const json as_text =
      first(about("alice"), read_dump(dump(user("alice", json("\n" + one_line).dump()))));
  CHECK(as_text["MatchedStatements"][0]["StartPosition"] == json{{"Line", 2}, {"Column", 14}});
}

TEST_CASE("aws principal: policies that are given count besides, a boundary in place of its own") {
  const Account account = team(kBoundary);
  json result = first(about("alice"), account);
  CHECK(result["EvalDecision"] == "implicitDeny");
  CHECK(result["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"] == false);
  AwsSimulation simulation = about("alice");
  REQUIRE_FALSE(read_aws_policies("PermissionsBoundaryPolicyInputList", allow("s3:*", "*"),
                                  PolicyKind::kBoundary, 0, simulation));
  CHECK(first(simulation, account)["EvalDecision"] == "allowed");
  REQUIRE_FALSE(read_aws_policies("PolicyInputList", statement("Deny", "s3:*", "*"),
                                  PolicyKind::kIdentity, 0, simulation));
  result = first(simulation, account);
  CHECK(result["EvalDecision"] == "explicitDeny");
  CHECK(sources(result) == std::vector<std::string>{"PolicyInputList.1 none"});
}

TEST_CASE("aws principal: the caller is the principal, and another caller brings its own keys") {
  const std::string own = allow("s3:GetObject", "arn:aws:s3:::${aws:PrincipalTag/team}/*");
  const Account account = read_dump(dump(
      user("alice", own, R"(, "Tags": [{"Key": "team", "Value": "b"}])") + "," +
      user("bob", own, R"(, "Tags": [{"Key": "team", "Value": "c"}])") + "," + user("eve", own)));
  AwsSimulation simulation = about("alice");
  CHECK(first(simulation, account)["EvalDecision"] == "allowed");
  simulation.caller_arn = user_arn("bob");
  CHECK(first(simulation, account)["EvalDecision"] == "implicitDeny");
  simulation.context = {{"AWS:PrincipalTag/team", {"b"}, "string"}};  // what is given wins
  CHECK(first(simulation, account)["EvalDecision"] == "allowed");
  // A user's tags are all in the dump: one that is not there is absent, not missing.
  const json result = first(about("eve"), account);
  CHECK(result["EvalDecision"] == "implicitDeny");
  CHECK(result["MissingContextValues"].empty());
}

TEST_CASE("aws principal: a group calls nothing, so a resource policy needs another caller") {
  const Account account = team();
  AwsSimulation simulation = about("group/dev");
  simulation.policies.push_back(
      {"ResourcePolicy", "resource", PolicyKind::kResource,
       R"({"Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}})"});
  CHECK(error_of(simulation, account).message.find("caller") != std::string::npos);
  simulation.policy_source_arn = "alice";
  CHECK(sources(first(simulation, account)) == std::vector<std::string>{"ResourcePolicy resource"});
}

TEST_CASE("aws principal: the organization's SCPs decide on every level, also on an empty one") {
  const auto organization = [](const std::string& scps, const std::string& management) {
    return Account::read(
        {{"a/dump.json", dump(user("alice", allow("s3:*", "*")))},
         {"a/organization.json",
          R"({"id": "o-1", "managementAccount": ")" + management +
              R"(", "root": {"id": "r-1", "serviceControlPolicies": ["FullAWSAccess"],
                  "accounts": [{"id": "111122223333", "serviceControlPolicies": )" +
              scps + "}]}}"}});
  };
  const auto allowed = [&](const std::string& scps, const std::string& management) {
    const json result = first(about("alice"), organization(scps, management));
    CHECK(result["OrganizationsDecisionDetail"]["AllowedByOrganizations"] ==
          (result["EvalDecision"] == "allowed"));
    return result["EvalDecision"] == "allowed";
  };
  CHECK(allowed(R"(["FullAWSAccess"])", "999999999999"));
  CHECK_FALSE(allowed("[]", "999999999999"));
  CHECK(allowed("[]", "111122223333"));
}

TEST_CASE("aws: a level without SCPs allows nothing (S1.1)") {
  AwsSimulation simulation;
  REQUIRE_FALSE(read_aws_input(
      json{{"ActionNames", {"s3:GetObject"}},
           {"PolicyInputList", {allow("*", "*")}},
           {"OrderedOrganizationPolicyInputList",
            json::array({{{"ServiceControlPolicyInputList", json::array({allow("*", "*")})}},
                         {{"ServiceControlPolicyInputList", json::array()}}})}}
          .dump(),
      simulation));
  const json result = json::parse(*simulate_as_aws(simulation))["EvaluationResults"][0];
  CHECK(result["EvalDecision"] == "implicitDeny");
  CHECK(result["OrganizationsDecisionDetail"]["AllowedByOrganizations"] == false);
}

TEST_CASE("aws principal: an unknown principal is an error with the nearest name") {
  const Account account = team();
  const auto nearest = [&](const std::string& who) {
    const Error error = error_of(about(who), account);
    CHECK(error.code == ErrorCode::kUnknownName);
    return error.help;
  };
  CHECK(nearest(user_arn("alise")) == "did you mean `user/alice`?");
  CHECK(nearest("role/cj") == "did you mean `role/ci`?");
  CHECK(nearest("arn:aws:iam::111122223333:group/dew") == "did you mean `group/dev`?");
  AwsSimulation simulation = about("alice");
  simulation.caller_arn = user_arn("alicf");
  CHECK(error_of(simulation, account).help == "did you mean `user/alice`?");
  CHECK(error_of(about("arn:aws:iam::444455556666:user/x"), account).code ==
        ErrorCode::kInvalidArgument);
  CHECK(error_of(about(""), account).code == ErrorCode::kInvalidArgument);
  // And without an account nobody's policies are known.
  CHECK_FALSE(simulate_as_aws(about("alice")));
}

TEST_CASE("aws principal: nothing is guessed about a policy that could not be read") {
  const Account account = read_dump(dump(user("alice", "7") + "," + user("bob", allow("*", "*"))));
  const Error error = error_of(about("alice"), account);
  CHECK(error.code == ErrorCode::kNotAPolicy);
  CHECK(error.message.find("p, inline of user/alice") != std::string::npos);
  CHECK(first(about("bob"), account)["EvalDecision"] == "allowed");
}

TEST_CASE("aws principal: the JSON of the API names the principal, and nothing that it lacks") {
  const Account account = team();
  AwsSimulation simulation;
  REQUIRE_FALSE(read_aws_input(
      R"({"PolicySourceArn": "arn:aws:iam::111122223333:user/alice", "ActionNames": ["s3:GetObject"]})",
      simulation));
  CHECK(first(simulation, account)["EvalDecision"] == "allowed");
  REQUIRE_FALSE(read_aws_input(
      R"({"OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": []}]})",
      simulation));
  CHECK(error_of(simulation, account).code == ErrorCode::kInvalidArgument);
}
