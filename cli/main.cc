#include <exception>
#include <string>

#include "app.h"
#include "exit_code.h"
#include "terminal.h"

int main(int argc, char** argv) {
  namespace cli = iamcheck::cli;
  cli::ignore_closed_pipes();
  int code = cli::kClean;
  try {
    code = cli::run(argc, argv);
  } catch (const std::exception& error) {
    cli::print_error("internal error: " + std::string(error.what()) + "; please report this");
    code = cli::kInternal;
  }
  return cli::finish_output(code);
}
