#pragma once

// Does a Principal or NotPrincipal element name the caller (S8)?

#include "iamcheck/evaluate.h"
#include "iamcheck/policy.h"
#include "iamcheck/request.h"

namespace iamcheck {

/// A match and how sure it is: an entry known only at deploy time matches "maybe".
struct PrincipalAnswer {
  PrincipalMatch certain = PrincipalMatch::kNone;
  PrincipalMatch possible = PrincipalMatch::kNone;

  void add(PrincipalMatch match, bool unresolved);
};

/// Where a Principal element stands, as far as it changes its meaning.
struct PrincipalScene {
  PolicyKind kind = PolicyKind::kResource;
  bool trust = false;     ///< a role trust policy, the only place where `Federated` works (S8.5)
  bool boundary = false;  ///< the caller has a permissions boundary (S8.6)
};

/// S8.1-S8.5: the strongest match of the entries; S9.8 in the policy of a gateway endpoint.
PrincipalAnswer match_principal(const PrincipalElement& element, const Request& request,
                                const PrincipalScene& scene);

/// S8.6: whether a Deny with this NotPrincipal element spares the caller.
Truth exempts_from_deny(const PrincipalElement& element, const Request& request);

}  // namespace iamcheck
