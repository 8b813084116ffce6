#pragma once

// What an undecided answer hangs on.

#include <span>
#include <string>
#include <vector>

#include "evaluate/compiled_policy.h"
#include "evaluate/engine.h"

namespace iamcheck {

/// A statement that came out unknown, and which part of the facts it speaks for.
struct UnknownStatement {
  const CompiledStatement* statement = nullptr;
  FactGroup group = FactGroup::kDeny;
};

/// Keys, sorted, that may change the answer. A key that stands only in layers whose answer cannot
/// matter is left out: it is not named when the layers decide the same with it and without it,
/// whatever the other layers come to.
std::vector<std::string> deciding_keys(const Request& request, const Setting& setting,
                                       const FactCollector& facts, DecisionCause refusal_cause,
                                       bool refusal_unknown,
                                       std::span<const UnknownStatement> unknown);

}  // namespace iamcheck
