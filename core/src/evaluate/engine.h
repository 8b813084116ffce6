#pragma once

// The layers of policies, combined as AWS combines them.

#include <optional>

#include "evaluate/facts.h"
#include "evaluate/layers.h"

namespace iamcheck {

struct Verdict {
  DecisionKind kind = DecisionKind::kImplicitlyDenied;
  DecisionCause cause = DecisionCause::kNoAllow;
  std::optional<StatementRef> decided_by;
  std::optional<StatementRef> also;
};

/// The flow chart of "Policy evaluation logic". Two-valued: see `Facts`. `refusal_cause` is the
/// cause when `Facts::refused`.
Verdict combine(const Request& request, const Setting& setting, const Facts& facts,
                DecisionCause refusal_cause);

}  // namespace iamcheck
