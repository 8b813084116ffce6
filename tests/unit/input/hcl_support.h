#pragma once

// Terraform files in tests.

#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/input.h"

namespace iamcheck {

inline FoundPolicies find_in_terraform(const std::string& text,
                                       const std::string& name = "main.tf") {
  return find_policies(Source::from_bytes(name, text), {});
}

/// The only policy of a file.
inline Policy only_policy(const std::string& text) {
  const FoundPolicies found = find_in_terraform(text);
  INFO(text);
  REQUIRE(found.policies.size() == 1);
  INFO((found.policies[0].error ? found.policies[0].error->message : ""));
  REQUIRE(found.policies[0].policy.has_value());
  return *found.policies[0].policy;
}

/// The texts of a list; one that is not known stands in brackets.
inline std::vector<std::string> shown(const std::optional<ListElement>& list) {
  std::vector<std::string> out;
  if (!list) return out;
  for (const Text& text : list->values)
    out.push_back(text.unresolved ? "[" + text.value + "]" : text.value);
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace iamcheck
