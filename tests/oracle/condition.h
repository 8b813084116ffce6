#pragma once

// Condition blocks (S7): operator names, set operators, IfExists, missing keys, negation.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "comparison.h"
#include "context.h"
#include "decision_kind.h"

namespace iamcheck::oracle {

struct Operator {
  enum class Set { kNone, kForAllValues, kForAnyValue };
  Set set = Set::kNone;
  Family family = Family::kStringEquals;
  bool negated = false;
  bool if_exists = false;
};

/// Names ignore case; no value = no such operator.
std::optional<Operator> parse_operator(std::string_view name);

/// `unknown` receives the keys that kept the block from an answer.
Answer match_condition(const nlohmann::json& block, bool variables_on, const Context& context,
                       std::set<std::string>& unknown);

}  // namespace iamcheck::oracle
