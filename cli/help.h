#pragma once

// The help texts: one layout of ours, whatever version of CLI11 is installed.

#include <CLI/App.hpp>
#include <CLI/Formatter.hpp>
#include <string>

namespace iamcheck::cli {

/// Purpose, usage, arguments, options, then the footer (examples and exit codes) as it is.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;
};

}  // namespace iamcheck::cli
