#pragma once

// What is known of a request, in the words of the engine: its caller and keys as literals.

#include <string>
#include <vector>

#include "analysis/universe.h"
#include "iamcheck/request.h"

namespace iamcheck::analysis {

struct RequestFacts {
  std::vector<Literal> literals;     ///< the caller, and the keys that the request knows
  std::vector<AttributeId> unknown;  ///< keys about which it knows nothing (ask mode)
};

/// About the keys that the universe has so far, so after the policies were lowered.
RequestFacts facts_of(const Request& request, Universe& universe);

/// The search knows ARNs with lower-case first parts alone, whose case makes no difference (S6.2).
std::string lower_head(const std::string& resource);

/// `fields` with the values that a witness gives to the unknown keys.
RequestFields with_values(RequestFields fields, const RequestFields& witness,
                          const std::vector<AttributeId>& unknown, const Universe& universe);

}  // namespace iamcheck::analysis
