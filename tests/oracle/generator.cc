#include "generator.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "characters.h"
#include "policy_writer.h"
#include "scenarios.h"
#include "vocabulary.h"

namespace iamcheck::oracle {
namespace {

using nlohmann::json;

class Generator {
 public:
  explicit Generator(Dice& dice) : dice_(dice), writer_(dice) {}

  json request() {
    principal_ = dice_.pick(kPrincipals);
    action_ = dice_.pick(kActions);
    resource_ = random_resource(action_, dice_);
    writer_.principal = principal_;
    writer_.action = action_;
    writer_.resource = resource_;
    json request = {{"principal", principal_}, {"action", action_}, {"resource", resource_}};
    if (dice_.percent(5)) request["action"] = random_case(action_, dice_);
    if (dice_.percent(5)) request["resource"] = dice_.percent(50) ? "*" : "b/k";
    if (dice_.percent(10)) {
      request["resourceAccountId"] = dice_.pick(kAccounts);
    }
    request["context"] = writer_.context();
    if (dice_.percent(85)) request["identityPolicies"] = writer_.policies(Place::kIdentity);
    if (dice_.percent(60)) request["resourcePolicy"] = writer_.policy(Place::kResource);
    add_sessions(request);
    const bool root = principal_.find(":root") != std::string::npos;
    const bool federated = principal_.find("federated-user") != std::string::npos;
    if (dice_.percent(20)) request["permissionBoundaries"] = writer_.policies(Place::kIdentity);
    if (dice_.percent(federated ? 70 : (root ? 5 : 15))) {
      request["sessionPolicies"] = writer_.policies(Place::kIdentity);
    }
    if (dice_.percent(15)) {
      request["credentialKind"] = credential();
      if (request["credentialKind"] == "assume-root" && dice_.percent(70)) {
        request["sessionPolicies"] = writer_.policies(Place::kIdentity);
      }
    }
    add_guardrails(request);
    if (dice_.percent(35)) request["mode"] = "ask";
    return request;
  }

 private:
  void add_sessions(json& request) {
    if (principal_.find("assumed-role") != std::string::npos && dice_.percent(50)) {
      request["principalRoleArn"] =
          "arn:aws:iam::" + split(principal_, ':')[4] + ":role/" +
          dice_.pick(Words{"", "team/", "aws-service-role/x.amazonaws.com/"}) +
          split(principal_, '/')[1];
    }
    if (principal_.find("federated-user") != std::string::npos && dice_.percent(60)) {
      request["issuerArn"] = dice_.pick(
          Words{"arn:aws:iam::111122223333:user/dev/bob", "arn:aws:iam::111122223333:user/alice"});
    }
  }

  std::string credential() {
    if (principal_.find("federated-user") != std::string::npos) return "federation-token";
    if (principal_.find("assumed-role") != std::string::npos) {
      return dice_.pick(Words{"assume-role", "web-identity", "saml"});
    }
    if (principal_.find(":root") != std::string::npos) {
      return dice_.pick(Words{"assume-root", "long-term", "console"});
    }
    return dice_.pick(Words{"long-term", "console", "get-session-token"});
  }

  void add_guardrails(json& request) {
    if (dice_.percent(12)) {
      request["serviceControlPolicies"] = writer_.levels(Place::kIdentity);
    }
    if (dice_.percent(10)) request["resourceControlPolicies"] = writer_.levels(Place::kRcp);
    if (dice_.percent(12)) {
      request["vpcEndpointPolicies"] = writer_.policies(Place::kEndpoint);
      if (dice_.percent(50)) request["vpcEndpointKind"] = "gateway";
    }
    if (dice_.percent(8)) request["managementAccountId"] = dice_.pick(kAccounts);
    if (dice_.percent(15)) request["s3BlockPublicAccess"] = dice_.percent(90);
  }

  Dice& dice_;
  PolicyWriter writer_;
  std::string principal_;
  std::string action_;
  std::string resource_;
};

json random_request(Dice& dice) {
  return dice.percent(35) ? Generator(dice).request() : random_scenario(dice);
}

}  // namespace

json random_request(std::uint64_t seed) {
  Dice dice(seed);
  return random_request(dice);
}

json random_request(std::string_view bytes) {
  Dice dice(bytes);
  return random_request(dice);
}

}  // namespace iamcheck::oracle
