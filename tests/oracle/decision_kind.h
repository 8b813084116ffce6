#pragma once

// The one thing the oracle shares with core: the names of the answers.

#include "iamcheck/decision_kind.h"

namespace iamcheck::oracle {

using iamcheck::DecisionKind;

/// Three answers of our own (core's truth.h is not used here). The order makes AND the minimum and
/// OR the maximum, which is Kleene's logic.
enum class Answer : unsigned char { kNo, kUnknown, kYes };

constexpr Answer both(Answer a, Answer b) { return a < b ? a : b; }
constexpr Answer either(Answer a, Answer b) { return a < b ? b : a; }
constexpr Answer opposite(Answer a) {
  return a == Answer::kUnknown ? a : (a == Answer::kYes ? Answer::kNo : Answer::kYes);
}
constexpr Answer answer(bool value) { return value ? Answer::kYes : Answer::kNo; }

}  // namespace iamcheck::oracle
