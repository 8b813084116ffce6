#include "lint_flags.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "shared_flags.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

const std::vector<std::string> kFormats = {"text",   "json",   "sarif",    "junit",
                                           "github", "gitlab", "markdown", "access-analyzer"};

std::optional<Severity> severity_from(const std::string& text) {
  if (text == "error") return Severity::kError;
  if (text == "warning") return Severity::kWarning;
  if (text == "note") return Severity::kNote;
  return std::nullopt;
}

// To AWS a trust policy is the resource-based policy of a role: there only the type of the resource
// tells.
PolicyKind kind_of_resource(std::optional<PolicyKind> said, std::string_view resource_type) {
  const bool open = !said || *said == PolicyKind::kResource;
  if (!open) return *said;
  return resource_type == "AWS::IAM::AssumeRolePolicyDocument" ? PolicyKind::kTrust
                                                               : PolicyKind::kResource;
}

// git would take another option for one.
std::string check_range(const std::string& range) {
  if (range.empty()) return "the range is empty; write main..HEAD, HEAD or --all";
  if (range[0] == '-' && range != "--all")
    return "`" + range + "` is no range of commits; write main..HEAD, HEAD or --all";
  return {};
}

// What --staged and --history go with; the message for what they do not go with.
std::string mistake_in_stored(const LintCommandOptions& lint) {
  const std::string flag = lint.staged ? "--staged" : "--history";
  if (lint.staged && !lint.history.empty())
    return "--staged and --history are two questions; give one of them";
  if (!lint.fix.empty() || lint.diff)
    return flag + " reads what git has stored, which --fix and --diff cannot correct; name files";
  if (std::ranges::count(lint.paths, "-") > 0)
    return "standard input is no part of what " + flag + " reads; leave `-` out";
  const auto is_aws = [](const ReportFile& file) { return file.format == "access-analyzer"; };
  if (!lint.history.empty() &&
      (lint.format == "access-analyzer" || std::ranges::any_of(lint.reports, is_aws)))
    return "--history looks for credentials, which the format access-analyzer does not have; "
           "choose another";
  return {};
}

bool finish_outputs(LintCommandOptions& lint) {
  for (const std::string& output : lint.outputs) {
    const std::size_t equals = output.find('=');
    const std::string format = output.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == output.size() ||
        std::ranges::find(kFormats, format) == kFormats.end()) {
      print_error("`--output " + output +
                  "` is no FORMAT=FILE; write --output sarif=iamcheck.sarif");
      return false;
    }
    lint.reports.push_back({format, output.substr(equals + 1)});
  }
  return true;
}

}  // namespace

bool finish_lint_paths(const LintCommandOptions& lint) {
  const bool stored = lint.staged || !lint.history.empty();
  const std::string mistake = stored               ? mistake_in_stored(lint)
                              : lint.paths.empty() ? "PATHS is missing; see `iamcheck lint --help`"
                                                   : "";
  if (!mistake.empty()) print_error(mistake);
  return mistake.empty();
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
      "  iamcheck lint policies/*.json --rules guardrails\n"
      "  iamcheck lint --staged\n"
      "  iamcheck lint --history main..HEAD\n"
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
  command
      .add_option("PATHS", lint.paths,
                  "files, folders, or - for standard input; --staged and --history need none, and "
                  "look at no others")
      ->type_name("");
  command.add_flag("--staged", lint.staged,
                   "check what the next commit changes, as git's index holds it");
  command
      .add_option(
          "--history", lint.history,
          "look for credentials in all that these commits brought, such as main..HEAD, HEAD "
          "or --all; policies of the past are not checked")
      ->check(check_range, "range")
      ->type_name("RANGE");
  command
      .add_option("--policy-type", options.policy_type,
                  "what the policies are, where neither text nor place tells: identity, resource, "
                  "trust, scp, rcp, boundary, session or endpoint; AWS's names are taken too")
      ->type_name("TYPE");
  command
      .add_option("--resource-type,--validate-policy-resource-type", lint.resource_type,
                  "what a resource-based policy is attached to, such as AWS::S3::Bucket")
      ->type_name("TYPE");
  add_repeatable(command, "--select", lint.select,
                 "run only these rules, or all of a category; commas, repeatable")
      ->delimiter(',')
      ->type_name("RULES");
  add_repeatable(command, "--ignore", lint.ignore,
                 "leave out these rules or categories; commas, repeatable")
      ->delimiter(',')
      ->type_name("RULES");
  add_repeatable(command, "--rules", lint.rules,
                 "rules of your own: pages with `forbid:`, or folders of them; repeatable")
      ->type_name("PATH");
  command
      .add_option("--config", lint.config,
                  "the configuration (default: .iamcheck.yaml here or above, up to the root of the "
                  "git repository)")
      ->type_name("FILE");
  command.add_flag("--no-config", lint.no_config, "read no configuration");
  add_catalogue(command, lint.catalogue_file);
  command
      .add_option("--baseline", lint.baseline,
                  "findings that were there before, as `iamcheck baseline` has written them, are "
                  "suppressed")
      ->type_name("FILE");
  command
      .add_flag(
          "--fix{safe}", lint.fix,
          "correct the files: what keeps the meaning of a policy, or with --fix=all also what "
          "makes it narrower; each fix is proved before it is written")
      ->check(CLI::IsMember({"safe", "all"}));
  command.add_flag("--diff", lint.diff,
                   "print what --fix (or --fix=all) would change, and write nothing");
  command
      .add_option("--profile", lint.profile_name,
                  "which rules run: default (what a reviewer wants to know), strict (all), "
                  "access-analyzer (those that AWS's validation has)")
      ->type_name("PROFILE")
      ->check(CLI::IsMember({"default", "strict", "access-analyzer"}));
  command
      .add_option("--min-confidence", lint.min_confidence_name,
                  "leave out findings that are less sure: high, medium or low (default)")
      ->type_name("CONFIDENCE")
      ->check(CLI::IsMember({"high", "medium", "low"}));
  command
      .add_option("--fail-on", options.fail_on,
                  "lowest severity that makes the exit code 1: error, warning (default), note or "
                  "never")
      ->type_name("SEVERITY")
      ->check(CLI::IsMember({"error", "warning", "note", "never"}));
  add_exclusion(command, lint.exclude, lint.force_exclude);
  command
      .add_option("--stdin-filename", lint.stdin_filename, "the name that standard input goes by")
      ->type_name("NAME");
  add_jobs(command, lint.jobs);
  command
      .add_option(
          "--format", lint.format,
          "what is printed: text (default), json, sarif, junit, github (workflow commands), "
          "gitlab (code quality), markdown, or access-analyzer (as `aws accessanalyzer "
          "validate-policy` does; no configuration, no credentials)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(kFormats));
  add_repeatable(command, "--output", lint.outputs,
                 "write a report in a format to a file too, such as sarif=iamcheck.sarif; "
                 "repeatable")
      ->type_name("FORMAT=FILE");
  add_colour(command, options.colour);
}

void declare_baseline(CLI::App& app, Options& options) {
  LintCommandOptions& lint = options.baseline.lint;
  CLI::App& command = *app.add_subcommand(
      "baseline", "write down what lint finds now, so that later only new findings are reported");
  command.footer(
      "examples:\n"
      "  iamcheck baseline .\n"
      "  iamcheck lint . --baseline .iamcheck-baseline.json\n"
      "\n"
      "The file holds rules and keyed hashes, and no secret: it may be committed. Name it as\n"
      "`baseline:` in .iamcheck.yaml to have it used always.\n"
      "\n"
      "exit codes:\n"
      "  0  written\n"
      "  2  the command line or the configuration is wrong; nothing was written\n"
      "  3  written, but some input could not be read\n"
      "  4  internal error, or the file could not be written");
  command.add_option("PATHS", lint.paths, "files and folders")->required()->type_name("");
  command
      .add_option("--output", options.baseline.output,
                  "the file (default: .iamcheck-baseline.json)")
      ->type_name("FILE");
  command.add_option("--config", lint.config, "the configuration, as of lint")->type_name("FILE");
  command.add_flag("--no-config", lint.no_config, "read no configuration");
  add_repeatable(command, "--exclude", lint.exclude, "leave out files and folders, as of lint")
      ->type_name("GLOB");
  add_catalogue(command, lint.catalogue_file);
  add_jobs(command, lint.jobs);
}

bool finish_lint_options(Options& options) {
  LintCommandOptions& lint = options.lint;
  lint.kind = policy_kind_from(options.policy_type);
  if (!options.policy_type.empty() && !lint.kind) {
    print_error("there is no policy type `" + options.policy_type +
                "`; see `iamcheck lint --help`");
    return false;
  }
  if (!lint.resource_type.empty()) lint.kind = kind_of_resource(lint.kind, lint.resource_type);
  lint.fail_on = severity_from(options.fail_on);
  lint.colour = colour_from(options.colour);
  const auto word = [](const std::string& name, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), name) - words.begin();
  };
  lint.profile_given = !lint.profile_name.empty();
  if (lint.profile_given) {
    lint.profile =
        static_cast<Profile>(word(lint.profile_name, {"default", "strict", "access-analyzer"}));
  }
  lint.min_confidence =
      static_cast<Confidence>(word(lint.min_confidence_name, {"low", "medium", "high"}));
  // AWS knows neither the other profiles nor a configuration.
  if (lint.format == "access-analyzer") {
    lint.profile = Profile::kAccessAnalyzer;
    lint.profile_given = true;
  }
  return finish_outputs(lint);
}

}  // namespace iamcheck::cli
