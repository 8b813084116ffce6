#pragma once

// Policy variables (S4): `${key}`, `${key, 'default'}`, `${*}` `${?}` `${$}`.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "context.h"
#include "wildcard.h"

namespace iamcheck::oracle {

struct Expansion {
  enum class State {
    kResolved,
    kUnresolvable,  // a variable without a single value: the text equals nothing (S4.6)
    kUnknown,  // ask mode: a variable of a key nobody gave; it stands in `tokens` as "any text"
  };
  State state = State::kResolved;
  Tokens tokens;
  std::set<std::string> unknown_keys;
};

/// Variables are read only when `variables_on` (Version 2012-10-17); substituted text is literal.
Expansion expand(std::string_view text, bool variables_on, bool wildcards_on,
                 const Context& context);

/// Cuts at colons; with variables on, a colon inside `${...}` is no separator (S4.5). At most
/// `limit` parts, the last one keeps its colons.
std::vector<std::string> split_outside_variables(std::string_view text, bool variables_on,
                                                 std::size_t limit);

bool holds_variable(std::string_view text);

}  // namespace iamcheck::oracle
