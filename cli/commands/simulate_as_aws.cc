// The arguments and the answer of `aws iam simulate-custom-policy` and `simulate-principal-policy`.
#include <optional>

#include "account_files.h"
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

int complain(const Error& error) {
  print_error(escape_controls(error.message) +
              (error.help.empty() ? "" : "; " + escape_controls(error.help)));
  const bool usage =
      error.code == ErrorCode::kInvalidArgument || error.code == ErrorCode::kUnknownName;
  return usage ? kUsage : kUndecided;
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
    return complain(*error);
  }
  return kClean;
}

// Reads the flags into `simulation`; the exit code.
int read_flags(const AwsCommandOptions& options, AwsSimulation& simulation) {
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
  if (!options.actions.empty()) simulation.action_names.clear();
  if (!options.resources.empty()) simulation.resource_arns.clear();
  if (!options.resource_owner.empty()) simulation.resource_owner = options.resource_owner;
  if (!options.policy_source_arn.empty()) simulation.policy_source_arn = options.policy_source_arn;
  if (!options.caller_arn.empty()) simulation.caller_arn = options.caller_arn;

  const auto texts = [](const char* name, std::vector<std::string>& out) {
    return [name, &out](const std::string& text) { return read_aws_texts(name, text, out); };
  };
  for (const int result :
       {each(options.actions, texts("--action-names", simulation.action_names)),
        each(options.resources, texts("--resource-arns", simulation.resource_arns)),
        each(options.policies, list("PolicyInputList", PolicyKind::kIdentity)),
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
  return kClean;
}

int answer(const Result<std::string>& response) {
  if (!response) return complain(response.error());
  print_out(*response);
  return kClean;
}

}  // namespace

int run_simulate_custom_policy(const AwsCommandOptions& options) {
  AwsSimulation simulation;
  if (const int code = read_flags(options, simulation); code != kClean) return code;
  if (!simulation.has_policy_list) {
    print_error("no policy is given; give --policy-input-list, or PolicyInputList in the JSON");
    return kUsage;
  }
  return answer(simulate_as_aws(simulation));
}

int run_simulate_principal_policy(const AwsCommandOptions& options) {
  AwsSimulation simulation;
  if (const int code = read_flags(options, simulation); code != kClean) return code;
  // What was wrong with the input was said; it counts where it touches the answer.
  int worst = kClean;
  const std::optional<Account> account = load_account(options.accounts, worst);
  if (!account) return worst;
  return answer(simulate_as_aws(simulation, *account));
}

}  // namespace iamcheck::cli
