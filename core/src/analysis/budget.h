#pragma once

// How much work one question may take. What runs out ends in "unknown", never in a proof.

#include <cstddef>
#include <stop_token>

#include "iamcheck/analysis.h"

namespace iamcheck::analysis {

class Budget {
 public:
  explicit Budget(const AnalysisOptions& options)
      : states_(options.max_states), steps_(options.max_steps), stop_(options.stop) {}

  std::size_t states() const { return states_; }
  void spend_states(std::size_t states) { states_ -= states < states_ ? states : states_; }
  /// False when nothing is left.
  bool step() {
    if (steps_ == 0 || stop_.stop_requested()) return false;
    --steps_;
    return true;
  }
  bool spent() const { return steps_ == 0 || states_ == 0 || stop_.stop_requested(); }

 private:
  std::size_t states_;
  std::size_t steps_;
  std::stop_token stop_;
};

}  // namespace iamcheck::analysis
