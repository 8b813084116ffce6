#pragma once

// The answer lines of docs/schema, simulate-answer-v1.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/call.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/result.h"
#include "wire/json_writer.h"
#include "wire/placed_policies.h"

namespace iamcheck {

/// `{"layer", "policy", "statement", "sid", "span"}`: the whole statement, or what `span` covers.
void write_statement(JsonWriter& json, const PlacedPolicies& policies, StatementRef ref);

/// Everything about a decision but the id, as members of an object that is open.
void write_decision(JsonWriter& json, const PlacedPolicies& policies, const Request& request,
                    const Decision& decision, bool explain);

/// The same for a call: its decision, then `units`. `questions` are those that were decided.
void write_call(JsonWriter& json, const PlacedPolicies& policies,
                const std::vector<UnitQuestion>& questions, const CallDecision& decision,
                bool explain);

/// `{"id", "line", "column", "error": {"code", "message", "help"}}`; column 0: not known.
std::string error_line(const std::optional<std::string>& id, std::uint64_t line,
                       std::uint64_t column, const Error& error);

}  // namespace iamcheck
