#pragma once

// Three answers: true, false, unknown.
//
// A condition on a key that nobody gave is not false, it is unknown. The operators below are
// Kleene's strong logic, so an unknown that cannot matter disappears by itself.
//
// ```cpp
// using iamcheck::Truth;
// Truth answer = iamcheck::truth_and(Truth::kFalse, Truth::kUnknown);  // kFalse: it cannot matter
// ```

#include <string_view>

namespace iamcheck {

enum class Truth : unsigned char { kFalse, kUnknown, kTrue };

constexpr Truth truth_and(Truth a, Truth b) { return a < b ? a : b; }
constexpr Truth truth_or(Truth a, Truth b) { return a < b ? b : a; }
constexpr Truth truth_not(Truth a) {
  return a == Truth::kUnknown ? Truth::kUnknown
                              : (a == Truth::kTrue ? Truth::kFalse : Truth::kTrue);
}
constexpr Truth to_truth(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

constexpr std::string_view to_string(Truth truth) {
  return truth == Truth::kTrue ? "true" : (truth == Truth::kFalse ? "false" : "unknown");
}

}  // namespace iamcheck
