#pragma once

// Requests about one rule each: everything else allows, so that the rule decides.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "characters.h"
#include "policy_writer.h"

namespace iamcheck::oracle::scenario {

using nlohmann::json;

// clang-format off
inline const std::string kAlice = "arn:aws:iam::111122223333:user/alice";
inline const std::string kBobSession = "arn:aws:sts::111122223333:federated-user/bob";
inline const std::string kRootUser = "arn:aws:iam::111122223333:root";
inline const std::string kRoleArn = "arn:aws:iam::111122223333:role/team/ci";
inline const std::string kRunSession = "arn:aws:sts::111122223333:assumed-role/ci/run7";
inline const std::string kLinkedSession = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s1";
inline const std::string kLinkedRole = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX";
inline const std::string kProviderArn = "arn:aws:iam::111122223333:saml-provider/idp";
// clang-format on

inline json list_of(json value) { return json::array({std::move(value)}); }

inline json document(json statements, std::string_view version = "2012-10-17") {
  return {{"Version", version}, {"Statement", std::move(statements)}};
}

inline json statement(std::string_view effect, std::string_view action = "*",
                      std::string_view resource = "*") {
  return {{"Effect", effect}, {"Action", action}, {"Resource", resource}};
}

inline json with_principal(json statement, json principal, const char* element = "Principal") {
  statement[element] = std::move(principal);
  return statement;
}

inline json allow_all() { return document(statement("Allow")); }
inline json open_policy() { return document(with_principal(statement("Allow"), "*")); }

class Scenario {
 public:
  explicit Scenario(Dice& dice) : dice_(dice), writer_(dice) {}

  json one();

 private:
  void ask(const std::string& principal, const std::string& action, const std::string& resource) {
    request_ = {{"principal", principal}, {"action", action}, {"resource", resource}};
    if (principal.find("federated-user") != std::string::npos) {
      request_["sessionPolicies"] = list_of(allow_all());
    }
    const bool brings_policies = starts_with(principal, "arn:") && principal != kProviderArn;
    if (brings_policies) request_["identityPolicies"] = list_of(allow_all());
    writer_.principal = principal;
    writer_.action = action;
    writer_.resource = resource;
  }

  void identity(json policy) { request_["identityPolicies"] = list_of(std::move(policy)); }
  bool coin() { return dice_.percent(50); }
  std::string effect() { return coin() ? "Allow" : "Deny"; }

  // The statement alone when it allows; beside one that allows everything when it denies.
  json weighed(json one) {
    json list = json::array();
    if (one["Effect"] == "Deny") {
      json open = statement("Allow");
      if (one.contains("Principal") || one.contains("NotPrincipal")) open["Principal"] = "*";
      list.push_back(std::move(open));
    }
    list.push_back(std::move(one));
    return list;
  }

  std::string caller() {
    return dice_.pick(Words{kAlice, kAlice, kRunSession, "arn:aws:iam::111122223333:role/ci",
                            kBobSession, kRootUser, "ec2.amazonaws.com", "*anonymous*"});
  }

  void variables();       // S4
  void actions();         // S5
  void short_arns();      // S6.4, in every layer
  void resources();       // S6.1 - S6.6
  void conditions();      // S7
  void principals();      // S8.1 - S8.5
  void not_principals();  // S8.6
  void guardrails();      // S9.3: SCPs and who is spared
  void rcp_reach();       // S9.3: what RCPs reach
  void endpoints();       // S9.8
  json limit();
  void same_account();    // S9.4, row by row
  void two_accounts();    // S9.5, S1.4
  void federated();       // S9.6
  void own_policy();      // S9.4: KMS keys and roles demand their own policy
  void bucket_repair();   // S9.4, last row
  void always_allowed();  // S9.1
  void refusals();        // S9.9
  void public_buckets();  // S9.10
  void denies();          // S9.2, S9.7
  void one_variable();    // S4, a rule each
  void one_resource();    // S6.2, S6.3
  void one_condition();   // S7, a rule each
  void one_role();        // S8.3

  void asks_about_object(std::string_view object, std::string_view pattern);
  void asks_about_test(std::string_view test, json values, json context);

  Dice& dice_;
  PolicyWriter writer_;
  json request_;
};

}  // namespace iamcheck::oracle::scenario
