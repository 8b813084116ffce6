#include "help.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace iamcheck::cli {
namespace {

constexpr std::size_t kWidest = 100;
constexpr std::size_t kIndent = 26;  // where the descriptions begin

// `text` broken at spaces; lines after the first are indented.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (column > indent && column + 1 + word.size() > kWidest) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  return out;
}

std::string row(const std::string& name, const std::string& description) {
  std::string out = "  " + name;
  if (out.size() + 2 > kIndent) {
    out += "\n" + std::string(kIndent, ' ');
  } else {
    out.resize(kIndent, ' ');
  }
  return out + wrapped(description, kIndent) + "\n";
}

// CLI11 appends what a validator accepts behind a colon; our descriptions say it in words.
std::string value_name(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return option.get_items_expected_max() == 0 ? "" : type.substr(0, type.find(':'));
}

std::string flag_names(const CLI::Option& option) {
  std::string out;
  for (const std::string& name : option.get_snames()) out += (out.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames()) out += (out.empty() ? "--" : ", --") + name;
  const std::string value = value_name(option);
  return value.empty() ? out : out + " " + value;
}

}  // namespace

std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode) const {
  std::string arguments, options, commands;
  std::string usage = "usage: " + name;
  for (const CLI::Option* option : app->get_options()) {
    if (option->get_group().empty()) continue;
    if (option->get_positional()) {
      std::string title = option->get_name(true);
      if (!option->get_required()) title.insert(0, "[").append("]");
      usage.append(" ").append(title);
      arguments += row(title, option->get_description());
    } else {
      options += row(flag_names(*option), option->get_description());
    }
  }
  for (const CLI::App* command :
       app->get_subcommands([](const CLI::App* sub) { return !sub->get_name().empty(); })) {
    commands += row(command->get_name(), command->get_description());
  }
  std::string out = app->get_description() + "\n\n" + usage;
  if (!commands.empty()) out += " COMMAND";
  out += options.empty() ? "\n" : " [OPTIONS]\n";
  if (!commands.empty()) out += "\ncommands:\n" + commands;
  if (!arguments.empty()) out += "\narguments:\n" + arguments;
  if (!options.empty()) out += "\noptions:\n" + options;
  if (!app->get_footer().empty()) out += "\n" + app->get_footer() + "\n";
  return out;
}

}  // namespace iamcheck::cli
