#pragma once

// Rule pages of a user's own, as they were named.

#include <string>
#include <vector>

#include "iamcheck/guardrail.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {

struct GuardrailFiles {
  std::vector<Guardrail> guardrails;  ///< sorted by name
  /// What could not be read, each with its place: `rules/no-delete.md:3:1: ...`.
  std::vector<FileError> errors;
};

/// Reads pages, and all *.md below folders but README.md. Symbolic links below a folder are not
/// followed; with `inside`, neither are named ones, and nothing outside of that folder is read.
GuardrailFiles read_guardrails(const std::vector<std::string>& paths,
                               const std::string& inside = {},
                               const Catalogue& catalogue = Catalogue::embedded());

}  // namespace iamcheck::cli
