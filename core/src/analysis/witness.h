#pragma once

// A request out of a piece, and what the evaluator says of it.

#include <cstdint>
#include <optional>

#include "analysis/inclusion.h"

namespace iamcheck::analysis {

/// Whether a witness has names that people like to read, where they fit, or just what was found.
enum class Wording : std::uint8_t { kReadable, kAsFound };

/// A request of which all literals of the piece hold, with every key of the universe given: present
/// or known to be absent. Nothing where some value was not found.
std::optional<RequestFields> request_of(const Piece& piece, Universe& universe, Domain& domain,
                                        Wording wording = Wording::kReadable);

/// Whether some statement that allows matches the request and none that denies, whatever accounts
/// and AWS's own rules would add: what one document says. Unknown where it hangs on deploy time.
Truth grants(const PolicySet& document, const Request& request);

}  // namespace iamcheck::analysis
