#pragma once

// JSON that a template of HCL writes: a heredoc, or a string with escapes.

#include <optional>

#include "iamcheck/limits.h"
#include "input/hcl_values.h"

namespace iamcheck {

/// The JSON document that `text` writes, with the places of the file. What stands for something
/// that is not known is unresolved: a text that holds it, or an object that has it in a name.
///
/// Nothing when the text is no JSON that smells of a policy. Errors: those of `read_json`, and
/// `unsupported` when the text is no JSON because something in it is not known.
std::optional<Result<Document>> read_hcl_json(HclValues& values, const HclExpression& text,
                                              const HclScope* scope, const Limits& limits);

}  // namespace iamcheck
