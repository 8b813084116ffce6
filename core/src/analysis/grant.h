#pragma once

// Everything that decides together, as boxes.

#include <string>
#include <vector>

#include "analysis/lowering.h"
#include "iamcheck/analysis.h"

namespace iamcheck::analysis {

struct StatementBox {
  Box box;
  StatementRef statement;
};

/// One of its boxes must allow.
using Layer = std::vector<StatementBox>;
/// Each of its layers must allow.
using Path = std::vector<Layer>;

/// A request is allowed if some path allows it and no box denies it.
struct Grant {
  std::vector<Path> paths;
  std::vector<StatementBox> denies;
  /// Some statement holds in too many ways to be taken apart.
  bool too_large = false;
  std::vector<std::string> assumptions;
};

/// `skip`: a statement that is left out.
Grant grant_of(const PolicySet& policies, ArnReading reading, Universe& universe,
               std::optional<StatementRef> skip = {});

}  // namespace iamcheck::analysis
