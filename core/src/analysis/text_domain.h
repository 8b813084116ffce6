#pragma once

// A text inside some sets of patterns and outside others.

#include <cstdint>
#include <vector>

#include "analysis/budget.h"
#include "analysis/universe.h"
#include "match/language_search.h"

namespace iamcheck::analysis {

struct TextWish {
  enum class Kind : std::uint8_t {
    kValue,     ///< any text
    kAction,    ///< `service:name`
    kResource,  ///< an ARN, or `*`, which only `*` matches (S6.5)
  };
  Kind kind = Kind::kValue;
  std::vector<const ValueSet*> inside, outside;
};

/// Where only open patterns (policy variables) are left, the text is one of the widest reading.
TextSearch find_value(const TextWish& wish, Budget& budget);

}  // namespace iamcheck::analysis
