#include <algorithm>
#include <string_view>

#include "chosen_catalogue.h"
#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/action_list.h"
#include "iamcheck/action_list_report.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

// One a line; blanks around it do not count, nor do empty lines.
void add_lines(std::string_view text, std::vector<std::string>& actions) {
  constexpr std::string_view kBlanks = " \t\r";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t first = line.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) continue;
    line = line.substr(first, line.find_last_not_of(kBlanks) + 1 - first);
    actions.emplace_back(line);
  }
}

}  // namespace

int run_minimize(const MinimizeCommandOptions& options) {
  if (std::ranges::count(options.actions, "-") > 1) {
    print_error("standard input is named twice; name `-` once");
    return kUsage;
  }
  std::vector<std::string> actions;
  for (const std::string& action : options.actions) {
    if (action != "-") {
      actions.push_back(action);
      continue;
    }
    ReadLimits limits;
    limits.most_bytes = std::size_t{64} * 1024 * 1024;
    const Result<std::string> text = read_input("-", limits);
    if (!text) {
      print_error(escape_controls(text.error().message + "; " + text.error().help));
      return kUndecided;
    }
    add_lines(*text, actions);
  }
  const Catalogue* chosen = chosen_catalogue(options.catalogue_file);
  if (chosen == nullptr) return kUsage;
  const Catalogue& catalogue = *chosen;
  const Result<MinimizedActions> minimized = minimize_actions(catalogue, actions);
  if (!minimized) {
    print_error(minimized.error().message + "; " + minimized.error().help);
    return minimized.error().code == ErrorCode::kInternal ? kInternal : kUndecided;
  }
  for (const std::string& note : notes_on(*minimized, catalogue))
    print_error(escape_controls(note));
  print_out(options.json ? render_json(*minimized, catalogue) : render_text(*minimized));
  return kClean;
}

}  // namespace iamcheck::cli
