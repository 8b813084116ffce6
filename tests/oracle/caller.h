#pragma once

// Who calls: the `principal` of a request line, taken apart (machine-formats.md, "requests").

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace iamcheck::oracle {

enum class CallerKind : unsigned char {
  kUser,
  kRoleSession,
  kBareRole,  // a role ARN without a session name: a what-if (S8.3)
  kFederatedSession,
  kRoot,
  kService,
  kProvider,  // a SAML or OIDC provider ARN: who calls AssumeRoleWithSAML or ...WithWebIdentity
  kAnonymous,
};

struct Caller {
  CallerKind kind = CallerKind::kAnonymous;
  std::string text;                   // as given
  std::string partition;              // empty for services and anonymous
  std::string account;                // likewise
  std::string name;                   // last path segment of a user, role or federated session
  std::string role_arn;               // the role behind a role session, or the bare role itself
  std::optional<std::string> issuer;  // the user behind a federated session
  std::string credential;             // credentialKind, empty when not given
  bool is_service_linked_role = false;

  bool brings_policies() const {
    return kind != CallerKind::kService && kind != CallerKind::kAnonymous &&
           kind != CallerKind::kProvider;
  }
};

Caller read_caller(const nlohmann::json& request);

}  // namespace iamcheck::oracle
