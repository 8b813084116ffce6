#pragma once

namespace iamcheck::cli {

/// Reads the command line and runs the subcommand; the result is the exit code.
int run(int argc, char** argv);

}  // namespace iamcheck::cli
