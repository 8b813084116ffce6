#pragma once

#include <CLI/App.hpp>

#include "commands/commands.h"

namespace iamcheck::cli {

/// Declares explain, expand and minimize.
void declare_explain(CLI::App& app, ExplainCommandOptions& options);
void declare_expand(CLI::App& app, ExpandCommandOptions& options);
void declare_minimize(CLI::App& app, MinimizeCommandOptions& options);
void declare_catalogue(CLI::App& app, CatalogueOptions& options);
void declare_fmt(CLI::App& app, FormatCommandOptions& options);

/// Turns the word behind --policy-type into a kind. False: a usage error, which was printed.
bool finish_policy_type(ExplainCommandOptions& options);

}  // namespace iamcheck::cli
