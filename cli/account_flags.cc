// The flags of who-can, what-can and graph.
#include "account_flags.h"

#include <CLI/CLI.hpp>

namespace iamcheck::cli {
namespace {

void add_repeatable(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                    const std::string& description, const std::string& type) {
  command.add_option(name, values, description)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->type_name(type);
}

void add_shared_flags(CLI::App& command, AccountCommandOptions& options) {
  add_repeatable(
      command, "--account", options.accounts,
      "output of `aws iam get-account-authorization-details`, or a folder with it and "
      "more, such as that of iam-collect (docs/account.md); - is standard input; repeatable",
      "DUMP");
  command.get_option("--account")->required();
  add_repeatable(command, "--context", options.context.values,
                 "condition key with one value, such as aws:SourceIp=192.0.2.1; repeatable",
                 "KEY=VALUE");
  add_repeatable(command, "--context-list", options.context.lists,
                 "multivalued condition key, such as aws:TagKeys=[\"a\", \"b\"]; repeatable",
                 "KEY=LIST");
  add_repeatable(command, "--absent", options.context.absent,
                 "condition key that the request does not have; repeatable", "KEY");
  command
      .add_option("--now", options.context.now,
                  "the time of the request, ISO 8601 or epoch seconds (default: the clock)")
      ->type_name("TIME");
  command.add_flag("--strict", options.strict,
                   "keys that are not given are absent, not unknown as they are by default");
}

void add_format(CLI::App& command, AccountCommandOptions& options,
                const std::vector<std::string>& formats, const std::string& description) {
  command.add_option("--format", options.format, description)
      ->type_name("FORMAT")
      ->check(CLI::IsMember(formats));
}

void add_resource_account(CLI::App& command, AccountCommandOptions& options) {
  command
      .add_option("--resource-account", options.resource_account,
                  "account that owns the resource, where its ARN does not say")
      ->type_name("ID");
}

constexpr const char* kExitCodes =
    "exit codes:\n"
    "  0  somebody can, or something is allowed\n"
    "  1  nobody can, or nothing is allowed\n"
    "  2  the command line is wrong\n"
    "  3  something could not be decided or read; the rest is printed\n"
    "  4  internal error, or the output could not be written";

}  // namespace

void declare_account_commands(CLI::App& app, AccountCommandOptions& options) {
  CLI::App& who = *app.add_subcommand(
      "who-can", "list every principal of an account that can do ACTION on RESOURCE");
  who.footer(std::string("examples:\n"
                         "  iamcheck who-can s3:GetObject arn:aws:s3:::reports/2026.csv "
                         "--account account/\n"
                         "  iamcheck who-can 's3:Put*' on 'arn:aws:s3:::reports/*' "
                         "--account account/ --format json\n"
                         "\n"
                         "Wildcards in ACTION and RESOURCE ask about all that match: all of it, "
                         "some of it, none.\n"
                         "\n") +
             kExitCodes);
  who.add_option("QUESTION", options.question,
                 "ACTION [on] RESOURCE: service:Name and an ARN, both with or without wildcards")
      ->required()
      ->type_name("");
  add_shared_flags(who, options);
  add_resource_account(who, options);
  add_format(who, options, {"text", "json"}, "text (default) or json");

  CLI::App& what =
      *app.add_subcommand("what-can", "list what PRINCIPAL can do, by service and action");
  what.footer(std::string("examples:\n"
                          "  iamcheck what-can user/alice --account account/\n"
                          "  iamcheck what-can role/ci --on 'arn:aws:s3:::reports/*' "
                          "--account account/\n"
                          "\n") +
              kExitCodes);
  what.add_option("PRINCIPAL", options.principal,
                  "a name, user/NAME, role/NAME, role/NAME/SESSION, or an ARN")
      ->required()
      ->type_name("");
  what.add_option("--on", options.on, "only on this resource; wildcards ask about all that match")
      ->type_name("RESOURCE");
  add_shared_flags(what, options);
  add_resource_account(what, options);
  add_format(what, options, {"text", "json"}, "text (default) or json");

  CLI::App& graph = *app.add_subcommand(
      "graph", "show who can become whom, and the shortest ways to an administrator");
  graph.footer(
      "examples:\n"
      "  iamcheck graph --account account/\n"
      "  iamcheck graph --account account/ --format mermaid\n"
      "\n"
      "exit codes:\n"
      "  0  drawn\n"
      "  2  the command line is wrong\n"
      "  3  some input could not be read; what could be is drawn\n"
      "  4  internal error, or the output could not be written");
  add_shared_flags(graph, options);
  add_format(graph, options, {"text", "json", "dot", "mermaid"},
             "text (default), json, dot (Graphviz) or mermaid");
}

}  // namespace iamcheck::cli
