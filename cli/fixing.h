#pragma once

// `lint --fix`: the fixes of findings, each applied only when it is proved to keep its promise.

#include <string>
#include <vector>

#include "commands/commands.h"
#include "iamcheck/guardrail.h"
#include "iamcheck/lint.h"
#include "iamcheck/result.h"
#include "silencing.h"

namespace iamcheck::cli {

enum class FixMode { kSafe, kAll };

struct FixedText {
  std::string text;                  ///< the whole file
  std::vector<std::string> applied;  ///< `path:line:column: what was done [rule]`
  std::vector<std::string> refused;  ///< fixes that would not have kept their promise
};

/// Applies fixes until none is left: again and again, because one fix may make room for another. At
/// most 1,000 in one file. Findings that are suppressed are left alone. Errors: `unreadable` for a
/// text in another encoding than UTF-8.
Result<FixedText> fix_text(const std::string& name, const std::string& bytes,
                           const LintCommandOptions& options, const LintOptions& rules,
                           const Silencing* silencing, FixMode mode);

}  // namespace iamcheck::cli
