#pragma once

#include <CLI/App.hpp>

#include "commands/commands.h"

namespace iamcheck::cli {

/// Declares who-can, what-can and graph.
void declare_account_commands(CLI::App& app, AccountCommandOptions& options);

}  // namespace iamcheck::cli
