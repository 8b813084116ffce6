// The flags, each declared once. CLI11 is seen here and nowhere else.
#include "app.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "commands/commands.h"
#include "exit_code.h"

namespace iamcheck::cli {
namespace {

ColourChoice colour_from(const std::string& text) {
  if (text == "always") return ColourChoice::kAlways;
  return text == "never" ? ColourChoice::kNever : ColourChoice::kAuto;
}

void declare_can(CLI::App& app, CanOptions& options, std::string& format, std::string& colour) {
  CLI::App* can = app.add_subcommand("can", "can PRINCIPAL do ACTION on RESOURCE, and why");
  can->footer(
      "examples:\n"
      "  iamcheck can arn:aws:iam::111122223333:user/alice s3:GetObject arn:aws:s3:::b/k --policy "
      "alice.json\n"
      "  iamcheck can arn:aws:iam::111122223333:role/ci do s3:PutObject on arn:aws:s3:::b/k \\\n"
      "      --policy ReadOnlyAccess --resource-policy bucket.json --context "
      "aws:SourceIp=192.0.2.1 --explain\n"
      "exit code: 0 allowed, 1 denied, 2 usage, 3 undecided or a policy could not be read");
  can->add_option("question", options.question, "PRINCIPAL [do] ACTION [on] RESOURCE")->required();
  can->add_option("--policy", options.policies,
                  "identity-based policy: a file, or an AWS managed policy by name or ARN")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  can->add_option("--resource-policy,--key-policy,--trust-policy", options.resource_policies,
                  "resource-based policy, KMS key policy or role trust policy of the resource")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  can->add_option("--context", options.context,
                  "condition key with one value: key=value; repeatable")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  can->add_option("--context-list", options.context_lists,
                  "multivalued condition key: key=[\"a\", \"b\"]; repeatable")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  can->add_option("--absent", options.absent,
                  "condition key that the request does not have; repeatable")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  can->add_option("--resource-account", options.resource_account,
                  "account that owns the resource, where its ARN does not say");
  can->add_option("--principal-account", options.principal_account,
                  "account of the principal, where its ARN does not say");
  can->add_option("--now", options.now, "the time of the request, ISO 8601 (default: the clock)");
  can->add_flag("--ask", options.ask, "keys that are not given are unknown, not absent");
  can->add_flag("--explain", options.explain, "say for every statement why it applied or not");
  can->add_option("--expect", options.expect, "exit with 0 when the answer is this one")
      ->check(CLI::IsMember({"allowed", "denied"}));
  can->add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}));
  can->add_option("--color", colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

void declare_lint(CLI::App& app, LintCommandOptions& options, std::string& format,
                  std::string& colour, std::string& fail_on, std::string& kind) {
  CLI::App* lint = app.add_subcommand(
      "lint", "find over-broad grants, mistakes and hardcoded credentials in files of any kind");
  lint->footer(
      "examples:\n"
      "  iamcheck lint .                              everything below this folder, .gitignore "
      "respected\n"
      "  iamcheck lint policy.json --policy-type scp  the text alone does not tell an SCP\n"
      "  aws iam get-policy-version ... | iamcheck lint -\n"
      "exit code: 0 clean, 1 findings at or above --fail-on, 2 usage, 3 some input could not be "
      "read");
  lint->add_option("paths", options.paths, "files, folders, or - for standard input")->required();
  lint->add_option(
      "--policy-type", kind,
      "identity, resource, trust, scp, rcp, boundary, session or endpoint; AWS's names too");
  lint->add_option("--select", options.select, "only these rules")
      ->delimiter(',')
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  lint->add_option("--ignore", options.ignore, "not these rules")
      ->delimiter(',')
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  lint->add_option("--fail-on", fail_on, "error, warning, note or never (default warning)")
      ->check(CLI::IsMember({"error", "warning", "note", "never"}));
  lint->add_option("--stdin-filename", options.stdin_filename,
                   "the name that standard input goes by");
  lint->add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}));
  lint->add_option("--color", colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

// Bare paths mean lint; the name of a subcommand wins over a path of that name.
std::vector<std::string> words_of(int argc, char** argv, const CLI::App& app) {
  std::vector<std::string> words(argv + 1, argv + argc);
  bool bare = !words.empty() && (words[0] == "-" || words[0][0] != '-');
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    bare = bare && command->get_name() != words[0];
  }
  if (bare) words.insert(words.begin(), "lint");
  return words;
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app("iamcheck - AWS IAM policies: what they allow, and why. Offline.", "iamcheck");
  app.set_version_flag("--version", "iamcheck " IAMCHECK_VERSION);
  app.require_subcommand(1);
  CanOptions can;
  CatalogueOptions catalogue;
  RuleOptions rule;
  std::string format = "text", colour = "auto";
  LintCommandOptions lint;
  std::string fail_on = "warning", kind;
  declare_lint(app, lint, format, colour, fail_on, kind);
  declare_can(app, can, format, colour);
  CLI::App* catalogue_command =
      app.add_subcommand("catalogue", "what AWS's actions, keys and managed policies are");
  catalogue_command->add_option(
      "name", catalogue.name,
      "an action such as s3:GetObject, a pattern, a service, a key; nothing: the summary");
  catalogue_command->add_option("--format", format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  CLI::App* rule_command = app.add_subcommand("rule", "the page of a rule");
  rule_command->add_option("slug", rule.slug, "the rule's name");
  rule_command->add_flag("--list", rule.list, "all rules, a line each");
  try {
    std::vector<std::string> words = words_of(argc, argv, app);
    std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
    app.parse(std::move(words));
  } catch (const CLI::Success& success) {
    return app.exit(success);  // --help, --version
  } catch (const CLI::ParseError& error) {
    print_error(std::string(error.what()) + "; see `iamcheck --help`");
    return kUsage;
  }
  if (!kind.empty() && !(lint.kind = policy_kind_from(kind))) {
    print_error("there is no policy type `" + kind + "`; see `iamcheck lint --help`");
    return kUsage;
  }
  lint.fail_on = fail_on == "never"
                     ? std::nullopt
                     : std::optional<Severity>(fail_on == "error"  ? Severity::kError
                                               : fail_on == "note" ? Severity::kNote
                                                                   : Severity::kWarning);
  lint.colour = colour_from(colour);
  lint.json = can.json = catalogue.json = format == "json";
  can.colour = colour_from(colour);
  if (app.got_subcommand("lint")) return run_lint(lint);
  if (app.got_subcommand("can")) return run_can(can);
  if (app.got_subcommand("catalogue")) return run_catalogue(catalogue);
  return run_rule(rule);
}

}  // namespace iamcheck::cli
