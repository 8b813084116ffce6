#pragma once

// The four answers.
//
// ```cpp
// auto kind = iamcheck::DecisionKind::kImplicitlyDenied;
// std::string name(iamcheck::to_string(kind));  // ImplicitlyDenied
// ```

#include <cstdint>
#include <string_view>

namespace iamcheck {

/// IAM User Guide, "Policy evaluation logic". `kUndecided`: the answer hangs on keys that are
/// unknown.
enum class DecisionKind : std::uint8_t {
  kAllowed,
  kExplicitlyDenied,
  kImplicitlyDenied,
  kUndecided
};

constexpr std::string_view to_string(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::kAllowed:
      return "Allowed";
    case DecisionKind::kExplicitlyDenied:
      return "ExplicitlyDenied";
    case DecisionKind::kImplicitlyDenied:
      return "ImplicitlyDenied";
    case DecisionKind::kUndecided:
      return "Undecided";
  }
  return "Undecided";
}

}  // namespace iamcheck
