#pragma once

// Flags that several subcommands have.

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace iamcheck::cli {

/// A flag that takes one value a use and never swallows the words behind it, `--` included.
CLI::Option* add_repeatable(CLI::App& command, const std::string& name,
                            std::vector<std::string>& values, const std::string& description);
/// `--color`.
void add_colour(CLI::App& command, std::string& colour);
/// `--jobs`.
void add_jobs(CLI::App& command, std::size_t& jobs);

}  // namespace iamcheck::cli
