// Unit tests for policies.
#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/report.h"
#include "iamcheck/test_cases.h"

namespace iamcheck::cli {
namespace {

// A policy stands beside the test file that names it, wherever the command was started.
Result<std::string> read_beside(const std::string& from, const std::string& path) {
  const std::size_t slash = from.rfind('/');
  const bool absolute = path.starts_with('/');
  if (path == "-") {
    return Error{
        ErrorCode::kInvalidArgument, "a policy is not read from standard input", "name a file", {}};
  }
  return read_input(
      absolute || slash == std::string::npos ? path : from.substr(0, slash + 1) + path, {});
}

}  // namespace

int run_test(const TestCommandOptions& options) {
  TestOptions reading;
  reading.read_file = read_beside;
  const std::size_t most_bytes = reading.limits.max_bytes;
  TestRun run(std::move(reading));
  int code = kClean;
  for (const std::string& path : options.paths) {
    ReadLimits limits;
    limits.most_bytes = most_bytes;
    Result<std::string> text = read_input(path, limits);
    if (!text) {
      print_error(escape_controls(text.error().message) + "; " + text.error().help);
      code = kUndecided;
      continue;
    }
    run.add(Source::from_bytes(path == "-" ? "<stdin>" : path, *std::move(text)));
  }
  const TestReport& report = run.report();
  if (options.format == "tap") print_out(render_tap(report));
  if (options.format == "junit") print_out(render_junit(report));
  if (options.format == "text") print_out(render_test_text(report, options.coverage));
  if (report.failed != 0) code = worst_of(code, kFindings);
  if (!report.errors.empty()) code = worst_of(code, kUndecided);
  return code;
}

}  // namespace iamcheck::cli
