#include <algorithm>

#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

bool is_only_stars(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

// `find_first_of` looks each character up anew, which is slow where policies have thousands.
template <typename Is>
bool any_character(std::string_view text, Is is) {
  return std::any_of(text.begin(), text.end(), is);
}

// Lambdas: the search takes them in, which it does not with functions.
constexpr auto is_wildcard = [](char c) { return c == '*' || c == '?'; };
constexpr auto ends_name = [](char c) { return c == ',' || c == ' ' || (c >= '\t' && c <= '\r'); };

}  // namespace

ActionText::ActionText(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view prefix = text.substr(0, colon);
  const std::string_view rest =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  everything = is_only_stars(text) || (prefix == "*" && is_only_stars(rest));
  // S5: no wildcard in the prefix, no empty name, no white space and no comma in the name.
  never = !everything && (prefix.empty() || any_character(prefix, is_wildcard) || rest.empty() ||
                          any_character(rest, ends_name));
  if (everything || never) return;
  service = prefix;
  name = rest;
}

ActionPattern::ActionPattern(std::string_view text) {
  const ActionText parts(text);
  everything_ = parts.everything;
  never_ = parts.never;
  if (everything_) {
    name_ = Pattern::like("*", {});
  } else if (never_) {
    name_ = Pattern::never();
  } else {
    service_ = ascii_lower(parts.service);
    name_ = Pattern::like(parts.name, {.variables = false, .ignore_case = true});
  }
}

bool ActionPattern::matches(std::string_view action) const {
  if (everything_) return true;
  if (never_) return false;
  const std::size_t colon = service_.size();
  return action.size() > colon && action[colon] == ':' &&
         equals_ignoring_case(action.substr(0, colon), service_) &&
         name_.matches(action.substr(colon + 1));
}

}  // namespace iamcheck
