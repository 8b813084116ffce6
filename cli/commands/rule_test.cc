// The examples of rules of the user's own: are they reported, and silent, as they say?
#include <string>
#include <vector>

#include "commands/commands.h"
#include "exit_code.h"
#include "guardrail_files.h"
#include "iamcheck/guardrail.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

std::string counted(std::size_t count, const char* one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

}  // namespace

int run_rule_test(const std::vector<std::string>& paths) {
  if (paths.empty()) {
    print_error("no page is named; write `iamcheck rule test guardrails`");
    return kUsage;
  }
  const GuardrailFiles files = read_guardrails(paths);
  int code = kClean;
  for (const FileError& error : files.errors) {
    print_error(error.error.message + "; " + error.error.help);
    code = worst_of(code, kUndecided);
  }
  std::string out;
  std::size_t examples = 0;
  std::size_t failed = 0;
  for (const Guardrail& guardrail : files.guardrails) {
    const std::vector<ExampleFailure> failures = test_examples(guardrail);
    examples += guardrail.examples.size();
    if (guardrail.examples.empty()) out += "no example  " + guardrail.slug + "\n";
    if (!guardrail.examples.empty() && failures.empty())
      out += "ok          " + guardrail.slug + ": " +
             counted(guardrail.examples.size(), "example") + "\n";
    std::size_t last = 0;
    for (const ExampleFailure& failure : failures) {
      failed += failure.line == last ? 0 : 1;
      last = failure.line;
      out.append(escape_controls(guardrail.file)).append(":").append(std::to_string(failure.line));
      out.append(": error: ").append(escape_controls(failure.message)).append("\n");
    }
    if (!failures.empty()) code = worst_of(code, kFindings);
  }
  out += counted(examples, "example") + " of " + counted(files.guardrails.size(), "page") + ", " +
         (failed == 0 ? "all as they say" : std::to_string(failed) + " not as they say");
  if (!files.errors.empty()) out += "; not all could be read";
  out += "\n";
  print_out(out);
  return code;
}

}  // namespace iamcheck::cli
