#pragma once

// What is wrong with a command line, and what was probably meant. The words are ours, whatever
// version of CLI11 is installed.

#include <CLI/App.hpp>
#include <optional>
#include <string>
#include <vector>

namespace iamcheck::cli {

/// What the first words ask for.
struct Wish {
  std::vector<std::string> words;    ///< for the parser: the subcommand first
  std::optional<std::string> help;   ///< print this text instead
  std::optional<std::string> error;  ///< or refuse, saying this
};

/// Lets words in brackets through whole where a command takes many words. Call when all commands
/// are declared; `read_words` does the other half.
void keep_brackets(CLI::App& app);

/// Bare paths mean lint; the name of a subcommand wins over a path of that name. `help` and
/// `version` are what they say.
Wish read_words(std::vector<std::string> words, const CLI::App& app);

/// What the parser did not like. `words` are those it was given.
std::string usage_message(const CLI::ParseError& error, const CLI::App& app,
                          const std::vector<std::string>& words);

}  // namespace iamcheck::cli
