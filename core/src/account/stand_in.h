#pragma once

// What stands in the place of a policy that nobody can read.

#include <memory>

#include "iamcheck/policy.h"

namespace iamcheck {

/// A policy that may allow and may deny everything. With it the evaluator's three-valued logic does
/// the rest: a decision that does not hang on the missing policy stays certain, every other one is
/// Undecided.
std::shared_ptr<const Policy> stand_in_policy();

}  // namespace iamcheck
