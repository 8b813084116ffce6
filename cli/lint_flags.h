#pragma once

// The flags of `lint`.

#include "flags.h"

namespace iamcheck::cli {

void declare_lint(CLI::App& app, Options& options);
void declare_baseline(CLI::App& app, Options& options);
/// Turns the words into values. False: a usage error, which was printed.
bool finish_lint_options(Options& options);
/// Whether there is something to check, and it goes with the other flags; if not, it was said.
bool finish_lint_paths(const LintCommandOptions& lint);

}  // namespace iamcheck::cli
