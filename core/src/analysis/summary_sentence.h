#pragma once

#include <cstddef>
#include <string>

#include "iamcheck/summary.h"

namespace iamcheck {

/// What the sentence needs and the summary does not say.
struct SentenceFacts {
  PolicyKind kind = PolicyKind::kIdentity;
  bool everyone = false;   ///< some Allow is for everyone, on everything, without a condition
  std::size_t denied = 0;  ///< actions that some Deny speaks about
};

/// The most important thing about a policy whose summary is otherwise complete.
std::string summary_sentence(const PolicySummary& summary, const SentenceFacts& facts);

}  // namespace iamcheck
