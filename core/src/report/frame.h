#pragma once

// An excerpt of a source with carets under a span.

#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/source.h"

namespace iamcheck {

struct FrameStyle {
  bool colour = false;
  std::uint32_t context_lines = 2;  ///< lines before the marked one
};

/// Lines of `source` up to the one `span` begins in, and carets under the span with `label` behind
/// them. Bytes of `masked` spans, which are sorted and of this source, are printed as `*`. Long
/// lines are cut around the span.
std::string render_frame(const Source& source, const Span& span, std::string_view label,
                         const std::vector<Span>& masked, const FrameStyle& style);

}  // namespace iamcheck
