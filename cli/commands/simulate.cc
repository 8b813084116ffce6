// Requests as JSON Lines, answers as JSON Lines.
#include "iamcheck/simulate.h"

#include <algorithm>
#include <thread>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {

int run_simulate(const SimulateCommandOptions& options) {
  SimulateOptions simulation;
  simulation.explain = options.explain;
  simulation.threads =
      options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  Simulator simulator(simulation);
  // Whoever writes requests into a pipe and waits for the answers gets them at once.
  const std::optional<Error> error = stream_input(options.path, {}, [&](std::string_view bytes) {
    print_out(simulator.feed(bytes));
    return flush_out();
  });
  if (error) {
    print_error(escape_controls(error->message) + "; " + error->help);
    return kUndecided;
  }
  print_out(simulator.finish());
  return simulator.counts().errors == 0 ? kClean : kUndecided;
}

}  // namespace iamcheck::cli
