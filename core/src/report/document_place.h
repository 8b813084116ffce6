#pragma once

// Where a span stands in a document, step by step from the root.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/document.h"

namespace iamcheck {

/// One step into a document.
struct PlaceStep {
  enum class Kind : std::uint8_t {
    kValue,      ///< the value of the member `name`
    kKey,        ///< the name of that member itself
    kIndex,      ///< an item of a list
    kSubstring,  ///< `size` characters of the text from `index` on
  };
  Kind kind = Kind::kValue;
  std::string name = {};
  std::size_t index = 0;
  std::size_t size = 0;
};

/// The steps to the innermost thing that holds the whole span; none for the root.
std::vector<PlaceStep> steps_to(const Document& document, const Span& span);

}  // namespace iamcheck
