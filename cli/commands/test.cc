// Unit tests for policies.
#include <algorithm>
#include <filesystem>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/report.h"
#include "iamcheck/test_cases.h"

namespace iamcheck::cli {
namespace {

Error refused(const std::string& path, const std::string& why) {
  return {ErrorCode::kUnreadable,
          "`" + path + "` is not read: " + why,
          "put the policy into the folder of the test file or below",
          {}};
}

// Whether `path` is `folder` or below it; both without links and dots.
bool is_within(const std::filesystem::path& folder, const std::filesystem::path& path) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first ==
         folder.end();
}

// A policy stands beside the test file that names it, wherever the command was started. Test files
// come with the repository that is inspected: none gets at a file elsewhere, by whatever way.
Result<std::string> read_beside(const std::string& from, const std::string& path) {
  namespace fs = std::filesystem;
  if (path == "-" || path.empty()) {
    return Error{
        ErrorCode::kInvalidArgument, "a policy is not read from standard input", "name a file", {}};
  }
  const fs::path given(path);
  if (given.is_absolute()) return refused(path, "it is an absolute path");
  // Said before the file system is asked: what is there is nobody's business.
  const fs::path plain = given.lexically_normal();
  if (*plain.begin() == "..") return refused(path, "it leads out of the folder of the test file");
  const fs::path beside = fs::path(from == "<stdin>" ? "." : from).parent_path();
  std::error_code error;
  const fs::path folder = fs::canonical(beside.empty() ? "." : beside, error);
  if (error) return refused(path, error.message());
  const fs::path file = fs::canonical(folder / given, error);
  if (error) return refused(path, error.message());
  if (!is_within(folder, file))
    return refused(path, "a symbolic link leads out of the folder of the test file");
  if (!fs::is_regular_file(file, error)) return refused(path, "it is no regular file");
  ReadLimits limits;
  limits.follow_links = false;
  return read_input(file.string(), limits);
}

}  // namespace

int run_test(const TestCommandOptions& options) {
  if (std::ranges::count(options.paths, "-") > 1) {
    print_error("standard input is named twice; name `-` once");
    return kUsage;
  }
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
