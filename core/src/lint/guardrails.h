#pragma once

// Findings of guardrails.

#include <span>

#include "iamcheck/guardrail.h"
#include "lint/context.h"

namespace iamcheck {

/// Compares the policy with what the page forbids.
void check_guardrail(const Guardrail& guardrail, RuleContext& context);

}  // namespace iamcheck
