#pragma once

// The patterns that match some of the wanted names and none of the others.

#include <string>
#include <string_view>
#include <vector>

#include "catalogue/set_cover.h"

namespace iamcheck {

/// A pattern of one service, without its prefix.
struct PatternCandidate {
  std::string text;
  BitSet names;  ///< positions in `wanted` that it matches
};

/// Names, and patterns with a fixed beginning (`Get*`), a fixed end (`*Acl`), both (`Get*Acl`), or
/// a fixed middle (`*Object*`), that match no name of `others`, whatever the case. Of patterns that
/// match the same wanted names there is one: the first of these kinds, and as narrow as it can be.
/// No pattern that could be part of a smallest cover is left out, unless a name for a name it can
/// be replaced by one that is in.
std::vector<PatternCandidate> pattern_candidates(const std::vector<std::string_view>& wanted,
                                                 const std::vector<std::string_view>& others);

}  // namespace iamcheck
