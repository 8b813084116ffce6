#pragma once

// Fenced code blocks of Markdown (CommonMark 0.31, section 4.5), at any indentation: notes nest
// them in lists.

#include <string_view>
#include <vector>

#include "iamcheck/source.h"

namespace iamcheck {

struct Fence {
  std::string_view language;  ///< first word of the info string
  Span content;               ///< between the two fence lines
};

std::vector<Fence> find_fences(const Source& source);

}  // namespace iamcheck
