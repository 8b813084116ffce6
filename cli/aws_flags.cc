// Flags that are the AWS CLI's: lists take every word up to the next flag.
#include <CLI/CLI.hpp>

#include "flags.h"

namespace iamcheck::cli {
namespace {

void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& values,
              const std::string& description) {
  command.add_option(name, values, description)->expected(1, 1 << 20)->type_name("VALUE..");
}

// A flag with one value; a list, so that "not given" and "empty" differ.
void add_one(CLI::App& command, const std::string& name, std::vector<std::string>& value,
             const std::string& description, const std::string& type) {
  command.add_option(name, value, description)->expected(1)->type_name(type);
}

}  // namespace

void declare_aws_commands(CLI::App& app, Options& options) {
  SimulateCustomPolicyOptions& custom = options.simulate_custom_policy;
  CLI::App& command = *app.add_subcommand(
      "simulate-custom-policy",
      "answer as `aws iam simulate-custom-policy` does: its arguments, its JSON, offline");
  command.footer(
      "examples:\n"
      "  iamcheck simulate-custom-policy --action-names s3:GetObject s3:PutObject \\\n"
      "      --policy-input-list '{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:Get*\", "
      "\"Resource\": \"*\"}}'\n"
      "  iamcheck simulate-custom-policy --action-names s3:GetObject --resource-arns "
      "arn:aws:s3:::b/k \\\n"
      "      --context-entries "
      "ContextKeyName=aws:SourceIp,ContextKeyValues=192.0.2.1,ContextKeyType=ip \\\n"
      "      --policy-input-list '{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", "
      "\"Resource\": \"*\"}}'\n"
      "\n"
      "Any value may be file://PATH. Where this differs from AWS: docs/cli.md.\n"
      "\n"
      "exit codes:\n"
      "  0  answered, whatever the answers are\n"
      "  2  the command line is wrong\n"
      "  3  a policy or a file could not be read\n"
      "  4  internal error, or the output could not be written");
  add_list(command, "--policy-input-list", custom.policies,
           "identity-based policies, each the text of one, or a JSON list of texts");
  add_list(command, "--permissions-boundary-policy-input-list", custom.boundaries,
           "the permissions boundary");
  add_list(command, "--action-names", custom.actions, "actions, such as s3:GetObject");
  add_list(command, "--resource-arns", custom.resources,
           "resources on which each action is asked (default: *)");
  add_one(command, "--resource-policy", custom.resource_policy,
          "the resource-based policy of every resource; needs --caller-arn", "POLICY");
  command
      .add_option("--resource-owner", custom.resource_owner,
                  "account that owns the resources whose ARNs do not say (default: the caller's)")
      ->type_name("ID");
  command
      .add_option("--caller-arn", custom.caller_arn,
                  "who calls (default: a user about whom nothing is known)")
      ->type_name("ARN");
  add_list(command, "--context-entries", custom.context,
           "condition keys: ContextKeyName=K,ContextKeyValues=V,ContextKeyType=T, or JSON");
  add_one(command, "--cli-input-json", custom.input_json,
          "the API's request as JSON; flags override its members", "JSON");
  for (const char* name : {"--region", "--profile", "--output"}) {
    CLI::Option* option = command.add_option(
        name, custom.ignored, "taken and ignored, as scripts give it to the AWS CLI");
    option->expected(1)->type_name("VALUE");
    if (std::string(name) == "--output") option->check(CLI::IsMember({"json"}));
  }
  command.add_flag("--no-cli-pager", custom.no_pager, "taken and ignored");
}

}  // namespace iamcheck::cli
