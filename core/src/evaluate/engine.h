#pragma once

// The layers of policies, combined as AWS combines them.

#include <optional>

#include "iamcheck/evaluate.h"

namespace iamcheck {

/// What the statements of all layers came to, under one reading of the unknown: what is unknown is
/// either all taken as granted (optimistic) or all as refused (pessimistic).
struct Facts {
  std::optional<StatementRef> deny;
  std::optional<StatementRef> identity_allow;
  std::optional<StatementRef> resource_allow;
  PrincipalMatch resource_match =
      PrincipalMatch::kNone;  ///< the strongest of the resource policy's Allows
  bool refused = false;       ///< S9.9
};

struct Verdict {
  DecisionKind kind = DecisionKind::kImplicitlyDenied;
  DecisionCause cause = DecisionCause::kNoAllow;
  std::optional<StatementRef> decided_by;
  std::optional<StatementRef> also;
};

/// S9.2, S9.7: callers without an identity in any account have the resource-based policy alone.
bool brings_identity_policies(const Principal& caller);

/// The flow chart of "Policy evaluation logic". Two-valued: see `Facts`.
Verdict combine(const Request& request, const Facts& facts, DecisionCause refusal_cause);

}  // namespace iamcheck
