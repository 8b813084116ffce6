#include "catalogue/escalation_paths.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "iamcheck/catalogue.h"

namespace iamcheck {
namespace {

constexpr std::string_view kTable =
#include "escalation_paths.inc"
    ;

constexpr std::array<std::string_view, 15> kTargets = {
    "self-user",
    "self-role",
    "self-group",
    "self-policy",
    "user",
    "role",
    "user-to-administrator",
    "role-to-administrator",
    "role-policy",
    "assumable-role",
    "assumable-role-policy",
    "new-principal",
    "passed-role",
    "built-in",
    "none",
};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> parts = split(text, ' ');
  std::erase(parts, "");
  return parts;
}

std::vector<EscalationPath> read_table() {
  std::vector<EscalationPath> paths;
  for (const std::string& line : split(kTable, '\n')) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> fields = split(line, ',');
    if (fields.size() != 5) continue;
    EscalationPath path;
    path.name = fields[0];
    const auto target = std::ranges::find(kTargets, fields[1]);
    if (target != kTargets.end())
      path.target = static_cast<EscalationTarget>(target - kTargets.begin());
    path.services = words(fields[2]);
    path.needs_profile = fields[3] == "yes";
    for (const std::string& name : words(fields[4])) {
      const auto action = Catalogue::embedded().find_action(name);
      path.actions.push_back(action ? action->full_name() : name);
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace

const std::vector<EscalationPath>& escalation_paths() {
  static const std::vector<EscalationPath> kPaths = read_table();
  return kPaths;
}

std::string_view escalation_paths_text() { return kTable; }

}  // namespace iamcheck
