#pragma once

// The decision (S9), the slow and obvious way: a request line of machine-formats.md in, one answer
// out. Everything is recomputed from the raw JSON each time.

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>

#include "decision_kind.h"

namespace iamcheck::oracle {

struct Verdict {
  DecisionKind kind = DecisionKind::kImplicitlyDenied;
  /// Undecided only: the keys (in lower case) that kept some statement from an answer.
  std::set<std::string> missing;
};

/// The request must hold texts `principal`, `action` and `resource`; `resourceIsPattern` is not
/// read.
Verdict evaluate(const nlohmann::json& request);

}  // namespace iamcheck::oracle
