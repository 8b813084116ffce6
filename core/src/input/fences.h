#pragma once

// Fenced code blocks of Markdown (CommonMark 0.31, section 4.5), at any indentation: notes nest
// them in lists.

#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/source.h"

namespace iamcheck {

struct Fence {
  std::string_view language;    ///< first word of the info string
  Span content;                 ///< between the two fence lines
  std::size_t quote_depth = 0;  ///< block quotes around it: so many `>` begin each of its lines
};

std::vector<Fence> find_fences(const Source& source);

/// Replaces the `>` of the block quotes around a fence by spaces. `text` is that of the source.
void blank_quote_marks(std::string& text, const Fence& fence);

}  // namespace iamcheck
