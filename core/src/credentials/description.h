#pragma once

// Writes the finding about a credential: its severity, and what it says. Nothing written here holds
// a secret; texts are built from pages, redacted forms and account numbers only.

#include <string_view>
#include <vector>

#include "credentials/candidate.h"
#include "credentials/pairing.h"
#include "iamcheck/finding.h"

namespace iamcheck {

/// Whether the name of a source says that it holds tests, examples or documentation.
bool is_example_path(std::string_view path);
/// Whether it says that a tool wrote it: lock files, minified code, source maps.
bool is_generated_path(std::string_view path);

Finding describe(const std::vector<Candidate>& candidates, const Pairing& pairing,
                 std::uint32_t source, bool lower);

}  // namespace iamcheck
