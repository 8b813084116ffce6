#pragma once

// One question about two sides, under one reading of ARNs.

#include "analysis/policy_list.h"
#include "iamcheck/analysis.h"

namespace iamcheck::analysis {

/// How the evaluator is asked about a witness.
enum class Confirmation : std::uint8_t {
  kDocument,  ///< what the statements of one document say
  kDecision,  ///< the whole decision over all layers
};

struct Sides {
  const PolicyList& before;
  const PolicyList& after;
  Confirmation confirmation = Confirmation::kDocument;
};

AccessAnswer ask(const Sides& sides, const AnalysisOptions& options);

}  // namespace iamcheck::analysis
