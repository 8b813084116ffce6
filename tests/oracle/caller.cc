#include "caller.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "arn.h"
#include "characters.h"

namespace iamcheck::oracle {
namespace {

std::string text_member(const nlohmann::json& request, const char* name) {
  const auto it = request.find(name);
  return it != request.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::string last_segment(const std::string& path) { return split(path, '/').back(); }

void read_arn(const std::vector<std::string>& parts, Caller& caller) {
  caller.partition = parts[1];
  caller.account = parts[4];
  const std::string& rest = parts[5];
  const std::vector<std::string> segments = split(rest, '/');
  caller.kind = CallerKind::kProvider;
  if (parts[2] == "iam" && rest == "root") caller.kind = CallerKind::kRoot;
  if (parts[2] == "iam" && starts_with(rest, "user/")) caller.kind = CallerKind::kUser;
  if (parts[2] == "iam" && starts_with(rest, "role/")) caller.kind = CallerKind::kBareRole;
  if (parts[2] == "sts" && starts_with(rest, "federated-user/")) {
    caller.kind = CallerKind::kFederatedSession;
  }
  if (parts[2] == "sts" && starts_with(rest, "assumed-role/") && segments.size() == 3) {
    caller.kind = CallerKind::kRoleSession;
    caller.name = segments[1];
    return;
  }
  caller.name = last_segment(rest);
}

}  // namespace

Caller read_caller(const nlohmann::json& request) {
  Caller caller;
  caller.text = text_member(request, "principal");
  caller.credential = text_member(request, "credentialKind");
  if (caller.text == "*anonymous*") return caller;
  const auto parts = six_parts(caller.text);
  if (!parts) {
    caller.kind = CallerKind::kService;
    return caller;
  }
  read_arn(*parts, caller);
  const std::string account = text_member(request, "principalAccountId");
  if (!account.empty()) caller.account = account;
  if (caller.kind == CallerKind::kBareRole) caller.role_arn = caller.text;
  if (caller.kind == CallerKind::kRoleSession) {
    caller.role_arn = text_member(request, "principalRoleArn");
  }
  // S9.3: service-linked roles, by path; where it is not known, by name.
  caller.is_service_linked_role =
      caller.role_arn.find(":role/aws-service-role/") != std::string::npos ||
      (caller.kind == CallerKind::kRoleSession && caller.role_arn.empty() &&
       starts_with(caller.name, "AWSServiceRoleFor"));
  if (caller.kind == CallerKind::kRoleSession && caller.role_arn.empty()) {
    // S10.1: the path is not in the session ARN; without the role ARN the one with no path is used.
    caller.role_arn =
        "arn:" + caller.partition + ":iam::" + caller.account + ":role/" + caller.name;
  }
  if (caller.kind == CallerKind::kFederatedSession) {
    const std::string issuer = text_member(request, "issuerArn");
    if (!issuer.empty()) caller.issuer = issuer;
  }
  return caller;
}

}  // namespace iamcheck::oracle
