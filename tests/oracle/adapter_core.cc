// The evaluator under test, asked through the request lines of machine-formats.md.
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "adapter.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/simulate.h"

namespace iamcheck::oracle {
namespace {

std::string text_member(const nlohmann::json& object, const char* name) {
  auto found = object.find(name);
  return found == object.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

std::string scalar_text(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

void read_context(const nlohmann::json& request, Context& context) {
  if (text_member(request, "mode") == "ask") context.set_mode(Context::Mode::kAsk);
  auto given = request.find("context");
  if (given == request.end()) return;
  for (const auto& [key, value] : given->items()) {
    if (value.is_null()) {
      context.set_absent(key);
    } else if (value.is_array()) {
      std::vector<std::string> values;
      for (const nlohmann::json& item : value) values.push_back(scalar_text(item));
      context.set_list(key, std::move(values));
    } else {
      context.set(key, scalar_text(value));
    }
  }
}

// A bare policy document, or {"name", "policy"}.
void add_policy(const nlohmann::json& value, PolicyKind kind, PolicySet& set) {
  const nlohmann::json& document = value.contains("policy") ? value["policy"] : value;
  auto policy = parse_policy("policy", document.dump());
  if (policy) set.add(value.value("name", "policy"), kind, *std::move(policy));
}

void add_policies(const nlohmann::json& holder, const char* name, PolicyKind kind, PolicySet& set) {
  if (!holder.contains(name) || !holder[name].is_array()) return;
  for (const nlohmann::json& policy : holder[name]) add_policy(policy, kind, set);
}

void add_levels(const nlohmann::json& request, const char* name, PolicyKind kind, PolicySet& set) {
  if (!request.contains(name) || !request[name].is_array()) return;
  for (const nlohmann::json& level : request[name]) {
    if (!level.is_object() || !set.add_level(kind, text_member(level, "orgIdentifier"))) continue;
    add_policies(level, "policies", kind, set);
  }
}

}  // namespace

DecisionKind core_decision(const nlohmann::json& request) {
  PolicySet set;
  add_policies(request, "identityPolicies", PolicyKind::kIdentity, set);
  add_policies(request, "permissionBoundaries", PolicyKind::kBoundary, set);
  add_policies(request, "sessionPolicies", PolicyKind::kSession, set);
  add_policies(request, "vpcEndpointPolicies", PolicyKind::kEndpoint, set);
  add_levels(request, "serviceControlPolicies", PolicyKind::kScp, set);
  add_levels(request, "resourceControlPolicies", PolicyKind::kRcp, set);
  if (request.contains("resourcePolicy") && request["resourcePolicy"].is_object()) {
    add_policy(request["resourcePolicy"], PolicyKind::kResource, set);
  }
  RequestFields fields;
  fields.principal = text_member(request, "principal");
  fields.principal_account = text_member(request, "principalAccountId");
  fields.action = text_member(request, "action");
  fields.resource = text_member(request, "resource");
  fields.resource_account = text_member(request, "resourceAccountId");
  fields.principal_role_arn = text_member(request, "principalRoleArn");
  fields.issuer_arn = text_member(request, "issuerArn");
  fields.credential_kind = credential_kind_from(text_member(request, "credentialKind"))
                               .value_or(CredentialKind::kUnspecified);
  fields.management_account = text_member(request, "managementAccountId");
  fields.endpoint_kind = endpoint_kind_from(text_member(request, "vpcEndpointKind"))
                             .value_or(EndpointKind::kInterface);
  fields.s3_block_public_access =
      request.contains("s3BlockPublicAccess") && request["s3BlockPublicAccess"] == true;
  read_context(request, fields.context);
  return evaluate(set, Request(std::move(fields))).kind;
}

DecisionKind simulate_decision(const nlohmann::json& request) {
  Simulator simulator;
  const std::string answer = simulator.feed(request.dump() + "\n");
  const nlohmann::json parsed = nlohmann::json::parse(answer);
  if (!parsed.contains("decision")) throw std::runtime_error(answer);
  for (const DecisionKind kind : {DecisionKind::kAllowed, DecisionKind::kExplicitlyDenied,
                                  DecisionKind::kImplicitlyDenied, DecisionKind::kUndecided}) {
    if (parsed["decision"] == to_string(kind)) return kind;
  }
  throw std::runtime_error(answer);
}

}  // namespace iamcheck::oracle
