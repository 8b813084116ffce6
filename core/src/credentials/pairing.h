#pragma once

// Puts together what belongs together: a key id, its secret, its session token.

#include <cstdint>
#include <optional>
#include <vector>

#include "credentials/candidate.h"

namespace iamcheck {

/// Indexes of candidates that make one credential.
struct Pairing {
  std::size_t first = 0;  ///< the key id, or whatever stands alone
  std::optional<std::size_t> secret;
  std::optional<std::size_t> token;
};

/// Pairs each id with at most one secret within ten lines, and a temporary one with at most one
/// token within fifteen. Groups with as many ids as secrets are paired by order, as in the columns
/// of a table; otherwise the nearest wins. `candidates` are sorted by place and know their lines.
/// Every candidate is in exactly one pairing; the result is sorted by `first`.
std::vector<Pairing> pair_candidates(const std::vector<Candidate>& candidates);

}  // namespace iamcheck
