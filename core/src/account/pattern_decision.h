#pragma once

// One decision for all resources that match a pattern (`resourceIsPattern` of simulate, S10.3).

#include <string>
#include <vector>

#include "iamcheck/evaluate.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// A part of the pattern, which may be a single resource, with the answer that all of it gets.
struct PatternPart {
  std::string pattern;
  DecisionKind decision = DecisionKind::kUndecided;
};

struct PatternDecision {
  /// Allowed holds for every resource, and so do both denials, where ExplicitlyDenied says that
  /// some Deny holds for each. Undecided is everything else.
  Decision decision;
  /// Of an undecided answer: what the policies tell apart, sorted. Parts may overlap, and need not
  /// be all of the pattern.
  std::vector<PatternPart> parts;
  /// The policies as they speak about the pattern: `decision` and its trace are about these.
  PolicySet policies;
};

/// Whether `resource` asks about more than itself: `*` alone is the text of S6.5.
bool asks_about_many(std::string_view resource);

/// `fields.resource` is an ARN with wildcards: in the first five parts they stay inside their part.
/// Errors: `invalid-argument` when it has no six parts, `limit-exceeded` when pattern and policies
/// are so long that comparing them would take seconds.
Result<PatternDecision> decide_pattern(const PolicySet& policies, const RequestFields& fields,
                                       const EvaluateOptions& options);

}  // namespace iamcheck
