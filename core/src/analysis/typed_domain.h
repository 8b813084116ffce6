#pragma once

// Numbers, dates, addresses, words and bytes: one text for every way to answer.

#include <string>
#include <vector>

#include "analysis/universe.h"

namespace iamcheck::analysis {

/// Texts of which one answers every combination of the sets that any text answers: the values that
/// they name, what lies before, between and behind them, what is of no type, and no text at all.
struct SampleValues {
  std::vector<std::string> texts;
  /// False where some neighbour was not written down: of a number with an exponent, of a date with
  /// a fraction or before 1970.
  bool complete = true;
};
SampleValues sample_values(const std::vector<const ValueSet*>& sets);

}  // namespace iamcheck::analysis
