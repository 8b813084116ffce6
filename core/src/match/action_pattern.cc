#include "iamcheck/arn.h"
#include "match/character.h"

namespace iamcheck {
namespace {

bool is_only_stars(std::string_view text) {
  return !text.empty() && text.find_first_not_of('*') == std::string_view::npos;
}

}  // namespace

ActionPattern::ActionPattern(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view prefix = text.substr(0, colon);
  const std::string_view name =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (is_only_stars(text) || (prefix == "*" && is_only_stars(name))) {
    everything_ = true;
    name_ = Pattern::like("*", {});
    return;
  }
  // S5: no wildcard in the prefix, no empty name, no white space and no comma in the name.
  never_ = prefix.empty() || prefix.find_first_of("*?") != std::string_view::npos || name.empty() ||
           name.find_first_of(" \t\n\v\f\r,") != std::string_view::npos;
  if (never_) {
    name_ = Pattern::never();
    return;
  }
  for (const char c : prefix) service_ += ascii_lower(c);
  name_ = Pattern::like(name, {.variables = false, .ignore_case = true});
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
