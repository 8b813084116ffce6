// The custom policy checks of Access Analyzer, with the AWS CLI's arguments and answers.
#include "iamcheck/check.h"

#include <algorithm>
#include <chrono>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/credentials.h"
#include "iamcheck/report.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

// As the AWS CLI does: `file://PATH` stands for the content of the file.
Result<std::string> content_of(const std::string& argument) {
  constexpr std::string_view kFile = "file://";
  if (!argument.starts_with(kFile)) return argument;
  return read_input(argument.substr(kFile.size()), {});
}

// Neither an answer nor a message shows a credential of what was asked about.
std::string masked(std::string text, std::string_view inspected) {
  std::vector<std::string> texts = {std::move(text)};
  hide_credentials(inspected, texts);
  return std::move(texts[0]);
}

int complain(const Error& error, std::string_view inspected = {}) {
  print_error(masked(error.message + (error.help.empty() ? "" : "; " + error.help), inspected));
  return error.code == ErrorCode::kInvalidArgument ? kUsage : kUndecided;
}

std::uint64_t microseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

// As of `simulate`: the answers are in the lines, the exit code says whether each has one.
int run_batch(const std::string& path) {
  const Result<std::string> text = read_input(path, {});
  if (!text) return complain(text.error());
  int worst = kClean;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    const std::string_view line = std::string_view(*text).substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const CheckAnswer answer = run_check_line(line, number, microseconds);
    print_out(masked(answer.json, line) + "\n");
    if (!answer.answered) worst = kUndecided;
  }
  return worst;
}

}  // namespace

int run_check_command(const CheckOptions& options) {
  if (!options.batch.empty()) return run_batch(options.batch);
  AccessCheck check;
  check.kind = options.kind;
  for (const auto& [from, to] : {std::pair(&options.existing, &check.existing),
                                 {&options.updated, &check.updated},
                                 {&options.policy, &check.policy}}) {
    const Result<std::string> content = content_of(*from);
    if (!content) return complain(content.error());
    *to = *content;
  }
  std::vector<AccessQuestion> parts;
  for (const std::string& value : options.access) {
    const Result<std::string> content = content_of(value);
    if (!content) return complain(content.error());
    if (const auto error = read_access(*content, parts)) return complain(*error);
  }
  check.access = std::move(parts);
  if (!options.policy_type.empty()) {
    const auto kind = check_policy_type(options.policy_type);
    if (!kind) return complain(kind.error());
    check.policy_kind = *kind;
  }
  check.resource_type = options.resource_type;
  const std::string inspected = check.existing + "\n" + check.updated + "\n" + check.policy;
  const Result<CheckAnswer> answer = run_check(check, 4);
  if (!answer) return complain(answer.error(), inspected);
  print_out(masked(answer->json, inspected) + "\n");
  return exit_code_of(answer->verdict);
}

}  // namespace iamcheck::cli
