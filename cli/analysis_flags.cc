// The flags of diff and check.
#include <CLI/CLI.hpp>
#include <array>

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
      std::string("examples:\n"
                  "  iamcheck diff ViewOnlyAccess SecurityAudit\n"
                  "  iamcheck diff account/ account/ --format markdown\n"
                  "\n"
                  "`iamcheck diff main..HEAD` compares two git revisions, in the "
                  "current folder and below.\n"
                  "PASS is a proof over all requests; FAIL comes with a request that "
                  "shows it, answered by\n"
                  "the evaluator. In folders and revisions the policies of all files are "
                  "compared, paired by\n"
                  "their place in the file; one that is missing on one side grants nothing "
                  "there.\n"
                  "\n") +
      kExitCodes);
  command
      .add_option("SIDES", diff.sides,
                  "OLD NEW: two files or two folders; or OLD..NEW, git revisions")
      ->required()
      ->expected(-1)
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
  command.add_flag(
      "--catalogued", diff.catalogued,
      "only requests that the catalogue has: actions that exist, on their own resource "
      "types, with their own keys");
  command.add_option("--format", diff.format, "text (default), json, markdown or sarif")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json", "markdown", "sarif"}));
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

// The options that a check takes, beside those that every check takes: none.
bool check_takes(const CLI::App& command, const std::string& check) {
  struct Row {
    const char* option;
    std::array<const char*, 2> checks;
  };
  constexpr std::array<Row, 6> kRows = {{
      {"--existing-policy-document", {"no-new-access", ""}},
      {"--new-policy-document", {"no-new-access", ""}},
      {"--policy-document", {"access-not-granted", "no-public-access"}},
      {"--access", {"access-not-granted", ""}},
      {"--policy-type", {"no-new-access", "access-not-granted"}},
      {"--resource-type", {"no-public-access", ""}},
  }};
  for (const Row& row : kRows) {
    if (command.count(row.option) == 0 || check == row.checks[0] || check == row.checks[1])
      continue;
    print_error("`" + std::string(row.option) + "` is not for " +
                (check.empty() ? "--batch, whose questions are whole" : check) +
                "; see iamcheck check --help");
    return false;
  }
  return true;
}

void declare_check(CLI::App& app, Options& options) {
  CheckOptions& check = options.check;
  CLI::App& command = *app.add_subcommand(
      "check", "answer as `aws accessanalyzer check-...` does: its arguments, its JSON, offline");
  command.footer(
      std::string(
          "examples:\n"
          "  iamcheck check access-not-granted --access actions=iam:PassRole --policy-document \\\n"
          "      '{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": "
          "\"*\"}}'\n"
          "  echo '{\"id\": 1, \"kind\": \"redundancy\", \"policy\": {\"Statement\": []}}' | "
          "iamcheck check --batch -\n"
          "\n"
          "`result` is by the reading of ARNs that AWS's checks have: no wildcard of the first "
          "five\n"
          "parts crosses a colon; `otherReading` has the documented one.\n"
          "\n") +
      kExitCodes);
  command
      .add_option("--batch", check.batch,
                  "questions as JSON Lines from a file or -, answers likewise")
      ->expected(1)
      ->type_name("FILE");
  command
      .add_option("CHECK", options.check_name,
                  "no-new-access, access-not-granted or no-public-access")
      ->check(CLI::IsMember({"no-new-access", "access-not-granted", "no-public-access"}))
      ->type_name("");
  add_text(command, "--existing-policy-document", check.existing,
           "no-new-access: the policy as it is", "POLICY");
  add_text(command, "--new-policy-document", check.updated,
           "no-new-access: the policy as it is to be", "POLICY");
  add_text(command, "--policy-document", check.policy, "the other checks: the policy", "POLICY");
  command
      .add_option("--access", check.access,
                  "access-not-granted: actions=s3:GetObject,s3:PutObject or resources=ARN,ARN, or "
                  "JSON with both")
      ->expected(1)
      ->allow_extra_args(false)
      ->type_name("ACCESS");
  add_text(command, "--policy-type", check.policy_type,
           "IDENTITY_POLICY (default) or RESOURCE_POLICY", "TYPE");
  std::string types;
  for (const std::string_view type : public_access_types())
    types += (types.empty() ? "" : ", ") + std::string(type);
  add_text(command, "--resource-type", check.resource_type, "no-public-access: one of " + types,
           "TYPE");
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
  CheckOptions& out = options.check;
  if (options.check_name == "access-not-granted") out.kind = AccessCheck::Kind::kAccessNotGranted;
  if (options.check_name == "no-public-access") out.kind = AccessCheck::Kind::kNoPublicAccess;
  const bool named = !options.check_name.empty();
  if (named == !out.batch.empty()) {
    print_error(named ? "--batch has the questions in it; leave the check out"
                      : "no check is named; write no-new-access, access-not-granted or "
                        "no-public-access, or --batch FILE");
    return false;
  }
  return check_takes(*app.get_subcommand("check"), options.check_name);
}

}  // namespace iamcheck::cli
