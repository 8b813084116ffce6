#pragma once

// Pieces of a difference in the words of the policies.

#include <string>
#include <vector>

#include "analysis/inclusion.h"

namespace iamcheck::analysis {

AccessPiece describe(const Difference& difference, const Universe& universe);

/// What of a box does not hold for the request that the literals allow: `Action`, `Condition ...`.
std::vector<std::string> lacks(const Box& box, const Piece& piece, const Universe& universe,
                               Domain& domain);

}  // namespace iamcheck::analysis
