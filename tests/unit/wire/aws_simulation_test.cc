// The request and response of AWS's simulator.
#include "iamcheck/aws_simulation.h"

#include <nlohmann/json.hpp>
#include <string>

#include "catch.h"

using namespace iamcheck;
using nlohmann::json;

namespace {

const std::string kAllow =
    "{\n  \"Statement\": {\n    \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"\n  "
    "}\n}";

std::string statement(const std::string& members) {
  return R"({"Version": "2012-10-17", "Statement": {"Resource": "*", )" + members + "}}";
}

AwsSimulation about(const std::string& action, const std::string& policy) {
  AwsSimulation simulation;
  simulation.action_names = {action};
  CHECK_FALSE(read_aws_policies("PolicyInputList", policy, PolicyKind::kIdentity, 0, simulation));
  return simulation;
}

json answer(const AwsSimulation& simulation) {
  const Result<std::string> text = simulate_as_aws(simulation);
  REQUIRE(text);
  return json::parse(*text);
}

json first(const AwsSimulation& simulation) { return answer(simulation)["EvaluationResults"][0]; }

AwsContextEntry entry_of(const std::string& text) {
  AwsSimulation simulation;
  const auto error = read_aws_context(text, simulation);
  INFO(text << (error ? error->message : ""));
  REQUIRE_FALSE(error);
  REQUIRE(simulation.context.size() == 1);
  return simulation.context[0];
}

}  // namespace

TEST_CASE("aws: one result for each action, with the statements that decided and their places") {
  AwsSimulation simulation = about("s3:GetObject", kAllow);
  simulation.action_names.push_back("s3:PutObject");
  const json response = answer(simulation);
  CHECK(response["IsTruncated"] == false);
  REQUIRE(response["EvaluationResults"].size() == 2);
  const json& result = response["EvaluationResults"][0];
  CHECK(result["EvalActionName"] == "s3:GetObject");
  CHECK(result["EvalResourceName"] == "*");
  CHECK(result["EvalDecision"] == "allowed");
  CHECK(result["MissingContextValues"] == json::array());
  CHECK_FALSE(result.contains("ResourceSpecificResults"));
  CHECK_FALSE(result.contains("PermissionsBoundaryDecisionDetail"));
  CHECK_FALSE(result.contains("OrganizationsDecisionDetail"));
  CHECK(result["MatchedStatements"] ==
        json::array({{{"SourcePolicyId", "PolicyInputList.1"},
                      {"SourcePolicyType", "none"},
                      {"StartPosition", {{"Line", 2}, {"Column", 16}}},
                      {"EndPosition", {{"Line", 4}, {"Column", 4}}}}}));
}

TEST_CASE("aws: a deny is the only statement of its result") {
  AwsSimulation simulation = about("s3:GetObject", kAllow);
  CHECK_FALSE(read_aws_policies("PolicyInputList",
                                statement(R"("Effect": "Deny", "Action": "s3:*")"),
                                PolicyKind::kIdentity, 0, simulation));
  const json result = first(simulation);
  CHECK(result["EvalDecision"] == "explicitDeny");
  REQUIRE(result["MatchedStatements"].size() == 1);
  CHECK(result["MatchedStatements"][0]["SourcePolicyId"] == "PolicyInputList.2");
  simulation = about("s3:GetObject", statement(R"("Effect": "Allow", "Action": "ec2:*")"));
  CHECK(first(simulation)["EvalDecision"] == "implicitDeny");
  CHECK(first(simulation)["MatchedStatements"].empty());
}

TEST_CASE("aws: each resource has its own result, the most restrictive speaks for all") {
  AwsSimulation simulation = about(
      "s3:GetObject", R"({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*/open"}})");
  simulation.policies[0].text =
      R"({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/open"}})";
  simulation.resource_arns = {"arn:aws:s3:::b/open", "arn:aws:s3:::b/shut"};
  const json result = first(simulation);
  CHECK(result["EvalDecision"] == "implicitDeny");
  CHECK(result["EvalResourceName"] == "arn:${Partition}:s3:::${BucketName}/${ObjectName}");
  REQUIRE(result["ResourceSpecificResults"].size() == 2);
  CHECK(result["ResourceSpecificResults"][0]["EvalResourceName"] == "arn:aws:s3:::b/open");
  CHECK(result["ResourceSpecificResults"][0]["EvalResourceDecision"] == "allowed");
  CHECK(result["ResourceSpecificResults"][1]["EvalResourceDecision"] == "implicitDeny");
}

TEST_CASE("aws: keys that the policies ask about and nobody gave are missing") {
  const std::string policy =
      R"({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
         "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
        {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:username}"},
        {"Effect": "Allow", "Action": "ec2:*", "Resource": "*",
         "Condition": {"Bool": {"aws:ViaAWSService": "true"}}}]})";
  AwsSimulation simulation = about("s3:ListBucket", policy);
  simulation.resource_arns = {"arn:aws:s3:::alice"};
  const json missing = {"aws:MultiFactorAuthPresent", "aws:username"};
  CHECK(first(simulation)["MissingContextValues"] == missing);
  CHECK(first(simulation)["ResourceSpecificResults"][0]["MissingContextValues"] == missing);
  CHECK(first(simulation)["EvalDecision"] == "implicitDeny");
  simulation.caller_arn = "arn:aws:iam::111122223333:user/alice";
  CHECK(first(simulation)["MissingContextValues"] == json({"aws:MultiFactorAuthPresent"}));
  CHECK(first(simulation)["EvalDecision"] == "allowed");
}

TEST_CASE("aws: the boundary and the organization say whether they allow") {
  AwsSimulation simulation = about("s3:GetObject", kAllow);
  CHECK_FALSE(read_aws_policies("PermissionsBoundaryPolicyInputList",
                                statement(R"("Effect": "Allow", "Action": "ec2:*")"),
                                PolicyKind::kBoundary, 0, simulation));
  CHECK(first(simulation)["EvalDecision"] == "implicitDeny");
  CHECK(first(simulation)["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"] ==
        false);
  simulation = about("s3:GetObject", kAllow);
  CHECK_FALSE(read_aws_input(
      json{{"OrderedOrganizationPolicyInputList",
            json::array({{{"ServiceControlPolicyInputList", json::array({kAllow})}},
                         {{"ServiceControlPolicyInputList",
                           json::array({statement(R"("Effect": "Allow", "Action": "s3:*")")})}}})}}
          .dump(),
      simulation));
  CHECK(first(simulation)["OrganizationsDecisionDetail"]["AllowedByOrganizations"] == true);
  simulation.action_names = {"ec2:RunInstances"};
  CHECK(first(simulation)["EvalDecision"] == "implicitDeny");
  CHECK(first(simulation)["OrganizationsDecisionDetail"]["AllowedByOrganizations"] == false);
}

TEST_CASE("aws: a resource policy decides with the account of its owner") {
  AwsSimulation simulation;
  simulation.action_names = {"s3:GetObject"};
  simulation.resource_arns = {"arn:aws:s3:::b/k"};
  simulation.policies.push_back(
      {"ResourcePolicy", "resource", PolicyKind::kResource,
       R"({"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"},
           "Action": "*", "Resource": "*"}})",
       0});
  CHECK_FALSE(simulate_as_aws(simulation));  // AWS wants a caller too
  simulation.caller_arn = "arn:aws:iam::111122223333:user/alice";
  CHECK(first(simulation)["EvalDecision"] == "allowed");
  simulation.resource_owner = "444455556666";
  CHECK(first(simulation)["EvalDecision"] == "implicitDeny");
  simulation.resource_owner = "arn:aws:iam::111122223333:root";
  CHECK(first(simulation)["EvalDecision"] == "allowed");
  simulation.resource_owner = "nobody";
  CHECK_FALSE(simulate_as_aws(simulation));
}

TEST_CASE("aws: context entries in the shorthand of the AWS CLI") {
  AwsContextEntry entry =
      entry_of("ContextKeyName=aws:SourceIp,ContextKeyValues=192.0.2.1,ContextKeyType=ip");
  CHECK(entry.name == "aws:SourceIp");
  CHECK(entry.values == std::vector<std::string>{"192.0.2.1"});
  CHECK(entry.type == "ip");
  const std::vector<std::string> two = {"a", "b"};
  CHECK(entry_of("ContextKeyName=k,ContextKeyValues=a,b,ContextKeyType=stringList").values == two);
  CHECK(entry_of("ContextKeyName=k,ContextKeyValues=[a,b],ContextKeyType=stringList").values ==
        two);
  CHECK(entry_of("ContextKeyType=stringList,ContextKeyName=k,ContextKeyValues=a,b").values == two);
  CHECK(entry_of("ContextKeyName=k,ContextKeyValues='a,b',ContextKeyType=string").values ==
        std::vector<std::string>{"a,b"});
  CHECK(entry_of("ContextKeyName=k,ContextKeyValues=\"a=b\",ContextKeyType=string").values ==
        std::vector<std::string>{"a=b"});
  CHECK(entry_of("ContextKeyName=k,ContextKeyValues=a\\,b,ContextKeyType=string").values ==
        std::vector<std::string>{"a,b"});
  CHECK(
      entry_of(
          R"([{"ContextKeyName": "k", "ContextKeyValues": ["a", "b"], "ContextKeyType": "stringList"}])")
          .values == two);
  AwsSimulation simulation;
  for (const char* bad :
       {"", "x", "ContextKeyName=k", "ContextKeyNam=k", "ContextKeyName=k,ContextKeyValues=[a",
        "ContextKeyName=k,ContextKeyValues=a,b,ContextKeyType=string", "[1]", "{\"x\": 1}",
        "ContextKeyName=k,ContextKeyValues=a,ContextKeyType=text", "ContextKeyValues='a"}) {
    INFO(bad);
    const bool refused = read_aws_context(bad, simulation).has_value();
    // A key without values is the empty list, which the API takes.
    CHECK(refused == (std::string(bad) != "ContextKeyName=k"));
  }
}

TEST_CASE("aws: types with List are multivalued, others single") {
  const std::string policy = statement(
      R"("Effect": "Allow", "Action": "*", "Condition": {"StringEquals": {"aws:x": "a"}})");
  AwsSimulation simulation = about("s3:GetObject", policy);
  simulation.context = {{"aws:x", {"a"}, "string"}};
  CHECK(first(simulation)["EvalDecision"] == "allowed");
  simulation.context = {{"aws:x", {"a"}, "stringList"}};
  CHECK(first(simulation)["EvalDecision"] == "implicitDeny");
}

TEST_CASE("aws: what the API would refuse is an error that names it") {
  const auto message = [](const AwsSimulation& simulation) {
    const Result<std::string> response = simulate_as_aws(simulation);
    REQUIRE_FALSE(response);
    return response.error().message;
  };
  CHECK(message({}).find("no action") != std::string::npos);
  CHECK(message(about("s3:GetObject", "{\n]")).find("PolicyInputList.1:2:1: ") == 0);
  CHECK(message(about("s3:GetObject", "{}")).find("no `Statement`") != std::string::npos);
  AwsSimulation simulation;
  CHECK(read_aws_input("{\"Marker\": \"x\"}", simulation)->message.find("`Marker`") !=
        std::string::npos);
  CHECK(read_aws_input("[", simulation)->code == ErrorCode::kJsonSyntax);
}

TEST_CASE("aws: one value may be a JSON list, which is read whole") {
  std::vector<std::string> texts;
  CHECK_FALSE(read_aws_texts("--action-names", R"(["s3:GetObject","s3:PutObject"])", texts));
  CHECK_FALSE(read_aws_texts("--action-names", "ec2:RunInstances", texts));
  CHECK(texts == std::vector<std::string>{"s3:GetObject", "s3:PutObject", "ec2:RunInstances"});
  CHECK(read_aws_texts("--action-names", R"(["s3:GetObject)", texts));
  CHECK(read_aws_texts("--action-names", R"([{"a": 1}])", texts));
}

TEST_CASE("aws: an action that is no full name is refused, as the API does") {
  for (const char* action : {"s3:Get*", "GetObject", "s3:", ":GetObject", "", "*", "s3:Get?bject",
                             "s3:GetObject ", "s3:Get:Object"}) {
    INFO(action);
    const auto response = simulate_as_aws(about(action, kAllow));
    REQUIRE_FALSE(response);
    CHECK(response.error().code == ErrorCode::kInvalidArgument);
  }
}

TEST_CASE("aws: a caller that is no ARN of a principal is refused") {
  for (const char* caller : {"alice", "*", "arn:aws:s3:::b", "ec2.amazonaws.com"}) {
    INFO(caller);
    AwsSimulation simulation = about("s3:GetObject", kAllow);
    simulation.caller_arn = caller;
    const auto response = simulate_as_aws(simulation);
    REQUIRE_FALSE(response);
    CHECK(response.error().code == ErrorCode::kInvalidArgument);
  }
}

TEST_CASE("aws: a list of policies was given also when it is empty") {
  AwsSimulation simulation;
  CHECK_FALSE(read_aws_input(R"({"ActionNames": ["s3:GetObject"]})", simulation));
  CHECK_FALSE(simulation.has_policy_list);
  CHECK_FALSE(read_aws_input(R"({"PolicyInputList": []})", simulation));
  CHECK(simulation.has_policy_list);
}
