#include "flags.h"

#include <CLI/CLI.hpp>
#include <optional>

#include "terminal.h"

namespace iamcheck::cli {
namespace {

// A flag that takes one value a use and never swallows the words behind it, `--` included.
CLI::Option* add_repeatable(CLI::App& command, const std::string& name,
                            std::vector<std::string>& values, const std::string& description) {
  return command.add_option(name, values, description)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_format(CLI::App& command, Options& options) {
  command.add_option("--format", options.format, "text (default) or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}));
}

void add_colour(CLI::App& command, Options& options) {
  command
      .add_option("--color", options.colour,
                  "auto (default: on a terminal, unless NO_COLOR is set), always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

void declare_lint(CLI::App& app, Options& options) {
  LintCommandOptions& lint = options.lint;
  CLI::App& command = *app.add_subcommand(
      "lint", "find over-broad grants, mistakes and hardcoded credentials in files of any kind");
  command.footer(
      "examples:\n"
      "  iamcheck lint .\n"
      "  echo '{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}' | "
      "iamcheck lint -\n"
      "  iamcheck lint . --exclude '*.min.js' --select aws-access-key-id --format json\n"
      "\n"
      "Folders are walked with .gitignore respected; a path that is named is read even if\n"
      ".gitignore lists it. Symbolic links below a folder are not followed.\n"
      "\n"
      "exit codes:\n"
      "  0  no finding at or above --fail-on\n"
      "  1  findings at or above --fail-on\n"
      "  2  the command line is wrong; nothing was checked\n"
      "  3  some input could not be read; the findings in the others are printed\n"
      "  4  internal error, or the output could not be written\n"
      "Several at once: 4, 2, 3, 1 in that order.");
  command.add_option("PATHS", lint.paths, "files, folders, or - for standard input")
      ->required()
      ->type_name("");
  command
      .add_option("--policy-type", options.policy_type,
                  "what the policies are, where neither text nor place tells: identity, resource, "
                  "trust, scp, rcp, boundary, session or endpoint; AWS's names are taken too")
      ->type_name("TYPE");
  add_repeatable(command, "--select", lint.select, "run only these rules; commas, repeatable")
      ->delimiter(',')
      ->type_name("RULES");
  add_repeatable(command, "--ignore", lint.ignore, "leave these rules out; commas, repeatable")
      ->delimiter(',')
      ->type_name("RULES");
  command
      .add_option("--fail-on", options.fail_on,
                  "lowest severity that makes the exit code 1: error, warning (default), note or "
                  "never")
      ->type_name("SEVERITY")
      ->check(CLI::IsMember({"error", "warning", "note", "never"}));
  add_repeatable(command, "--exclude", lint.exclude,
                 "leave out files and folders that match this .gitignore pattern; repeatable")
      ->type_name("GLOB");
  command.add_flag("--force-exclude", lint.force_exclude,
                   "let --exclude hold for named paths too, and skip symbolic links: for "
                   "callers that name files by themselves, such as pre-commit");
  command
      .add_option("--stdin-filename", lint.stdin_filename, "the name that standard input goes by")
      ->type_name("NAME");
  command
      .add_option(
          "--jobs", lint.jobs,
          "threads (default: one for each processor); the output is the same for any number")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
  add_format(command, options);
  add_colour(command, options);
}

void declare_can(CLI::App& app, Options& options) {
  CanOptions& can = options.can;
  CLI::App& command =
      *app.add_subcommand("can", "say whether PRINCIPAL can do ACTION on RESOURCE, and why");
  command.footer(
      "examples:\n"
      "  iamcheck can arn:aws:iam::111122223333:user/alice s3:GetObject "
      "arn:aws:s3:::reports/2026.csv "
      "\\\n"
      "      --policy ReadOnlyAccess\n"
      "  iamcheck can arn:aws:iam::111122223333:role/ci do s3:PutObject on arn:aws:s3:::b/k \\\n"
      "      --policy ReadOnlyAccess --explain --expect denied\n"
      "  iamcheck can arn:aws:iam::111122223333:user/alice ec2:StopInstances '*' \\\n"
      "      --policy AmazonEC2FullAccess --context aws:SourceIp=192.0.2.1 --format json\n"
      "\n"
      "exit codes:\n"
      "  0  allowed, or what --expect says\n"
      "  1  denied, or not what --expect says\n"
      "  2  the command line is wrong\n"
      "  3  undecided, or a policy could not be read\n"
      "  4  internal error, or the output could not be written");
  command
      .add_option("QUESTION", can.question,
                  "PRINCIPAL [do] ACTION [on] RESOURCE: an ARN, service:Name, an ARN or *")
      ->required()
      ->type_name("");
  add_repeatable(command, "--policy", can.policies,
                 "identity-based policy: a file, or an AWS managed policy by name or ARN; "
                 "repeatable")
      ->type_name("POLICY");
  add_repeatable(command, "--resource-policy,--key-policy,--trust-policy", can.resource_policies,
                 "resource-based policy, KMS key policy or role trust policy of the resource")
      ->type_name("FILE");
  add_repeatable(command, "--context", can.context,
                 "condition key with one value, such as aws:SourceIp=192.0.2.1; repeatable")
      ->type_name("KEY=VALUE");
  add_repeatable(command, "--context-list", can.context_lists,
                 "multivalued condition key, such as aws:TagKeys=[\"a\", \"b\"]; repeatable")
      ->type_name("KEY=LIST");
  add_repeatable(command, "--absent", can.absent,
                 "condition key that the request does not have; repeatable")
      ->type_name("KEY");
  command
      .add_option("--resource-account", can.resource_account,
                  "account that owns the resource, where its ARN does not say")
      ->type_name("ID");
  command
      .add_option("--principal-account", can.principal_account,
                  "account of the principal, where its ARN does not say")
      ->type_name("ID");
  command.add_option("--now", can.now, "the time of the request, ISO 8601 (default: the clock)")
      ->type_name("TIME");
  command.add_flag("--ask", can.ask, "keys that are not given are unknown, not absent");
  command.add_flag("--explain", can.explain, "say for every statement why it applied or not");
  command
      .add_option("--expect", can.expect,
                  "allowed or denied: exit with 0 when the answer is this one")
      ->type_name("ANSWER")
      ->check(CLI::IsMember({"allowed", "denied"}));
  add_format(command, options);
  add_colour(command, options);
}

void declare_catalogue(CLI::App& app, Options& options) {
  CLI::App& command = *app.add_subcommand(
      "catalogue", "look up AWS's actions, resource types, condition keys and managed policies");
  command.footer(
      "examples:\n"
      "  iamcheck catalogue\n"
      "  iamcheck catalogue s3:GetObject\n"
      "  iamcheck catalogue 's3:Get*Acl' --format json\n"
      "\n"
      "exit codes:\n"
      "  0  found\n"
      "  1  there is no such name\n"
      "  2  the command line is wrong\n"
      "  4  internal error, or the output could not be written");
  command
      .add_option(
          "NAME", options.catalogue.name,
          "an action such as s3:GetObject, a pattern, a service, a condition key, a managed "
          "policy; nothing: the summary")
      ->type_name("");
  add_format(command, options);
}

void declare_rule(CLI::App& app, Options& options) {
  CLI::App& command = *app.add_subcommand("rule", "show the page of a rule, or list the rules");
  command.footer(
      "examples:\n"
      "  iamcheck rule --list\n"
      "  iamcheck rule passrole-star-resource\n"
      "\n"
      "exit codes:\n"
      "  0  shown\n"
      "  2  there is no such rule, or the command line is wrong\n"
      "  4  internal error, or the output could not be written");
  command.add_option("SLUG", options.rule.slug, "the rule's name; nothing: the list")
      ->type_name("");
  command.add_flag("--list", options.rule.list, "all rules, a line each");
}

ColourChoice colour_from(const std::string& text) {
  if (text == "always") return ColourChoice::kAlways;
  return text == "never" ? ColourChoice::kNever : ColourChoice::kAuto;
}

std::optional<Severity> severity_from(const std::string& text) {
  if (text == "error") return Severity::kError;
  if (text == "warning") return Severity::kWarning;
  if (text == "note") return Severity::kNote;
  return std::nullopt;
}

}  // namespace

void declare_commands(CLI::App& app, Options& options) {
  declare_lint(app, options);
  declare_can(app, options);
  declare_catalogue(app, options);
  declare_rule(app, options);
}

bool finish_options(Options& options) {
  if (!options.policy_type.empty() &&
      !(options.lint.kind = policy_kind_from(options.policy_type))) {
    print_error("there is no policy type `" + options.policy_type +
                "`; see `iamcheck lint --help`");
    return false;
  }
  options.lint.fail_on = severity_from(options.fail_on);
  options.lint.json = options.can.json = options.catalogue.json = options.format == "json";
  options.lint.colour = options.can.colour = colour_from(options.colour);
  return true;
}

}  // namespace iamcheck::cli
