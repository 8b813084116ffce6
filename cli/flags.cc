#include "flags.h"

#include <CLI/CLI.hpp>
#include <optional>

#include "account_flags.h"
#include "iamcheck/report.h"
#include "lint_flags.h"
#include "policy_flags.h"
#include "shared_flags.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

void add_format(CLI::App& command, Options& options) {
  command.add_option("--format", options.format, "text (default) or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}));
}

void declare_layers(CLI::App& command, PolicyFiles& files) {
  add_repeatable(command, "--policy", files.identity,
                 "identity-based policy: a file, or an AWS managed policy by name or ARN; "
                 "repeatable, as all of these")
      ->type_name("POLICY");
  add_repeatable(command, "--resource-policy,--key-policy,--trust-policy", files.resource,
                 "resource-based policy, KMS key policy or role trust policy of the resource")
      ->type_name("FILE");
  add_repeatable(command, "--boundary", files.boundary, "permissions boundary of the principal")
      ->type_name("POLICY");
  add_repeatable(command, "--session-policy", files.session, "session policy")->type_name("POLICY");
  add_repeatable(command, "--scp", files.scp,
                 "service control policy, with the name of its level (root first: root=a.json, "
                 "ou-1=b.json); without a level it is the account's. FullAWSAccess is AWS's own "
                 "and never implied")
      ->type_name("[LEVEL=]FILE");
  add_repeatable(command, "--rcp", files.rcp,
                 "resource control policy; RCPFullAWSAccess is implied")
      ->type_name("[LEVEL=]FILE");
  add_repeatable(command, "--endpoint-policy", files.endpoint, "VPC endpoint policy")
      ->type_name("FILE");
}

void declare_context(CLI::App& command, ContextFlags& context) {
  add_repeatable(command, "--context", context.values,
                 "condition key with one value, such as aws:SourceIp=192.0.2.1; repeatable")
      ->type_name("KEY=VALUE");
  add_repeatable(command, "--context-list", context.lists,
                 "multivalued condition key, such as aws:TagKeys=[\"a\", \"b\"]; repeatable")
      ->type_name("KEY=LIST");
  add_repeatable(command, "--absent", context.absent,
                 "condition key that the request does not have; repeatable")
      ->type_name("KEY");
  command
      .add_option("--now", context.now,
                  "the time of the request, ISO 8601 or seconds since 1970 (default: the clock)")
      ->type_name("TIME");
  command.add_flag("--ask", context.ask, "keys that are not given are unknown, not absent");
}

void declare_unit_context(CLI::App& command, UnitContextFlags& context) {
  add_repeatable(command, "--unit-context", context.values,
                 "--context for one unit of a call, such as 2:ec2:Vpc=...: first its number, the "
                 "resources count first, then --also; repeatable")
      ->type_name("VALUE");
  add_repeatable(command, "--unit-context-list", context.lists,
                 "--context-list for one unit, with its number; repeatable")
      ->type_name("LIST");
  add_repeatable(command, "--unit-absent", context.absent,
                 "--absent for one unit, such as 2:ec2:Vpc; repeatable")
      ->type_name("KEY");
}

// What the request's three words do not tell.
void declare_request(CLI::App& command, CanOptions& can) {
  command
      .add_option("--resource-account", can.resource_account,
                  "account that owns the resource, where its ARN does not say")
      ->type_name("ID");
  command
      .add_option("--principal-account", can.principal_account,
                  "account of the principal, where its ARN does not say")
      ->type_name("ID");
  command
      .add_option("--management-account", can.management_account,
                  "management account of the organization, where SCPs and RCPs have no effect")
      ->type_name("ID");
  command
      .add_option("--role-arn", can.role_arn, "ARN, with its path, of the role behind a session")
      ->type_name("ARN");
  command.add_option("--issuer", can.issuer_arn, "ARN of the user behind a federated-user session")
      ->type_name("ARN");
  command
      .add_option_function<std::string>(
          "--credentials",
          [&can](const std::string& name) { can.credential_kind = *credential_kind_from(name); },
          "how the credentials came about: long-term, console, assume-role, get-session-token, "
          "federation-token, web-identity, saml, assume-root or service")
      ->type_name("KIND")
      ->check(
          CLI::IsMember({"long-term", "console", "assume-role", "get-session-token",
                         "federation-token", "web-identity", "saml", "assume-root", "service"}));
  command
      .add_option_function<std::string>(
          "--endpoint-kind",
          [&can](const std::string& name) { can.endpoint_kind = *endpoint_kind_from(name); },
          "kind of the VPC endpoint: interface (default) or gateway")
      ->type_name("KIND")
      ->check(CLI::IsMember({"interface", "gateway"}));
  command.add_flag("--block-public-access", can.block_public_access,
                   "RestrictPublicBuckets is on for the bucket");
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
      "  iamcheck can arn:aws:iam::111122223333:user/alice lambda:CreateFunction \\\n"
      "      arn:aws:lambda:eu-west-1:111122223333:function:f \\\n"
      "      --also iam:PassRole=arn:aws:iam::111122223333:role/app --policy AWSLambda_FullAccess "
      "\\\n"
      "      --context iam:PassedToService=lambda.amazonaws.com\n"
      "\n"
      "A call such as ec2:RunInstances needs its action on several resources, and further "
      "actions.\n"
      "Write all resources and --also: it is allowed only if each of these units is. A key of the\n"
      "context is left out of the units that AWS does not send it with, and the answer names it.\n"
      "\n"
      "exit codes:\n"
      "  0  allowed, or what --expect says\n"
      "  1  denied, or not what --expect says\n"
      "  2  the command line is wrong\n"
      "  3  undecided, or a policy could not be read\n"
      "  4  internal error, or the output could not be written");
  command
      .add_option("QUESTION", can.question,
                  "PRINCIPAL [do] ACTION [on] RESOURCE..: an ARN, a service such as "
                  "ec2.amazonaws.com or *anonymous*; service:Name; an ARN or *, or all ARNs that "
                  "the call is about")
      ->required()
      ->type_name("");
  add_repeatable(command, "--also", can.also,
                 "further action that the call needs, such as "
                 "iam:PassRole=arn:aws:iam::111122223333:role/app; repeatable")
      ->type_name("ACTION=RESOURCE");
  declare_layers(command, can.policies);
  add_repeatable(
      command, "--account", can.accounts,
      "output of `aws iam get-account-authorization-details`, or a folder with it and "
      "more, such as that of iam-collect (docs/account.md): brings all layers, and PRINCIPAL may "
      "be a name; repeatable")
      ->type_name("DUMP");
  declare_context(command, can.context);
  declare_unit_context(command, can.unit_context);
  declare_request(command, can);
  command.add_flag("--explain", can.explain, "say for every statement why it applied or not");
  command
      .add_option("--expect", can.expect,
                  "allowed or denied: exit with 0 when the answer is this one")
      ->type_name("ANSWER")
      ->check(CLI::IsMember({"allowed", "denied"}));
  add_format(command, options);
  add_colour(command, options.colour);
}

void declare_simulate(CLI::App& app, Options& options) {
  SimulateCommandOptions& simulate = options.simulate;
  CLI::App& command = *app.add_subcommand(
      "simulate", "answer many requests: JSON Lines in, an answer line for each out");
  command.footer(
      "examples:\n"
      "  echo '{\"principal\": \"arn:aws:iam::111122223333:user/alice\",' \\\n"
      "      '\"action\": \"s3:GetObject\", \"resource\": \"arn:aws:s3:::b/k\"}' | iamcheck "
      "simulate\n"
      "  echo '{\"principal\": \"*anonymous*\", \"action\": \"s3:GetObject\",' \\\n"
      "      '\"resource\": \"arn:aws:s3:::b/k\", \"resourcePolicy\": {\"Statement\":' \\\n"
      "      '{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": "
      "\"*\"}}}' "
      "\\\n"
      "      | iamcheck simulate - --explain\n"
      "\n"
      "A request brings the policies that decide it, or names a set that a line above defines:\n"
      "  {\"policySet\": \"ci\", \"identityPolicies\": [{...}]}\n"
      "  {\"id\": \"r2\", \"policySet\": \"ci\", \"principal\": ..., \"action\": ..., "
      "\"resource\": ...}\n"
      "docs/schema/simulate-request-v1.schema.json lists every member, simulate-answer-v1 those "
      "of\n"
      "the answers. A line may have 8 MiB. Answers come in the order of the requests, as soon as\n"
      "their lines are complete.\n"
      "\n"
      "exit codes:\n"
      "  0  every line was answered, whatever the answers are\n"
      "  2  the command line is wrong\n"
      "  3  some line has an error, which stands in its place; or the input could not be read\n"
      "  4  internal error, or the output could not be written");
  command.add_option("FILE", simulate.path, "a file, or - (default) for standard input")
      ->type_name("");
  command.add_flag("--explain", simulate.explain,
                   "add what every layer and every statement came to: `layers` and `trace`");
  add_jobs(command, simulate.jobs);
}

void declare_test(CLI::App& app, Options& options) {
  TestCommandOptions& test = options.test;
  CLI::App& command = *app.add_subcommand(
      "test", "run test cases for policies: requests with the decisions expected of them");
  command.footer(
      "examples:\n"
      "  echo '{\"expect\": \"denied\", \"principal\": \"arn:aws:iam::111122223333:user/a\",' \\\n"
      "      '\"action\": \"s3:GetObject\", \"resource\": \"arn:aws:s3:::b/k\"}' | iamcheck test "
      "-\n"
      "  echo '{\"expect\": \"allowed\", \"principal\": \"arn:aws:iam::111122223333:user/a\",' \\\n"
      "      '\"action\": \"sts:GetCallerIdentity\", \"resource\": \"*\"}' | iamcheck test - "
      "--format "
      "tap\n"
      "\n"
      "Files are YAML or JSON with fixtures, cases and tables, or JSON Lines (.jsonl, standard "
      "input)\n"
      "with a case a line; docs/testing-policies.md teaches the format.\n"
      "\n"
      "exit codes:\n"
      "  0  every case has the decision that it expects\n"
      "  1  some case has another\n"
      "  2  the command line is wrong\n"
      "  3  some file, case or policy could not be read; the results of the others are printed\n"
      "  4  internal error, or the output could not be written\n"
      "Several at once: 4, 2, 3, 1 in that order.");
  command.add_option("CASES", test.paths, "test files, or - for standard input")
      ->required()
      ->type_name("");
  command
      .add_option("--format", test.format,
                  "text (default), tap (Test Anything Protocol) or junit (XML)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "tap", "junit"}));
  command.add_flag("--coverage", test.coverage,
                   "list the statements of the named policies that decided no case (text)");
}

void declare_rule(CLI::App& app, Options& options) {
  CLI::App& command = *app.add_subcommand(
      "rule", "show the page of a rule, list the rules, or test rules of your own");
  command.footer(
      "examples:\n"
      "  iamcheck rule --list\n"
      "  iamcheck rule passrole-star-resource\n"
      "  iamcheck rule test guardrails\n"
      "\n"
      "`test` runs the examples of pages with `forbid:`, named or in folders "
      "(docs/guardrails.md).\n"
      "\n"
      "exit codes:\n"
      "  0  shown; all examples are as they say\n"
      "  1  an example is not what it says\n"
      "  2  there is no such rule, or the command line is wrong\n"
      "  3  a page could not be read; the others were tested\n"
      "  4  internal error, or the output could not be written");
  command
      .add_option("SLUG", options.rule.words,
                  "the rule's name; nothing: the list; or: test PAGES..")
      ->type_name("");
  command.add_flag("--list", options.rule.list, "all rules, a line each");
  command
      .add_option("--format", options.rule.format,
                  "of the list: text (default), json, markdown (docs/rules.md) or peers "
                  "(docs/migration.md: the checks of other tools)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json", "markdown", "peers"}));
}

}  // namespace

void declare_commands(CLI::App& app, Options& options) {
  declare_lint(app, options);
  declare_can(app, options);
  declare_account_commands(app, options.account);
  declare_simulate(app, options);
  declare_aws_commands(app, options);
  declare_analysis_commands(app, options);
  declare_test(app, options);
  declare_explain(app, options.explain);
  declare_expand(app, options.expand);
  declare_minimize(app, options.minimize);
  declare_catalogue(app, options.catalogue);
  declare_rule(app, options);
  declare_baseline(app, options);
  declare_fmt(app, options.fmt);
}

bool finish_options(Options& options) {
  if (!finish_lint_options(options)) return false;
  if (!finish_policy_type(options.explain)) return false;
  options.can.json = options.format == "json";
  options.can.colour = colour_from(options.colour);
  return true;
}

}  // namespace iamcheck::cli
