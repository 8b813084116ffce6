// The flags of diff and check.
#include <CLI/CLI.hpp>

#include "flags.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

constexpr const char* kExitCodes =
    "exit codes:\n"
    "  0  no new access, proved (PASS)\n"
    "  1  new access (FAIL)\n"
    "  2  the command line is wrong\n"
    "  3  not decided within the limits (UNKNOWN), or some input could not be read\n"
    "  4  internal error, or the output could not be written";

void declare_diff(CLI::App& app, Options& options) {
  DiffOptions& diff = options.diff;
  CLI::App& command = *app.add_subcommand(
      "diff", "does a new version of a policy allow anything that the old one does not? proved");
  command.footer(
      std::string(
          "examples:\n"
          "  iamcheck diff old.json new.json\n"
          "  iamcheck diff main..HEAD --format markdown\n"
          "  iamcheck diff policies/ ../other/policies/\n"
          "\n"
          "PASS is a proof over all requests; FAIL comes with a request that shows it, answered\n"
          "by the evaluator. Of folders and revisions the .json files are compared that hold\n"
          "a policy; a file that is missing on one side grants nothing there.\n"
          "\n") +
      kExitCodes);
  command
      .add_option("SIDES", diff.sides,
                  "OLD NEW: two files or two folders; or OLD..NEW, git revisions")
      ->required()
      ->expected(1, 2)
      ->type_name("");
  command
      .add_option("--policy-type", options.diff_policy_type,
                  "identity, resource, trust, scp, rcp, boundary, session or endpoint; without it "
                  "the content tells identity, resource and trust policies apart")
      ->type_name("TYPE");
  command
      .add_option("--arn-matching", options.arn_matching,
                  "strict (default: PASS only if both readings pass), component (wildcards stay in "
                  "their part of an ARN) or documented")
      ->type_name("READING")
      ->check(CLI::IsMember({"strict", "component", "documented"}));
  command.add_option("--format", diff.format, "text (default), json or markdown")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json", "markdown"}));
  command
      .add_option("--color", options.colour,
                  "auto (default: on a terminal, unless NO_COLOR is set), always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

void add_text(CLI::App& command, const std::string& name, std::string& value,
              const std::string& description, const std::string& type) {
  command.add_option(name, value, description)->expected(1)->type_name(type);
}

void declare_check(CLI::App& app, Options& options) {
  CheckOptions& check = options.check;
  CLI::App& command = *app.add_subcommand(
      "check", "answer as `aws accessanalyzer check-...` does: its arguments, its JSON, offline");
  command.footer(
      std::string(
          "examples:\n"
          "  iamcheck check no-new-access --existing-policy-document file://old.json \\\n"
          "      --new-policy-document file://new.json --policy-type IDENTITY_POLICY\n"
          "  iamcheck check --batch questions.jsonl\n"
          "\n"
          "`result` is by the reading of ARNs that AWS's checks have: no wildcard of the first\n"
          "five parts crosses a colon; `otherReading` has the documented one.\n"
          "\n") +
      kExitCodes);
  command
      .add_option("--batch", check.batch,
                  "questions as JSON Lines from a file or -, answers likewise")
      ->expected(1)
      ->type_name("FILE");
  command.require_subcommand(0, 1);
  const auto policy_type = [&](CLI::App& sub) {
    add_text(sub, "--policy-type", check.policy_type,
             "IDENTITY_POLICY (default) or RESOURCE_POLICY", "TYPE");
  };
  CLI::App& fresh = *command.add_subcommand(
      "no-new-access", "does the new policy allow anything that the existing one does not?");
  add_text(fresh, "--existing-policy-document", check.existing, "the policy as it is", "POLICY");
  add_text(fresh, "--new-policy-document", check.updated, "the policy as it is to be", "POLICY");
  policy_type(fresh);
  CLI::App& granted = *command.add_subcommand(
      "access-not-granted",
      "does the policy allow some of these actions on some of these resources?");
  add_text(granted, "--policy-document", check.policy, "the policy", "POLICY");
  granted
      .add_option("--access", check.access,
                  "actions=s3:GetObject,s3:PutObject or resources=ARN,ARN, or JSON with both")
      ->expected(1)
      ->allow_extra_args(false)
      ->type_name("ACCESS");
  policy_type(granted);
  CLI::App& open = *command.add_subcommand("no-public-access",
                                           "does the policy of a resource let in the public?");
  add_text(open, "--policy-document", check.policy, "the policy", "POLICY");
  std::string types;
  for (const std::string_view type : public_access_types())
    types += (types.empty() ? "" : ", ") + std::string(type);
  add_text(open, "--resource-type", check.resource_type, "one of " + types, "TYPE");
}

}  // namespace

void declare_analysis_commands(CLI::App& app, Options& options) {
  declare_diff(app, options);
  declare_check(app, options);
}

bool finish_analysis_options(const CLI::App& app, Options& options) {
  DiffOptions& diff = options.diff;
  diff.arn_matching = options.arn_matching == "strict"      ? ArnMatching::kStrict
                      : options.arn_matching == "component" ? ArnMatching::kComponentWise
                                                            : ArnMatching::kDocumented;
  diff.colour = options.can.colour;
  diff.policy_kind = policy_kind_from(options.diff_policy_type);
  if (!options.diff_policy_type.empty() && !diff.policy_kind) {
    print_error("there is no policy type `" + escape_controls(options.diff_policy_type) +
                "`; see iamcheck diff --help");
    return false;
  }
  if (!app.got_subcommand("check")) return true;
  const CLI::App& check = *app.get_subcommand("check");
  CheckOptions& out = options.check;
  if (check.got_subcommand("access-not-granted")) out.kind = AccessCheck::Kind::kAccessNotGranted;
  if (check.got_subcommand("no-public-access")) out.kind = AccessCheck::Kind::kNoPublicAccess;
  const bool named = !check.get_subcommands().empty();
  if (named == !out.batch.empty()) {
    print_error(named ? "--batch has the questions in it; leave the check out"
                      : "no check is named; write no-new-access, access-not-granted or "
                        "no-public-access, or --batch FILE");
    return false;
  }
  return true;
}

}  // namespace iamcheck::cli
