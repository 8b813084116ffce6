#pragma once

// The cases of tests/conformance: requests with the rule they pin and the answer they expect.

#include <string>
#include <vector>

#include "adapter.h"

namespace iamcheck::oracle {

struct ConformanceReport {
  int cases = 0;
  std::vector<std::string> failures;  // file:line, rule, why, expected and given answer
};

/// Runs every line of every *.jsonl file of the folder, in order of name.
ConformanceReport run_conformance(const std::string& folder, Decide decide);

}  // namespace iamcheck::oracle
