// The flags of explain, expand, minimize, catalogue and fmt.
#include "policy_flags.h"

#include <CLI/CLI.hpp>

#include "iamcheck/report.h"
#include "shared_flags.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

void add_format(CLI::App& command, bool& json) {
  command
      .add_option_function<std::string>(
          "--format", [&json](const std::string& name) { json = name == "json"; },
          "text (default) or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}));
}

}  // namespace

void declare_explain(CLI::App& app, ExplainCommandOptions& options) {
  CLI::App& command = *app.add_subcommand(
      "explain", "say in words what a policy grants, by service and access level");
  command.footer(
      "examples:\n"
      "  iamcheck explain AmazonS3ReadOnlyAccess\n"
      "  echo '{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": "
      "\"*\"}}' | \\\n"
      "      iamcheck explain -\n"
      "  iamcheck explain PowerUserAccess --format json\n"
      "\n"
      "Each policy is read by itself: whether a request is allowed hangs on the other policies\n"
      "too, which `iamcheck can` weighs. Actions are those of the catalogue. An action counts as\n"
      "allowed when some Allow grants it on some resource that it works on, and no Deny takes it\n"
      "away from every request. Ways to more rights are the rows of rules/escalation/paths.csv\n"
      "whose actions an identity-based policy allows.\n"
      "\n"
      "exit codes:\n"
      "  0  explained\n"
      "  2  the command line is wrong\n"
      "  3  some policy could not be read; the others are explained\n"
      "  4  internal error, or the output could not be written");
  command
      .add_option("POLICY", options.paths,
                  "files with policies, AWS managed policies by name or ARN, or - for standard "
                  "input")
      ->required()
      ->type_name("");
  command
      .add_option("--policy-type", options.policy_type,
                  "what the policies are, where neither text nor place tells: identity, resource, "
                  "trust, scp, rcp, boundary, session or endpoint; AWS's names are taken too")
      ->type_name("TYPE");
  add_format(command, options.json);
}

void declare_expand(CLI::App& app, ExpandCommandOptions& options) {
  CLI::App& command =
      *app.add_subcommand("expand", "list the actions that patterns of Action stand for");
  command.footer(
      "examples:\n"
      "  iamcheck expand 's3:Get*Acl' iam:PassRole\n"
      "  iamcheck expand '*' --count\n"
      "  iamcheck expand --policy IAMReadOnlyAccess\n"
      "\n"
      "Case does not count, and the service takes no wildcard, but for `*` alone: as AWS reads\n"
      "Action. Of a policy, the Action and NotAction of each Allow are expanded, on whatever\n"
      "resource and under whatever condition; a Deny takes its actions away only when it holds\n"
      "for every request, and standard error says what else is denied.\n"
      "\n"
      "exit codes:\n"
      "  0  every pattern matches something\n"
      "  2  the command line is wrong\n"
      "  3  some pattern matches nothing in the catalogue, which may be older than the action, or\n"
      "     the policy could not be read; the actions of the others are listed\n"
      "  4  internal error, or the output could not be written");
  command.add_option("PATTERN", options.patterns, "entries of Action: s3:Get*, iam:PassRole, or *")
      ->type_name("");
  command
      .add_option("--policy", options.policy,
                  "list what this policy's statements name instead: a file, an AWS managed policy "
                  "by name or ARN, or - for standard input")
      ->type_name("POLICY");
  command.add_flag("--count", options.count, "print how many there are, not which");
  add_catalogue(command, options.catalogue_file);
  add_format(command, options.json);
}

void declare_minimize(CLI::App& app, MinimizeCommandOptions& options) {
  CLI::App& command = *app.add_subcommand(
      "minimize", "find the fewest patterns that match exactly these actions, and no others");
  command.footer(
      "examples:\n"
      "  iamcheck minimize s3:GetObject s3:GetObjectAcl s3:PutObject s3:PutObjectAcl\n"
      "  iamcheck expand 'sqs:*Queue*' | iamcheck minimize -\n"
      "\n"
      "The patterns match exactly the given actions of the catalogue: they are expanded again and\n"
      "compared. There are as few as can be of full names and of patterns with a fixed beginning\n"
      "(Get*), a fixed end (*Acl), both (Get*Acl) or a fixed middle (*Object*); where the search\n"
      "would take too long it stops, and says so. A pattern also matches what AWS adds under it\n"
      "later. Actions that the catalogue lacks are kept as given and named on standard error.\n"
      "\n"
      "exit codes:\n"
      "  0  the patterns were found\n"
      "  2  the command line is wrong\n"
      "  3  the input could not be read\n"
      "  4  internal error: the patterns do not match the same actions, or the output could not\n"
      "     be written");
  command
      .add_option("ACTION", options.actions,
                  "actions such as s3:GetObject, or patterns, which stand for theirs; - reads "
                  "them from standard input, one a line")
      ->required()
      ->type_name("");
  add_catalogue(command, options.catalogue_file);
  add_format(command, options.json);
}

bool finish_policy_type(ExplainCommandOptions& options) {
  options.kind = policy_kind_from(options.policy_type);
  if (options.policy_type.empty() || options.kind) return true;
  print_error("there is no policy type `" + options.policy_type +
              "`; see `iamcheck explain --help`");
  return false;
}

void declare_catalogue(CLI::App& app, CatalogueOptions& options) {
  CLI::App& command = *app.add_subcommand(
      "catalogue", "look up AWS's actions, resource types, condition keys and managed policies");
  command.footer(
      "examples:\n"
      "  iamcheck catalogue\n"
      "  iamcheck catalogue s3:GetObject\n"
      "  iamcheck catalogue 's3:Get*Acl' --format json\n"
      "  iamcheck catalogue --write aws.catalogue\n"
      "  iamcheck catalogue diff aws.catalogue\n"
      "\n"
      "`diff OLD [NEW]` compares two catalogue files, or one with the catalogue in use.\n"
      "\n"
      "exit codes:\n"
      "  0  found\n"
      "  1  there is no such name; the catalogues differ\n"
      "  2  the command line or a catalogue file is wrong\n"
      "  4  internal error, or the output could not be written");
  command
      .add_option(
          "NAME", options.words,
          "an action such as s3:GetObject, a pattern, a service, a condition key, a managed "
          "policy; nothing: the summary; or: diff OLD [NEW]")
      ->type_name("");
  add_catalogue(command, options.catalogue_file);
  command.add_option("--write", options.write, "write the catalogue itself to a file")
      ->type_name("FILE");
  add_format(command, options.json);
}

void declare_fmt(CLI::App& app, FormatCommandOptions& options) {
  CLI::App& command = *app.add_subcommand(
      "fmt", "rewrite policy files in the canonical layout; nothing else changes");
  command.footer(
      "examples:\n"
      "  iamcheck fmt policies\n"
      "  iamcheck fmt --check .\n"
      "  iamcheck fmt - < policies/deploy.json\n"
      "\n"
      "Two spaces a level, one value a line, elements in the order of AWS's grammar. Numbers,\n"
      "escapes and comments stay. Files that are more than one policy in JSON are left alone.\n"
      "\n"
      "exit codes:\n"
      "  0  done\n"
      "  1  with --check or --diff: some file is not in this layout\n"
      "  2  the command line is wrong\n"
      "  3  some file that was named could not be read or is no policy; the others are done\n"
      "  4  internal error, or a file could not be written");
  command.add_option("PATHS", options.paths, "files, folders, or - for standard input")
      ->required()
      ->type_name("");
  command.add_flag("--check", options.check, "name the files that would change, and write nothing");
  command.add_flag("--diff", options.diff, "print what would change, and write nothing");
  add_exclusion(command, options.exclude, options.force_exclude);
}

}  // namespace iamcheck::cli
