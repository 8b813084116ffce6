#pragma once

// How the real evaluator is plugged into the comparison: adapter_core.cc defines `core_decision`.
// Without that file only the oracle's own side is run.

#include <nlohmann/json_fwd.hpp>

#include "decision_kind.h"

namespace iamcheck::oracle {

/// Decides one request line of machine-formats.md.
using Decide = DecisionKind (*)(const nlohmann::json& request);

/// The evaluator under test. Defined in adapter_core.cc; never throws for what the generator or
/// tests/conformance holds.
DecisionKind core_decision(const nlohmann::json& request);

/// The same asked through `iamcheck simulate`. Throws when that has no answer but an error.
DecisionKind simulate_decision(const nlohmann::json& request);

/// The same through the oracle.
DecisionKind oracle_decision(const nlohmann::json& request);

}  // namespace iamcheck::oracle
