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
/// `--exclude` and `--force-exclude`.
void add_exclusion(CLI::App& command, std::vector<std::string>& exclude, bool& force);
/// `--catalogue`.
void add_catalogue(CLI::App& command, std::string& file);
/// `--jobs`.
void add_jobs(CLI::App& command, std::size_t& jobs);

}  // namespace iamcheck::cli
