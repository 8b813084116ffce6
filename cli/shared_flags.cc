#include "shared_flags.h"

#include <CLI/CLI.hpp>

namespace iamcheck::cli {

CLI::Option* add_repeatable(CLI::App& command, const std::string& name,
                            std::vector<std::string>& values, const std::string& description) {
  return command.add_option(name, values, description)
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_colour(CLI::App& command, std::string& colour) {
  command
      .add_option("--color", colour,
                  "auto (default: on a terminal, unless NO_COLOR is set), always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}));
}

void add_exclusion(CLI::App& command, std::vector<std::string>& exclude, bool& force) {
  add_repeatable(command, "--exclude", exclude,
                 "leave out files and folders that match this .gitignore pattern; repeatable")
      ->type_name("GLOB");
  command.add_flag("--force-exclude", force,
                   "let --exclude hold for named paths too, and skip symbolic links: for "
                   "callers that name files by themselves, such as pre-commit");
}

void add_catalogue(CLI::App& command, std::string& file) {
  command
      .add_option("--catalogue", file,
                  "what AWS has, as `iamcheck catalogue --write` writes it (default: "
                  "IAMCHECK_CATALOGUE, or the built-in one)")
      ->type_name("FILE");
}

void add_jobs(CLI::App& command, std::size_t& jobs) {
  command
      .add_option(
          "--jobs", jobs,
          "threads (default: one for each processor); the output is the same for any number")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
}

}  // namespace iamcheck::cli
