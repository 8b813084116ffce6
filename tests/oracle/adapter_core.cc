// The evaluator under test, asked through the request lines of machine-formats.md.
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "adapter.h"
#include "iamcheck/evaluate.h"

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

}  // namespace

Scope core_scope() {
  Scope scope;
  scope.boundaries_and_sessions = false;
  scope.guardrails = false;
  return scope;
}

DecisionKind core_decision(const nlohmann::json& request) {
  PolicySet set;
  if (request.contains("identityPolicies")) {
    for (const nlohmann::json& policy : request["identityPolicies"])
      add_policy(policy, PolicyKind::kIdentity, set);
  }
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
  read_context(request, fields.context);
  return evaluate(set, Request(std::move(fields))).kind;
}

}  // namespace iamcheck::oracle
