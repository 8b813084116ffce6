// The arguments and the answer of `aws iam simulate-custom-policy`.
#include <optional>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/aws_simulation.h"
#include "iamcheck/report.h"
#include "request_context.h"

namespace iamcheck::cli {
namespace {

// As the AWS CLI does: `file://PATH` stands for the content of the file.
Result<std::string> content_of(const std::string& argument) {
  constexpr std::string_view kFile = "file://";
  if (!argument.starts_with(kFile)) return argument;
  return read_input(argument.substr(kFile.size()), {});
}

// Reads each value of a flag with `read`; false when one cannot be read, which was said.
template <typename Read>
int each(const std::vector<std::string>& values, const Read& read) {
  for (const std::string& value : values) {
    const Result<std::string> content = content_of(value);
    std::optional<Error> error;
    if (!content) error = content.error();
    if (content) error = read(*content);
    if (!error) continue;
    print_error(escape_controls(error->message) + (error->help.empty() ? "" : "; " + error->help));
    return error->code == ErrorCode::kInvalidArgument ? kUsage : kUndecided;
  }
  return kClean;
}

}  // namespace

int run_simulate_custom_policy(const SimulateCustomPolicyOptions& options) {
  AwsSimulation simulation;
  simulation.now = clock_text();
  const auto list = [&](const char* name, PolicyKind kind) {
    return [&simulation, name, kind](const std::string& text) {
      return read_aws_policies(name, text, kind, 0, simulation);
    };
  };
  int code = each(options.input_json,
                  [&](const std::string& text) { return read_aws_input(text, simulation); });
  if (code != kClean) return code;
  // A flag replaces what the JSON says.
  const auto without = [&](PolicyKind kind, bool given) {
    if (given) std::erase_if(simulation.policies, [&](const auto& p) { return p.kind == kind; });
  };
  without(PolicyKind::kIdentity, !options.policies.empty());
  without(PolicyKind::kBoundary, !options.boundaries.empty());
  without(PolicyKind::kResource, !options.resource_policy.empty());
  if (!options.context.empty()) simulation.context.clear();
  if (!options.actions.empty()) simulation.action_names = options.actions;
  if (!options.resources.empty()) simulation.resource_arns = options.resources;
  if (!options.resource_owner.empty()) simulation.resource_owner = options.resource_owner;
  if (!options.caller_arn.empty()) simulation.caller_arn = options.caller_arn;

  for (const int result :
       {each(options.policies, list("PolicyInputList", PolicyKind::kIdentity)),
        each(options.boundaries, list("PermissionsBoundaryPolicyInputList", PolicyKind::kBoundary)),
        each(options.resource_policy,
             [&](const std::string& text) -> std::optional<Error> {
               simulation.policies.push_back(
                   {"ResourcePolicy", "resource", PolicyKind::kResource, text, 0});
               return std::nullopt;
             }),
        each(options.context,
             [&](const std::string& text) { return read_aws_context(text, simulation); })}) {
    if (result != kClean) return result;
  }
  const Result<std::string> response = simulate_as_aws(simulation);
  if (!response) {
    print_error(escape_controls(response.error().message) +
                (response.error().help.empty() ? "" : "; " + response.error().help));
    return response.error().code == ErrorCode::kInvalidArgument ? kUsage : kUndecided;
  }
  print_out(*response);
  return kClean;
}

}  // namespace iamcheck::cli
