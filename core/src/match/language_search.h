#pragma once

// Looks for a text that some languages have and others have not.
//
// The languages are run side by side over a text that is found while they run: a state is the set
// of places that each of them can have reached (the subset construction), states are made when they
// are reached, and those come first whose languages need the fewest characters more. Emptiness of
// such combinations is PSPACE-hard in general, so the number of states is bounded, and the answer
// may be that nobody knows.

#include <cstddef>
#include <span>
#include <string>

#include "match/language.h"

namespace iamcheck {

struct TextSearch {
  enum class Outcome : std::uint8_t { kFound, kNone, kUnknown };
  Outcome outcome = Outcome::kNone;
  std::string text;        ///< when found
  std::size_t states = 0;  ///< that were made; large ones count for several
};

/// A text of every language of `all_of` and of none of `none_of`. Open languages count as wide as
/// they can be in `all_of`, and must not be in `none_of`. Of `kResource` only ARNs are looked for.
/// After `max_states` states the outcome is `kUnknown`.
TextSearch find_text(std::span<const Language* const> all_of,
                     std::span<const Language* const> none_of, TextKind kind,
                     std::size_t max_states);

}  // namespace iamcheck
