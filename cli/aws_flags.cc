// Flags that are the AWS CLI's: lists take every word up to the next flag.
#include <CLI/CLI.hpp>

#include "flags.h"

namespace iamcheck::cli {
namespace {

void add_list(CLI::App& command, const std::string& name, std::vector<std::string>& values,
              const std::string& description) {
  // Without extra arguments the upper bound alone says that more words may follow, and CLI11 leaves
  // a value in brackets whole: otherwise it would cut a JSON list at its commas.
  command.add_option(name, values, description)
      ->expected(1, 1 << 20)
      ->allow_extra_args(false)
      ->type_name("VALUE..");
}

// A flag with one value; a list, so that "not given" and "empty" differ.
void add_one(CLI::App& command, const std::string& name, std::vector<std::string>& value,
             const std::string& description, const std::string& type) {
  command.add_option(name, value, description)
      ->expected(1)
      ->allow_extra_args(false)
      ->type_name(type);
}

// What both commands take. `caller`: who calls when nobody is named.
void add_shared(CLI::App& command, AwsCommandOptions& options, const std::string& caller,
                const std::string& resource_policy) {
  add_list(command, "--permissions-boundary-policy-input-list", options.boundaries,
           "the permissions boundary");
  add_list(command, "--action-names", options.actions,
           "actions, such as s3:GetObject, or a JSON list of them");
  add_list(command, "--resource-arns", options.resources,
           "resources on which each action is asked (default: *), or a JSON list of them");
  add_one(command, "--resource-policy", options.resource_policy, resource_policy, "POLICY");
  command
      .add_option("--resource-owner", options.resource_owner,
                  "account that owns the resources whose ARNs do not say (default: the caller's)")
      ->type_name("ID");
  command.add_option("--caller-arn", options.caller_arn, "who calls (default: " + caller + ")")
      ->type_name("ARN");
  add_list(command, "--context-entries", options.context,
           "condition keys: ContextKeyName=K,ContextKeyValues=V,ContextKeyType=T, or JSON");
  add_one(command, "--cli-input-json", options.input_json,
          "the API's request as JSON; flags override its members", "JSON");
  for (const char* name : {"--region", "--profile", "--output"}) {
    CLI::Option* option = command.add_option(
        name, options.ignored, "taken and ignored, as scripts give it to the AWS CLI");
    option->expected(1)->allow_extra_args(false)->type_name("VALUE");
    if (std::string(name) == "--output") option->check(CLI::IsMember({"json"}));
  }
  command.add_flag("--no-cli-pager", options.no_pager, "taken and ignored");
}

void declare_custom(CLI::App& app, AwsCommandOptions& options) {
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
  add_list(command, "--policy-input-list", options.policies,
           "identity-based policies, each the text of one, or a JSON list of texts");
  add_shared(command, options, "a user about whom nothing is known",
             "the resource-based policy of every resource; needs --caller-arn");
}

void declare_principal(CLI::App& app, AwsCommandOptions& options) {
  CLI::App& command = *app.add_subcommand(
      "simulate-principal-policy",
      "answer as `aws iam simulate-principal-policy` does: the policies come from an account");
  command.footer(
      "examples:\n"
      "  iamcheck simulate-principal-policy --account account/ \\\n"
      "      --policy-source-arn arn:aws:iam::111122223333:user/alice \\\n"
      "      --action-names s3:GetObject s3:PutObject --resource-arns "
      "arn:aws:s3:::reports/2026.csv\n"
      "  iamcheck simulate-principal-policy --account account/ --policy-source-arn role/ci "
      "\\\n"
      "      --action-names ec2:RunInstances\n"
      "\n"
      "Any value may be file://PATH. Where this differs from AWS: docs/cli.md.\n"
      "\n"
      "exit codes:\n"
      "  0  answered, whatever the answers are\n"
      "  2  the command line is wrong, or the account has no such principal\n"
      "  3  a policy or a file could not be read\n"
      "  4  internal error, or the output could not be written");
  command
      .add_option(
          "--account", options.accounts,
          "output of `aws iam get-account-authorization-details`, or a folder with it and "
          "more, such as that of iam-collect (docs/account.md); - is standard input; repeatable")
      ->required()
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->type_name("DUMP");
  command
      .add_option("--policy-source-arn", options.policy_source_arn,
                  "user, group or role whose policies are simulated; names such as role/ci work "
                  "too")
      ->type_name("ARN");
  add_list(command, "--policy-input-list", options.policies,
           "identity-based policies besides those of the account");
  add_shared(command, options, "the user or role itself",
             "the resource-based policy of every resource; needs a caller");
}

}  // namespace

void declare_aws_commands(CLI::App& app, Options& options) {
  declare_custom(app, options.simulate_custom_policy);
  declare_principal(app, options.simulate_principal_policy);
}

}  // namespace iamcheck::cli
