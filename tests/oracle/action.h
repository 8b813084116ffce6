#pragma once

// Action and NotAction (S5).

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace iamcheck::oracle {

bool action_entry_matches(std::string_view entry, std::string_view action);
bool any_action_matches(const nlohmann::json& entries, std::string_view action);

/// The lower-cased service prefix of an action, "" when it has none.
std::string action_service(std::string_view action);

}  // namespace iamcheck::oracle
