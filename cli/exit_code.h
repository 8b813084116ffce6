#pragma once

// What the process says to its caller.

#include <initializer_list>

namespace iamcheck::cli {

enum ExitCode : int {
  kClean = 0,      ///< clean, allowed, PASS
  kFindings = 1,   ///< findings at or above --fail-on; denied
  kUsage = 2,      ///< usage or configuration error
  kUndecided = 3,  ///< undecided, or some input could not be read (results are still printed)
  kInternal = 4,   ///< a defect of iamcheck, or its output could not be written
};

/// Several at once: 4, 2, 3, 1, in that order.
constexpr int worst_of(int a, int b) {
  for (int code : {kInternal, kUsage, kUndecided, kFindings}) {
    if (a == code || b == code) return code;
  }
  return kClean;
}

}  // namespace iamcheck::cli
