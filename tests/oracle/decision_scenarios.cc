// Requests about the decision: S9.
#include <string>
#include <utility>
#include <vector>

#include "characters.h"
#include "scenario.h"
#include "vocabulary.h"

namespace iamcheck::oracle::scenario {

// S9.3: SCPs and who is spared
void Scenario::guardrails() {
  const std::string who =
      dice_.pick(Words{kAlice, kAlice, kRootUser, kRunSession, kLinkedSession, kLinkedSession,
                       kLinkedRole, "ec2.amazonaws.com", "*anonymous*"});
  ask(who, "s3:GetObject", "arn:aws:s3:::b/k");
  if (who == kLinkedSession && coin()) {
    request_["principalRoleArn"] =
        coin() ? kLinkedRole : "arn:aws:iam::111122223333:role/AWSServiceRoleForX";
  }
  if (dice_.percent(40)) request_["managementAccountId"] = dice_.pick(kAccounts);
  if (!starts_with(who, "arn:") || dice_.percent(20)) request_["resourcePolicy"] = open_policy();
  json levels = json::array();
  for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
    json policies = json::array();
    for (std::size_t p = dice_.percent(95) ? 1 + dice_.below(2) : 0; p > 0; --p) {
      json one = statement(dice_.percent(85) ? "Allow" : "Deny");
      one["Action"] = dice_.pick(Words{"*", "s3:*", "s3:*", "ec2:*"});
      policies.push_back(document(std::move(one)));
    }
    levels.push_back({{"orgIdentifier", "o"}, {"policies", policies}});
  }
  request_["serviceControlPolicies"] = levels;
}

// S9.3: what RCPs reach
void Scenario::rcp_reach() {
  static const std::vector<std::pair<std::string, std::string>> kQuestions = {
      {"s3:GetObject", "arn:aws:s3:::b/k"},
      {"sns:Publish", "arn:aws:sns:us-east-1:111122223333:t"},
      {"ec2:StartInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-1"},
      {"sts:AssumeRole", kLinkedRole},
      {"sts:AssumeRole", kRoleArn},
      {"kms:RetireGrant", "arn:aws:kms:us-east-1:111122223333:key/k1"},
      {"kms:DescribeKey", "arn:aws:kms:us-east-1:111122223333:alias/aws/s3"},
      {"kms:DescribeKey", "arn:aws:kms:us-east-1:111122223333:alias/x"}};
  const auto& [action, resource] = kQuestions[dice_.below(kQuestions.size())];
  const std::string who = dice_.pick(Words{kAlice, kRunSession, kLinkedSession, "ec2.amazonaws.com",
                                           "*anonymous*", "arn:aws:iam::999988887777:user/alice"});
  ask(who, action, resource);
  request_["resourceAccountId"] = "111122223333";
  request_["resourcePolicy"] = open_policy();
  if (dice_.percent(40)) request_["managementAccountId"] = dice_.pick(kAccounts);
  json deny = with_principal(statement("Deny"),
                             dice_.percent(85) ? json("*") : writer_.principal_element());
  json levels = json::array();
  for (std::size_t i = dice_.below(2); i > 0; --i) {
    levels.push_back({{"orgIdentifier", "o"}, {"policies", json::array()}});
  }
  levels.push_back({{"orgIdentifier", "o"}, {"policies", list_of(document(deny))}});
  request_["resourceControlPolicies"] = levels;
}

// S9.8
void Scenario::endpoints() {
  const std::string who = caller();
  ask(who, "s3:GetObject", "arn:aws:s3:::b/k");
  if (!starts_with(who, "arn:")) request_["resourcePolicy"] = open_policy();
  if (who == kBobSession) request_["issuerArn"] = "arn:aws:iam::111122223333:user/dev/bob";
  if (dice_.percent(70)) request_["vpcEndpointKind"] = coin() ? "gateway" : "interface";
  json one = statement(dice_.percent(70) ? "Allow" : "Deny");
  if (dice_.percent(85)) {
    one = with_principal(
        one, dice_.percent(40) ? json{{"AWS", "111122223333"}} : writer_.principal_element());
  }
  request_["vpcEndpointPolicies"] = list_of(document(weighed(std::move(one))));
}

json Scenario::limit() {
  return list_of(document(statement("Allow", dice_.percent(40) ? "*" : "ec2:*")));
}

// S9.4, row by row
void Scenario::same_account() {
  const std::string who = caller();
  ask(who, "s3:GetObject", "arn:aws:s3:::b/k");
  if (coin()) request_["identityPolicies"] = list_of(document(statement("Allow", "ec2:*")));
  if (coin()) request_["permissionBoundaries"] = limit();
  if (coin()) request_["sessionPolicies"] = limit();
  if (who == kRootUser && coin()) request_["credentialKind"] = "assume-root";
  if (who == kBobSession) request_["issuerArn"] = "arn:aws:iam::111122223333:user/dev/bob";
  if (dice_.percent(25)) return;
  json entry = {{"AWS", "111122223333"}};
  if (dice_.percent(20)) entry = "*";
  if (dice_.percent(30)) entry = {{"AWS", who}};
  if (dice_.percent(30) && who == kRunSession)
    entry = {{"AWS", "arn:aws:iam::111122223333:role/ci"}};
  if (dice_.percent(40) && who == kBobSession)
    entry = {{"AWS", "arn:aws:iam::111122223333:user/dev/bob"}};
  request_["resourcePolicy"] = document(with_principal(statement("Allow"), entry));
}

// S9.5, S1.4
void Scenario::two_accounts() {
  const std::string who = dice_.pick(Words{
      "arn:aws:iam::999988887777:user/alice", "arn:aws:sts::999988887777:assumed-role/ci/run7",
      "arn:aws:iam::999988887777:root", "arn:aws-cn:iam::111122223333:user/alice"});
  ask(who, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q");
  if (dice_.percent(40)) request_.erase("identityPolicies");
  if (dice_.percent(25)) request_["permissionBoundaries"] = limit();
  if (dice_.percent(25)) request_["sessionPolicies"] = limit();
  json entry = coin() ? json("*") : json{{"AWS", coin() ? who : "999988887777"}};
  if (dice_.percent(80)) {
    request_["resourcePolicy"] = document(with_principal(statement("Allow"), entry));
  }
}

// S9.6
void Scenario::federated() {
  ask(kBobSession, "s3:GetObject", "arn:aws:s3:::b/k");
  if (dice_.percent(50)) request_.erase("sessionPolicies");
  if (dice_.percent(15)) request_.erase("identityPolicies");
  if (dice_.percent(20)) {
    request_["resourcePolicy"] = document(
        with_principal(statement("Allow"), {{"AWS", coin() ? kBobSession : "111122223333"}}));
  }
}

// S9.4: KMS keys and roles demand their own policy
void Scenario::own_policy() {
  static const std::vector<std::pair<std::string, std::string>> kQuestions = {
      {"kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/k1"},
      {"kms:CreateAlias", "arn:aws:kms:us-east-1:111122223333:alias/x"},
      {"sts:AssumeRole", kRoleArn},
      {"sts:AssumeRoleWithSAML", kRoleArn},
      {"sts:SetContext", kRoleArn},
      {"iam:GetRole", kRoleArn},
      {"sts:TagSession", "arn:aws:iam::111122223333:policy/p"}};
  const auto& [action, resource] = kQuestions[dice_.below(kQuestions.size())];
  std::string who = caller();
  if (action == "sts:AssumeRoleWithSAML") who = kProviderArn;
  ask(who, action, resource);
  if (dice_.percent(25)) request_.erase("identityPolicies");
  if (action == "sts:AssumeRoleWithSAML") {
    if (dice_.percent(30)) request_["resource"] = "arn:aws:iam::999988887777:role/ci";
    request_["resourcePolicy"] = document(with_principal(statement("Allow"), {{"Federated", who}}));
  } else if (coin()) {
    request_["resourcePolicy"] =
        document(with_principal(statement("Allow"), {{"AWS", coin() ? "111122223333" : who}}));
  }
}

// S9.4, last row
void Scenario::bucket_repair() {
  const std::string who =
      dice_.pick(Words{kRootUser, kRootUser, kRootUser, kAlice, "arn:aws:iam::999988887777:root",
                       "arn:aws-cn:iam::111122223333:root"});
  const std::string action = dice_.pick(Words{"s3:GetBucketPolicy", "s3:PutBucketPolicy",
                                              "s3:DeleteBucketPolicy", "s3:PutBucketAcl"});
  ask(who, action, dice_.percent(80) ? "arn:aws:s3:::b" : "arn:aws:s3:::b/k");
  request_["resourceAccountId"] = "111122223333";
  request_["resourcePolicy"] = document(with_principal(statement("Deny"), "*"));
  if (dice_.percent(25)) {
    request_["credentialKind"] = "assume-root";
    if (dice_.percent(80))
      request_["sessionPolicies"] = list_of(document(weighed(statement(effect()))));
  }
  switch (dice_.below(6)) {
    case 0:
      request_["serviceControlPolicies"] =
          json::array({{{"orgIdentifier", "r"},
                        {"policies", list_of(document(weighed(statement(effect()))))}}});
      break;
    case 1:
      request_["resourceControlPolicies"] =
          json::array({{{"orgIdentifier", "r"},
                        {"policies", list_of(document(with_principal(statement("Deny"), "*")))}}});
      break;
    case 2:
      request_["vpcEndpointPolicies"] =
          list_of(document(weighed(with_principal(statement(effect()), "*"))));
      break;
    default:
      break;
  }
}

// S9.1
void Scenario::always_allowed() {
  std::string who = caller();
  if (dice_.percent(15)) who = kProviderArn;
  ask(who,
      dice_.pick(Words{"sts:GetCallerIdentity", "STS:getcalleridentity", "sts:GetSessionToken"}),
      "*");
  if (coin()) identity(document(statement("Deny")));
  if (coin()) request_.erase("identityPolicies");
  if (dice_.percent(20)) request_["credentialKind"] = "get-session-token";
}

// S9.9
void Scenario::refusals() {
  static const std::vector<std::pair<std::string, std::string>> kQuestions = {
      {"iam:DeletePolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"},
      {"iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"},
      {"iam:DeletePolicy", "arn:aws:iam::111122223333:policy/p"},
      {"iam:PassRole", "arn:aws:iam::111122223333:role/aws-reserved/x"},
      {"iam:UpdateAssumeRolePolicy", "arn:aws:iam::111122223333:role/aws-reserved/x"},
      {"iam:PassRole", kRoleArn},
      {"kms:CreateAlias", "arn:aws:kms:us-east-1:111122223333:alias/aws/s3"},
      {"kms:CreateAlias", "arn:aws:kms:us-east-1:111122223333:alias/x"},
      {"iam:GetUser", kAlice},
      {"iam:GetUser", kAlice},
      {"sts:GetFederationToken", "*"},
      {"sts:AssumeRole", kRoleArn},
      {"s3:GetObject", "arn:aws:s3:::b/k"}};
  const auto& [action, resource] = kQuestions[dice_.below(kQuestions.size())];
  const std::string who = dice_.pick(Words{kAlice, kAlice, kAlice, kBobSession, kRootUser});
  ask(who, action, resource);
  if (who == kAlice && coin()) {
    request_["credentialKind"] = dice_.pick(Words{"get-session-token", "long-term"});
  }
  if (who == kBobSession && coin()) request_["credentialKind"] = "federation-token";
  if (dice_.percent(30)) {
    request_["context"] = {
        {"aws:MultiFactorAuthPresent", dice_.pick(Words{"true", "false", "TRUE"})}};
  }
  if (action == "sts:AssumeRole") request_["resourcePolicy"] = open_policy();
  if (dice_.percent(10)) identity(document(statement("Deny")));
}

// S9.10
void Scenario::public_buckets() {
  const std::string who = dice_.pick(Words{"arn:aws:iam::999988887777:user/alice",
                                           "arn:aws:iam::999988887777:user/alice", "*anonymous*",
                                           kAlice, "ec2.amazonaws.com"});
  ask(who, "s3:GetObject", "arn:aws:s3:::b/k");
  request_["resourceAccountId"] = "111122223333";
  request_["s3BlockPublicAccess"] = dice_.percent(90);
  request_["context"] = {
      {"aws:SourceVpc", "vpc-1"},
      {"aws:SourceIp", "10.1.2.3"},
      {"ctx:s", "a"},
      {"s3:DataAccessPointArn", "arn:aws:s3:us-west-2:111122223333:accesspoint/p"}};
  json one = with_principal(statement("Allow"),
                            dice_.percent(75) ? json("*") : writer_.principal_element());
  if (dice_.percent(10))
    one = with_principal(statement("Allow"), {{"AWS", kAlice}}, "NotPrincipal");
  if (dice_.percent(85)) {
    static const std::vector<std::pair<std::string, std::vector<std::string>>> kTests = {
        {"aws:SourceVpc", {"vpc-1", "vpc-*", "vpc-?", "${ctx:v}"}},
        {"AWS:sourcevpc", {"vpc-1"}},
        {"ctx:s", {"a", "a*"}},
        {"aws:PrincipalAccount", {"999988887777", "9999*", "anonymous"}},
        {"s3:DataAccessPointArn",
         {"arn:aws:s3:us-west-2:111122223333:accesspoint/*", "arn:aws:s3:*:*:accesspoint/p",
          "arn:aws:s3:us-west-2:111122223333:accesspoint/p"}}};
    const auto& [key, values] = kTests[dice_.below(kTests.size())];
    std::string name = dice_.pick(Words{"StringLike", "StringLike", "StringLike", "StringEquals",
                                        "StringNotEquals", "StringLikeIfExists",
                                        "ForAnyValue:StringLike", "ForAllValues:StringLike"});
    one["Condition"] = {{name, {{key, dice_.pick(values)}}}};
    if (dice_.percent(25)) {
      name = dice_.pick(Words{"IpAddress", "IpAddress", "IpAddress", "NotIpAddress"});
      one["Condition"] = {
          {name,
           {{"aws:SourceIp", dice_.pick(Words{"10.0.0.0/8", "10.0.0.0/7", "0.0.0.0/0", "10.1.2.3",
                                              "10.1.2.3/32", "x"})}}}};
    }
  }
  json list = json::array({std::move(one)});
  if (dice_.percent(25)) {
    list.push_back(with_principal(statement(effect(), "s3:PutObject"), "*"));
  }
  request_["resourcePolicy"] = document(std::move(list));
}

// S9.2, S9.7
void Scenario::denies() {
  const std::string who = caller();
  ask(who, "s3:GetObject", "arn:aws:s3:::b/k");
  if (dice_.percent(70)) request_["resourcePolicy"] = open_policy();
  json deny = document(json::array(
      {with_principal(statement("Allow"), "*"), with_principal(statement("Deny"), "*")}));
  const json level = json::array({{{"orgIdentifier", "r"}, {"policies", list_of(deny)}}});
  switch (dice_.below(8)) {
    case 0:
      return identity(deny);
    case 1:
      request_["permissionBoundaries"] = list_of(deny);
      break;
    case 2:
      request_["sessionPolicies"] = list_of(deny);
      break;
    case 3:
      request_["serviceControlPolicies"] = level;
      break;
    case 4:
      request_["resourceControlPolicies"] = level;
      break;
    case 5:
      request_["vpcEndpointPolicies"] = list_of(deny);
      break;
    case 6:
      request_["resourcePolicy"] = deny;
      break;
    default:
      break;
  }
}

}  // namespace iamcheck::oracle::scenario
