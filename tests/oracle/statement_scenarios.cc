// Requests about the elements of a statement: S4 to S8.
#include <string>
#include <utility>
#include <vector>

#include "characters.h"
#include "scenario.h"
#include "vocabulary.h"

namespace iamcheck::oracle::scenario {

namespace {

// clang-format off
const Words kShortArns = {"arn:aws:s3", "arn:aws:s3*", "arn:*:s3", "arn:*", "arn:aws:s3:::", "arn:aws:*:b/k", "arn:aws:s3:*", "arn:aws:sqs*", "arn:aws:s3:::b/k", "arn:aws:s3:::b/*"};
const Words kVariableResources = {"arn:aws:s3:::b/${ctx:s}", "arn:aws:s3:::b/${CTX:S}", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${ctx:s, 'k'}", "arn:aws:s3:::b/${ctx:s,'k'}", "arn:aws:s3:::b/${ctx:missing, 'k'}", "arn:aws:s3:::b/${ctx:missing}", "arn:aws:s3:::b/${ctx:l}k", "arn:aws:s3:::b/${ctx:l, 'k'}", "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/${?}", "arn:aws:s3:::b/${$}", "arn:aws:s3:::b/${ctx:s", "arn:aws:s3:::b/*${ctx:s", "arn:aws:${ctx:service}:::b/*", "arn:aws:${ctx:service}:::b/k"};
const Words kObjects = {"k", "k", "alice", "a", "ab", "a*", "*", "?", "$", "${ctx:s", "${ctx:s}", "${aws:username}", "x${ctx:s"};
const Words kValues = {"k", "alice", "a", "a*", "*", "a:b", ""};
// clang-format on

}  // namespace

// S4
void Scenario::variables() {
  const std::string resource = "arn:aws:s3:::b/" + dice_.pick(kObjects);
  ask(kAlice, "s3:GetObject", resource);
  request_["context"] = {{"ctx:l", {"k"}}, {"ctx:service", "s3"}};
  if (dice_.percent(80)) request_["context"]["ctx:s"] = dice_.pick(kValues);
  json one = statement(effect());
  const std::string version = dice_.percent(75) ? "2012-10-17" : "2008-10-17";
  if (dice_.percent(60)) {
    const bool inverted = dice_.percent(20);
    if (inverted) one.erase("Resource");
    one[inverted ? "NotResource" : "Resource"] = dice_.pick(kVariableResources);
  } else {
    static const Words kTests = {
        "StringEquals", "StringNotEquals", "StringLike",  "StringNotLike", "StringEqualsIgnoreCase",
        "Bool",         "ArnLike",         "ArnNotEquals"};
    const std::string name = dice_.pick(kTests);
    std::string value = dice_.pick(kVariables);
    request_["context"]["ctx:t"] = dice_.pick(kObjects);
    if (name == "Bool") {
      request_["context"]["ctx:s"] = dice_.pick(Words{"true", "false", "x"});
      request_["context"]["ctx:t"] = dice_.pick(Words{"true", "false"});
      value = "${ctx:s}";
    }
    if (starts_with(name, "Arn")) {
      value = "arn:aws:s3:::b/" + value;
      request_["context"]["ctx:t"] = resource;
    }
    one["Condition"] = {{name, {{"ctx:t", value}}}};
  }
  identity(document(weighed(std::move(one)), version));
}

// S5
void Scenario::actions() {
  json one = statement(effect());
  const bool inverted = dice_.percent(40);
  if (inverted) one.erase("Action");
  one[inverted ? "NotAction" : "Action"] = dice_.pick(
      Words{"*", "**", "*:*", "s3:*", "S3:getobject", "s3:Get?bject", "s*:GetObject",
            "s3:", "s3:Get*,s3:Put*", "s3:GetObject ", "sqs:*", "s3:GET*", "s3:PutObject"});
  identity(document(weighed(std::move(one))));
}

// S6.4, in every layer
void Scenario::short_arns() {
  if (dice_.percent(25)) ask(kAlice, "ec2:DescribeInstances", dice_.pick(Words{"*", "arn:aws"}));
  json one = statement(effect());
  one["Resource"] = dice_.pick(kShortArns);
  if (dice_.percent(20)) {
    one["NotResource"] = one["Resource"];
    one.erase("Resource");
  }
  switch (dice_.below(7)) {
    case 0:
      return identity(document(weighed(std::move(one))));
    case 1:
      request_["permissionBoundaries"] = list_of(document(weighed(std::move(one))));
      return;
    case 2:
      request_["sessionPolicies"] = list_of(document(weighed(std::move(one))));
      return;
    case 3:
      request_["serviceControlPolicies"] = json::array(
          {{{"orgIdentifier", "r"}, {"policies", list_of(document(weighed(std::move(one))))}}});
      return;
    case 4:
      one["Effect"] = "Deny";
      one["Principal"] = "*";
      request_["resourceControlPolicies"] = json::array(
          {{{"orgIdentifier", "r"}, {"policies", list_of(document(weighed(std::move(one))))}}});
      return;
    case 5:
      one["Principal"] = "*";
      request_["vpcEndpointPolicies"] = list_of(document(weighed(std::move(one))));
      return;
    default:
      one["Principal"] = "*";
      request_.erase("identityPolicies");
      request_["resourcePolicy"] = document(weighed(std::move(one)));
  }
}

// S6.1 - S6.6
void Scenario::resources() {
  const std::string action =
      dice_.pick(Words{"s3:GetObject", "s3:ListAllMyBuckets", "sqs:SendMessage",
                       "logs:PutLogEvents", "dynamodb:GetItem", "wafv2:UpdateWebACL"});
  std::string resource = random_resource(action, dice_);
  if (action == "wafv2:UpdateWebACL") {
    resource = "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/x/1";
  }
  ask("arn:aws:iam::111122223333:user/alice", action, resource);
  json one = statement(effect());
  const bool inverted = dice_.percent(30);
  if (inverted) one.erase("Resource");
  json entries = json::array();
  for (std::size_t i = 1 + dice_.below(2); i > 0; --i) {
    entries.push_back(dice_.percent(25)
                          ? dice_.pick(Words{"arn:aws:wafv2:*:*:*/webacl/*/*", "arn:*:*:*:*:*",
                                             "b/k", "arn:aws:s3:::*", "arn:aws:s3:::b*"})
                          : writer_.resource_pattern());
  }
  one[inverted ? "NotResource" : "Resource"] = std::move(entries);
  identity(document(weighed(std::move(one))));
}

// S7
void Scenario::conditions() {
  json one = statement(effect());
  one["Condition"] = writer_.condition();
  request_["context"] = writer_.context();
  identity(document(weighed(std::move(one))));
}

// S8.1 - S8.5
void Scenario::principals() {
  std::string who = caller();
  const bool trust = dice_.percent(20);
  if (trust && coin()) who = coin() ? kProviderArn : "ec2.amazonaws.com";
  ask(who, trust ? "sts:AssumeRole" : "s3:GetObject", trust ? kRoleArn : "arn:aws:s3:::b/k");
  if (coin()) request_.erase("identityPolicies");
  if (who == kRunSession && coin()) request_["principalRoleArn"] = kRoleArn;
  if (who == kBobSession) {
    if (dice_.percent(80)) request_["issuerArn"] = "arn:aws:iam::111122223333:user/dev/bob";
    if (coin()) request_.erase("identityPolicies");
    if (dice_.percent(20)) request_.erase("sessionPolicies");
  }
  json entry;
  if (dice_.percent(30)) {
    entry = dice_.pick(Words{"arn:aws:iam::111122223333:user/dev/bob",
                             "arn:aws:iam::111122223333:user/bob", kBobSession, kRunSession,
                             "arn:aws:iam::111122223333:role/ci", kAlice, "*"});
    entry = {{"AWS", entry}};
  } else if (!starts_with(who, "arn:aws:iam::111122223333:u") && dice_.percent(40)) {
    const std::string type = dice_.pick(Words{"Service", "Federated"});
    entry = {{type, dice_.percent(80) ? who : "s3.amazonaws.com"}};
  } else {
    entry = writer_.principal_element();
  }
  if (dice_.percent(15))
    request_["permissionBoundaries"] = list_of(document(statement("Allow", "ec2:*")));
  request_["resourcePolicy"] = document(weighed(with_principal(statement(effect()), entry)));
}

// S8.6
void Scenario::not_principals() {
  const std::string who = caller();
  ask(who, "s3:GetObject", "arn:aws:s3:::b/k");
  static const Words kNames = {
      "111122223333", "111122223333", kAlice, kRunSession, "arn:aws:iam::111122223333:role/ci",
      kBobSession,    kRootUser};
  json names = json::array();
  for (std::size_t i = 1 + dice_.below(4); i > 0; --i) names.push_back(dice_.pick(kNames));
  if (starts_with(who, "arn:") && dice_.percent(60)) {
    names.push_back(who);
    if (dice_.percent(70)) names.push_back("111122223333");
  }
  json entries = {{"AWS", names}};
  if (who == "ec2.amazonaws.com" && coin()) entries["Service"] = who;
  if (dice_.percent(10)) entries = "*";
  json one =
      with_principal(statement(dice_.percent(70) ? "Deny" : "Allow"), entries, "NotPrincipal");
  if (dice_.percent(15)) request_["permissionBoundaries"] = list_of(allow_all());
  switch (dice_.below(8)) {
    case 0:
      return identity(document(weighed(std::move(one))));
    case 1:
      request_["vpcEndpointPolicies"] = list_of(document(weighed(std::move(one))));
      if (coin()) request_["vpcEndpointKind"] = "gateway";
      break;
    case 2:
      request_["action"] = "sts:TagSession";
      request_["resource"] = kRoleArn;
      [[fallthrough]];
    default:
      if (coin()) request_.erase("identityPolicies");
      request_["resourcePolicy"] = document(weighed(std::move(one)));
  }
}

}  // namespace iamcheck::oracle::scenario
