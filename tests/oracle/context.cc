#include "context.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "arn.h"
#include "characters.h"

namespace iamcheck::oracle {
namespace {

std::u32string canonical_key(std::string_view key) { return simple_lower(characters(key)); }

ContextValue read_value(const nlohmann::json& value) {
  ContextValue result;
  if (value.is_array()) {
    result.is_list = true;
    for (const auto& element : value) result.values.push_back(scalar_text(element));
  } else if (!value.is_null()) {
    result.values.push_back(scalar_text(value));
  }
  // null and [] are known to be absent, also in ask mode.
  result.state = result.values.empty() ? ContextValue::State::kAbsent : ContextValue::State::kGiven;
  return result;
}

}  // namespace

std::string scalar_text(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string resource_account(const nlohmann::json& request, const Caller& caller) {
  const auto given = request.find("resourceAccountId");
  if (given != request.end() && given->is_string()) return given->get<std::string>();
  const auto parts = six_parts(request.at("resource").get<std::string>());
  // `arn:aws:iam::aws:policy/x` belongs to nobody's account: only an account id is an account.
  if (parts && (*parts)[4].size() == 12 && all_digits((*parts)[4])) return (*parts)[4];
  return caller.account;
}

Context::Context(const nlohmann::json& request, const Caller& caller) {
  asks_ = request.value("mode", "strict") == "ask";
  const auto given = request.find("context");
  if (given != request.end() && given->is_object()) {
    for (const auto& [key, value] : given->items()) {
      values_.insert_or_assign(canonical_key(key), read_value(value));
    }
  }
  derive(request, caller);
  derive_from_credential(caller);
}

ContextValue Context::find(std::string_view key) const {
  const auto it = values_.find(canonical_key(key));
  if (it != values_.end()) return it->second;
  ContextValue missing;
  missing.state = asks_ ? ContextValue::State::kUnknown : ContextValue::State::kAbsent;
  return missing;
}

void Context::put(std::string_view key, ContextValue value) {
  values_.emplace(canonical_key(key), std::move(value));  // values given by the caller win
}

void Context::put_text(std::string_view key, const std::string& text) {
  put(key, ContextValue{ContextValue::State::kGiven, false, {text}});
}

void Context::put_absent(std::string_view key) { put(key, ContextValue{}); }

void Context::put_unknown(std::string_view key) {
  ContextValue value;
  value.state = ContextValue::State::kUnknown;
  put(key, std::move(value));
}

void Context::derive(const nlohmann::json& request, const Caller& caller) {
  const std::string owner = resource_account(request, caller);
  if (!owner.empty()) put_text("aws:ResourceAccount", owner);
  if (caller.kind != CallerKind::kUser) put_absent("aws:username");
  if (caller.kind == CallerKind::kAnonymous) {
    put_text("aws:PrincipalAccount", "anonymous");
    put_text("aws:userid", "anonymous");
    put_text("aws:PrincipalType", "Anonymous");
    put_absent("aws:PrincipalArn");
    put_absent("aws:PrincipalIsAWSService");
    put_absent("aws:PrincipalServiceName");
    put_absent("aws:PrincipalOrgID");
    put_absent("aws:PrincipalOrgPaths");
    return;
  }
  if (caller.kind == CallerKind::kService) {
    put_text("aws:PrincipalIsAWSService", "true");
    put_text("aws:PrincipalServiceName", caller.text);
    return;
  }
  if (caller.kind == CallerKind::kProvider) {  // signs with no AWS credentials
    put_absent("aws:PrincipalIsAWSService");
    put_absent("aws:PrincipalServiceName");
    if (!caller.account.empty()) put_text("aws:PrincipalAccount", caller.account);
    return;
  }

  put_text("aws:PrincipalIsAWSService", "false");
  put_absent("aws:PrincipalServiceName");
  put_text("aws:PrincipalAccount", caller.account);
  put_text("aws:PrincipalArn", caller.role_arn.empty() ? caller.text : caller.role_arn);
  switch (caller.kind) {
    case CallerKind::kUser:
      put_text("aws:PrincipalType", "User");
      put_text("aws:username", caller.name);
      put_unknown("aws:userid");  // the unique id is not in the ARN
      break;
    case CallerKind::kRoot:
      put_text("aws:PrincipalType", "Account");
      put_text("aws:userid", caller.account);
      break;
    case CallerKind::kFederatedSession:
      put_text("aws:PrincipalType", "FederatedUser");
      put_text("aws:userid", caller.account + ":" + caller.name);
      break;
    default:
      put_text("aws:PrincipalType", "AssumedRole");
      put_unknown("aws:userid");
      break;
  }
}

void Context::derive_from_credential(const Caller& caller) {
  const std::string& kind = caller.credential;
  if (kind.empty()) return;
  if (kind == "assume-role" || kind == "get-session-token" || kind == "console") {
    put_text("aws:MultiFactorAuthPresent", "false");
  }
  if (kind == "long-term" || kind == "federation-token" || kind == "web-identity" ||
      kind == "saml") {
    put_absent("aws:MultiFactorAuthPresent");
  }
  if (kind == "long-term") put_absent("aws:TokenIssueTime");
  if (kind == "assume-root") {
    put_text("aws:AssumedRoot", "true");
  } else {
    put_absent("aws:AssumedRoot");
  }
}

}  // namespace iamcheck::oracle
