#pragma once

// Principal and NotPrincipal (S8).

#include <nlohmann/json_fwd.hpp>

#include "caller.h"
#include "resource.h"

namespace iamcheck::oracle {

/// In order of strength.
enum class PrincipalMatch : unsigned char {
  kNone,
  kAccount,      // delegation to the account, not a grant (S8.2)
  kSessionRole,  // the role behind a session (S8.3)
  kSessionUser,  // the user behind a federated session (S8.4)
  kDirect,
};

PrincipalMatch match_principal(const nlohmann::json& principal, const Caller& caller,
                               PolicyKind kind);

/// What a statement with NotPrincipal says about the caller: kDirect when it covers the caller.
PrincipalMatch match_not_principal(const nlohmann::json& principal, bool is_deny, bool has_boundary,
                                   const Caller& caller, PolicyKind kind);

/// S9.8, gateway endpoints: `*` is everyone, an account is its root user, nothing else matches.
PrincipalMatch match_gateway_principal(const nlohmann::json& principal, const Caller& caller);

}  // namespace iamcheck::oracle
