#include "action.h"

#include <cstddef>
#include <nlohmann/json.hpp>

#include "characters.h"
#include "resource.h"
#include "wildcard.h"

namespace iamcheck::oracle {

bool action_entry_matches(std::string_view entry, std::string_view action) {
  if (entry == "*" || entry == "**" || entry == "*:*") return true;
  const std::size_t entry_colon = entry.find(':');
  const std::size_t action_colon = action.find(':');
  if (entry_colon == std::string_view::npos || action_colon == std::string_view::npos) return false;
  const std::string_view name = entry.substr(entry_colon + 1);
  if (name.empty() || name.find_first_of(" \t\n\v\f\r,") != std::string_view::npos) return false;
  // No wildcard in the prefix: it is compared as text.
  if (!equal_ignoring_ascii_case(entry.substr(0, entry_colon), action.substr(0, action_colon))) {
    return false;
  }
  return matches(wildcard_tokens(ascii_lower(name)), ascii_lower(action.substr(action_colon + 1)));
}

bool any_action_matches(const nlohmann::json& entries, std::string_view action) {
  for (const std::string& entry : text_list(entries)) {
    if (action_entry_matches(entry, action)) return true;
  }
  return false;
}

std::string action_service(std::string_view action) {
  const std::size_t colon = action.find(':');
  return colon == std::string_view::npos ? std::string() : ascii_lower(action.substr(0, colon));
}

}  // namespace iamcheck::oracle
