#include "usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>

#include "iamcheck/suggestion.h"

namespace iamcheck::cli {
namespace {

bool is_flag(std::string_view word) { return word.size() > 1 && word.starts_with('-'); }

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

const CLI::App* command_named(const CLI::App& app, std::string_view name) {
  for (const CLI::App* command : commands_of(app)) {
    if (command->get_name() == name) return command;
  }
  return nullptr;
}

std::string full_name(const CLI::App& app, const CLI::App& command) {
  return &app == &command ? app.get_name() : app.get_name() + " " + command.get_name();
}

std::string see_help(const CLI::App& app, const CLI::App& command) {
  return "see `" + full_name(app, command) + " --help`";
}

std::string with_question(const std::vector<std::string>& near, const std::string& next) {
  const std::string question = did_you_mean(near);
  return question.empty() ? next : question + " " + next;
}

// The name in `--name=value`; of words with one dash the first letter.
std::string flag_name(const std::string& word) {
  return word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
}

std::string unknown_flag(const std::string& name, const CLI::App& app, const CLI::App& command) {
  if (&command == &app) {
    for (const CLI::App* other : commands_of(app)) {
      if (other->get_option_no_throw(name) == nullptr) continue;
      return "there is no flag `" + name + "` here: it is one of `" + full_name(app, *other) +
             "`; " + see_help(app, *other);
    }
  }
  std::vector<std::string_view> flags;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& known : option->get_lnames()) flags.push_back(known);
  }
  std::vector<std::string> near = similar_names(
      std::string_view(name).substr(std::min(name.find_first_not_of('-'), name.size())), flags);
  for (std::string& flag : near) flag.insert(0, "--");
  const std::string what = &command == &app
                               ? "there is no flag `" + name + "`"
                               : "`" + full_name(app, command) + "` has no flag `" + name + "`";
  return what + "; " + with_question(near, see_help(app, command));
}

// CLI11 takes a word in brackets among several for a list, and cuts it at its commas. `[a,b].json`
// may be a file all the same, and so may `[a,b]`: a byte that no word of a command line can hold
// hides the brackets until the word has its place.
constexpr char kHidden = '\0';

bool takes_many_words(const CLI::App& command) {
  return std::ranges::any_of(command.get_options(), [](const CLI::Option* option) {
    return option->get_positional() && option->get_allow_extra_args();
  });
}

void hide_brackets(std::vector<std::string>& words, const CLI::App& app) {
  const CLI::App* command = words.empty() ? nullptr : command_named(app, words[0]);
  if (command == nullptr || !takes_many_words(*command)) return;
  bool flags = true;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (flags && words[i] == "--") {
      flags = false;
    } else if (flags && is_flag(words[i])) {
      const CLI::Option* option = command->get_option_no_throw(flag_name(words[i]));
      const bool has_value = words[i].find('=') != std::string::npos;
      if (option != nullptr && option->get_items_expected_min() > 0 && !has_value) ++i;
    } else if (words[i].starts_with('[') && words[i].ends_with(']')) {
      words[i] += kHidden;
    }
  }
}

// CLI11 stumbles over whatever it asks for first, a missing word say, and names no unknown flag.
std::optional<std::string> find_unknown_flag(const std::vector<std::string>& words,
                                             const CLI::App& app) {
  const CLI::App* command = &app;
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (!is_flag(words[i])) {
      if (command == &app && command_named(app, words[i]) != nullptr) {
        command = command_named(app, words[i]);
      }
      continue;
    }
    const std::string name = flag_name(words[i]);
    const CLI::Option* option = command->get_option_no_throw(name);
    if (option == nullptr) return unknown_flag(name, app, *command);
    // The next word is its value, whatever it looks like.
    if (option->get_items_expected_min() > 0 && words[i].find('=') == std::string::npos) ++i;
  }
  return std::nullopt;
}

std::string help_text(const CLI::App& app, const CLI::App* command) {
  return command == nullptr ? app.help() : command->help(app.get_name());
}

Wish read_help(const std::vector<std::string>& words, const CLI::App& app) {
  Wish wish;
  if (words.size() == 1) {
    wish.help = help_text(app, nullptr);
  } else if (const CLI::App* command = command_named(app, words[1]);
             command != nullptr && words.size() == 2) {
    wish.help = help_text(app, command);
  } else {
    wish.error = "unexpected word `" + words[command == nullptr ? 1 : 2] + "` behind `help`; " +
                 see_help(app, app);
  }
  return wish;
}

}  // namespace

void keep_brackets(CLI::App& app) {
  for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
    for (CLI::Option* option : command->get_options()) {
      if (!option->get_positional() || !option->get_allow_extra_args()) continue;
      option->transform([](std::string word) {
        if (word.ends_with(kHidden)) word.pop_back();
        return word;
      });
    }
  }
}

Wish read_words(std::vector<std::string> words, const CLI::App& app) {
  if (!words.empty() && words[0] == "help") return read_help(words, app);
  Wish wish;
  if (words.size() == 1 && words[0] == "version") words[0] = "--version";
  const bool bare = !words.empty() && !is_flag(words[0]) && command_named(app, words[0]) == nullptr;
  std::error_code ignored;
  if (bare && words[0] != "-" && words[0].find_first_of("./") == std::string::npos &&
      !std::filesystem::exists(std::filesystem::symlink_status(words[0], ignored))) {
    std::vector<std::string_view> names = {"help", "version"};
    for (const CLI::App* command : commands_of(app)) names.push_back(command->get_name());
    std::vector<std::string> near = similar_names(words[0], names);
    for (std::string& name : near) name.insert(0, app.get_name() + " ");
    wish.error = "there is no command and no file `" + words[0] + "`; " +
                 with_question(near, see_help(app, app));
    return wish;
  }
  if (bare) words.insert(words.begin(), "lint");
  wish.error = find_unknown_flag(words, app);
  hide_brackets(words, app);
  wish.words = std::move(words);
  return wish;
}

std::string usage_message(const CLI::ParseError& error, const CLI::App& app,
                          const std::vector<std::string>& words) {
  const CLI::App* command = words.empty() ? nullptr : command_named(app, words[0]);
  if (command == nullptr) command = &app;
  const std::string next = "; " + see_help(app, *command);
  const std::string text = error.what();
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    if (command == &app) return "a command is missing" + next;
    return text.substr(0, text.find(' ')) + " is missing" + next;
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::vector<std::string> rest = app.remaining(true);
    return "unexpected word" + (rest.empty() ? "" : " `" + rest[0] + "`") + next;
  }
  // `--name: What is wrong`
  const std::size_t colon = text.find(": ");
  if (colon == std::string::npos || !is_flag(text)) return text + next;
  const std::string name = "`" + text.substr(0, colon) + "`";
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return name + " needs a value" + next;
  }
  std::string what = text.substr(colon + 2);
  if (!what.empty()) what[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(what[0])));
  return name + ": " + what + next;
}

}  // namespace iamcheck::cli
