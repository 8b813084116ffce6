#pragma once

// A decision again, with some statements come out another way.

#include <span>

#include "evaluate/layers.h"
#include "evaluate/services.h"
#include "iamcheck/evaluate.h"

namespace iamcheck {

/// Views into its arguments. `decision` has a trace.
class WhatIf {
 public:
  WhatIf(const PolicySet& policies, const Request& request, const Decision& decision)
      : policies_(policies),
        request_(request),
        decision_(decision),
        setting_(setting_of(policies, request)),
        refusal_(built_in_refusal(request)) {}

  /// Whether the request would be allowed if exactly the statements `changed` came out as `truth`.
  bool allows(std::span<const StatementRef> changed, Truth truth) const;

 private:
  const PolicySet& policies_;
  const Request& request_;
  const Decision& decision_;
  Setting setting_;
  Refusal refusal_;
};

}  // namespace iamcheck
