#pragma once

// Everything that decides together, as boxes.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/policy_list.h"
#include "iamcheck/analysis.h"

namespace iamcheck::analysis {

struct StatementBox {
  Box box;
  std::optional<StatementRef> statement;  ///< none: the rules say so, no policy does
};

/// One of its boxes must allow. Paths share layers.
using Layer = std::shared_ptr<std::vector<StatementBox>>;
/// Each of its layers must allow.
using Path = std::vector<Layer>;

/// A request is allowed if some path allows it and no box denies it.
struct Grant {
  std::vector<Path> paths;
  std::vector<StatementBox> denies;
  /// Some statement holds in too many ways to be taken apart.
  bool too_large = false;
  /// The two readings of ARNs part.
  bool depends_on_reading = false;
  std::vector<std::string> assumptions;
};

/// What a question is about, for both sides.
struct GrantScope {
  /// What the statements of one document say, whoever asks.
  bool document = true;
  /// A side has policies of the resource, so that callers of all kinds come into question.
  bool resource = false;
  /// A side has identity-based policies, so that without them nothing is allowed. Where none has
  /// them nor the resource's, the guardrails are taken as they are.
  bool identity = false;

  bool guardrails_alone() const { return !document && !resource && !identity; }
};
GrantScope scope_of(const PolicyList& before, const PolicyList& after, bool document);

Grant grant_of(const PolicyList& policies, const GrantScope& scope, ArnReading reading,
               Universe& universe);

}  // namespace iamcheck::analysis
