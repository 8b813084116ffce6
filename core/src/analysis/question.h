#pragma once

// One question about two sides, under one reading of ARNs.

#include "analysis/grant.h"
#include "iamcheck/analysis.h"

namespace iamcheck::analysis {

/// How the evaluator is asked about a witness.
enum class Confirmation : std::uint8_t {
  kDocument,  ///< what the statements of one document say
  kDecision,  ///< the whole decision over all layers
};

struct Sides {
  const PolicySet& before;
  const PolicySet& after;
  Confirmation confirmation = Confirmation::kDocument;
  std::optional<StatementRef> skip_before;  ///< a statement that is left out on that side
  std::optional<StatementRef> skip_after;
  bool first_only = false;  ///< no reasons and pieces beyond the first
};

AccessAnswer ask(const Sides& sides, const AnalysisOptions& options);

}  // namespace iamcheck::analysis
