#pragma once

// Statements as boxes: what each operator, element and kind of policy says about a request.
//
// The rules are those of docs/evaluation.md; the table of operators is the evaluator's own
// (condition_operator.h), and tests compare every operator with it.

#include <string>
#include <vector>

#include "analysis/principals.h"
#include "analysis/universe.h"
#include "iamcheck/policy.h"

namespace iamcheck::analysis {

/// How the wildcards in the first five parts of a Resource are read (S6.1).
enum class ArnReading : std::uint8_t { kComponentWise, kDocumented };

/// One statement of a policy: it matches the requests of its boxes.
struct LoweredStatement {
  std::uint32_t statement = 0;
  Effect effect = Effect::kAllow;
  std::vector<Box> boxes;  ///< none: it never matches
  /// More boxes than `kMaxBoxes`: `boxes` is empty, and nobody knows.
  bool too_large = false;
  /// A Resource of it means something else under the other reading of ARNs.
  bool depends_on_reading = false;
};

/// Conditions that may hold in so many ways (ForAllValues doubles them) are not taken apart.
inline constexpr std::size_t kMaxBoxes = 64;

/// What else decides how the statements of one policy are read.
struct LoweringOptions {
  /// Of the callers that an Allow names, those that it names in this way.
  PrincipalPart part = PrincipalPart::kAny;
  /// Users and roles have a permissions boundary (S8.6).
  bool boundary = false;
};

/// Of a statement whose Effect is known only at deploy time both readings are given.
std::vector<LoweredStatement> lower(const Policy& policy, PolicyKind kind, ArnReading reading,
                                    Universe& universe, LoweringOptions options = {});

}  // namespace iamcheck::analysis
