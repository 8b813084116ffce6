#pragma once

// What there is to say about a name, before it becomes text or JSON.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "iamcheck/catalogue.h"

namespace iamcheck {

struct NotFound {
  std::string name;
  std::string retired_since;  // the date it was last seen, or `unknown`; empty when not retired
  std::vector<std::string> suggestions;
};

/// The actions of a pattern, in the catalogue's order.
struct PatternActions {
  std::string pattern;
  std::vector<Action> actions;
};

using CatalogueFact =
    std::variant<Action, PatternActions, Service, ConditionKey, ManagedPolicy, NotFound>;

CatalogueFact look_up(const Catalogue& catalogue, std::string_view name);

/// `List, Read` ...
std::string level_text(AccessLevels levels);
/// `String`, or `list of String` for a multivalued key; several types are joined by `or`.
std::string key_type_text(const ConditionKey& key);

}  // namespace iamcheck
