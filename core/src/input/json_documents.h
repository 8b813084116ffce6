#pragma once

// Several JSON documents in one text: JSON Lines, and documents written one behind the other, as
// `aws ... >> file` and `jq` leave them.

#include <string_view>
#include <vector>

#include "iamcheck/source.h"

namespace iamcheck {

/// The documents of the text in `part`, one span each, in order. Only brackets and strings are
/// looked at: whether a document is well-formed is for the reader to say. What stands between two
/// documents and is no space or comment becomes a span of its own that begins with no bracket. A
/// text that is one document, or none, gives one span.
///
/// When every line begins and ends with a bracket, each line is a document of its own
/// (https://jsonlines.org), so that a broken line does not swallow the next one.
std::vector<Span> split_json_documents(const Source& source, const Span& part);

}  // namespace iamcheck
