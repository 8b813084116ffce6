#pragma once

// `lint --staged` and `lint --history`: files as git stores them, wherever the working tree is.

#include <cstddef>

#include "commands/commands.h"
#include "file_walk.h"
#include "iamcheck/report.h"
#include "silencing.h"

namespace iamcheck::cli {

/// What the index adds to HEAD or changes in it; conflicts are errors.
WalkResult staged_inputs(const LintCommandOptions& options);

/// The credentials in all states of files that the commits of `options.history` bring, each object
/// read once. A credential is reported with the first commit that has it; once more where a later
/// one makes it worse, as one without the comment that suppressed it does. `silencing`: the
/// configuration's, or null.
void check_history(const LintCommandOptions& options, const Silencing* silencing,
                   std::size_t threads, LintReport& report);

}  // namespace iamcheck::cli
