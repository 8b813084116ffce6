#pragma once

// The subcommands and their flags, each declared once.

#include <CLI/App.hpp>
#include <string>

#include "commands/commands.h"

namespace iamcheck::cli {

/// Everything the command line can set. Words are checked by CLI11 and read by `finish_options`.
struct Options {
  LintCommandOptions lint;
  BaselineOptions baseline;
  FormatCommandOptions fmt;
  CanOptions can;
  AccountCommandOptions account;
  SimulateCommandOptions simulate;
  TestCommandOptions test;
  AwsCommandOptions simulate_custom_policy;
  AwsCommandOptions simulate_principal_policy;
  DiffOptions diff;
  CheckOptions check;
  ExplainCommandOptions explain;
  ExpandCommandOptions expand;
  MinimizeCommandOptions minimize;
  CatalogueOptions catalogue;
  RuleOptions rule;
  std::string format = "text";
  std::string colour = "auto";
  std::string fail_on = "warning";
  std::string policy_type;
  std::string arn_matching = "strict";
  std::string diff_policy_type;
  std::string check_name;
};

void declare_commands(CLI::App& app, Options& options);
/// The commands that take what the AWS CLI takes (aws_flags.cc).
void declare_aws_commands(CLI::App& app, Options& options);

/// diff and check (analysis_flags.cc).
void declare_analysis_commands(CLI::App& app, Options& options);
/// What `declare_analysis_commands` left to read. False: a usage error, which was printed.
bool finish_analysis_options(const CLI::App& app, Options& options);

/// Turns the words into values. False: a usage error, which was printed.
bool finish_options(Options& options);

}  // namespace iamcheck::cli
