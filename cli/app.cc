// From words to a subcommand.
#include "app.h"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "exit_code.h"
#include "flags.h"
#include "help.h"
#include "lint_flags.h"
#include "terminal.h"
#include "usage.h"

namespace iamcheck::cli {
namespace {

int run_command(const CLI::App& app, Options& options) {
  if (!finish_options(options)) return kUsage;
  if (app.got_subcommand("lint"))
    return finish_lint_paths(options.lint) ? run_lint(options.lint) : kUsage;
  if (app.got_subcommand("baseline")) return run_baseline(options.baseline);
  if (app.got_subcommand("fmt")) return run_fmt(options.fmt);
  if (app.got_subcommand("can")) return run_can(options.can);
  if (app.got_subcommand("who-can")) return run_who_can(options.account);
  if (app.got_subcommand("what-can")) return run_what_can(options.account);
  if (app.got_subcommand("graph")) return run_graph(options.account);
  if (app.got_subcommand("simulate")) return run_simulate(options.simulate);
  if (app.got_subcommand("simulate-custom-policy"))
    return run_simulate_custom_policy(options.simulate_custom_policy);
  if (app.got_subcommand("simulate-principal-policy"))
    return run_simulate_principal_policy(options.simulate_principal_policy);
  if (app.got_subcommand("test")) return run_test(options.test);
  if (app.got_subcommand("diff") || app.got_subcommand("check")) {
    if (!finish_analysis_options(app, options)) return kUsage;
    return app.got_subcommand("diff") ? run_diff(options.diff) : run_check_command(options.check);
  }
  if (app.got_subcommand("explain")) return run_explain(options.explain);
  if (app.got_subcommand("expand")) return run_expand(options.expand);
  if (app.got_subcommand("minimize")) return run_minimize(options.minimize);
  if (app.got_subcommand("catalogue")) return run_catalogue(options.catalogue);
  return run_rule(options.rule);
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app("iamcheck - what AWS IAM policies allow, and why; offline", "iamcheck");
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "print this text");
  app.set_version_flag("--version", "iamcheck " IAMCHECK_VERSION, "print the version");
  app.footer(
      "examples:\n"
      "  iamcheck .\n"
      "  iamcheck lint --help\n"
      "  iamcheck can arn:aws:iam::111122223333:user/alice s3:GetObject arn:aws:s3:::b/k --policy "
      "ReadOnlyAccess\n"
      "\n"
      "Paths without a command are linted. `iamcheck COMMAND --help` has the exit codes.");
  app.require_subcommand(1);
  Options options;
  declare_commands(app, options);
  keep_brackets(app);
  const Wish wish = read_words(std::vector<std::string>(argv + 1, argv + argc), app);
  if (wish.help) {
    print_out(*wish.help);
    return kClean;
  }
  if (wish.error) {
    print_error(*wish.error);
    return kUsage;
  }
  try {
    // CLI11 takes them from the back.
    app.parse(std::vector<std::string>(wish.words.rbegin(), wish.words.rend()));
  } catch (const CLI::CallForHelp&) {
    print_out(app.help());
    return kClean;
  } catch (const CLI::CallForVersion& version) {
    print_out(std::string(version.what()) + "\n");
    return kClean;
  } catch (const CLI::ParseError& error) {
    print_error(usage_message(error, app, wish.words));
    return kUsage;
  }
  return run_command(app, options);
}

}  // namespace iamcheck::cli
