#pragma once

// What one grant allows and another does not, piece by piece.

#include <functional>
#include <optional>
#include <vector>

#include "analysis/grant.h"
#include "analysis/solver.h"

namespace iamcheck::analysis {

struct Difference {
  Piece piece;
  std::vector<StatementRef> allowed_by;
  std::optional<StatementRef> was_denied_by;
};

enum class Next : std::uint8_t {
  kPiece,      ///< the next piece
  kStatement,  ///< the first piece of the next statement
  kNothing,    ///< nothing more
};

/// Hands over the pieces, those of one statement of the first layer after each other. `kDone` and
/// `kStopped` say that the budget sufficed.
Solver::Outcome each_difference(const Grant& before, const Grant& after, const Universe& universe,
                                Domain& domain, Budget& budget,
                                const std::function<Next(const Difference&)>& take);

}  // namespace iamcheck::analysis
