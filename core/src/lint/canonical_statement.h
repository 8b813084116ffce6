#pragma once

// Statements compared by what they say: lists without order and duplicates, names without case, one
// value as a list of it.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/policy.h"

namespace iamcheck {

class CanonicalStatement {
 public:
  /// `without`: an element that is left out, such as `Action`. The Sid says nothing.
  explicit CanonicalStatement(const Statement& statement, std::string_view without = {});
  bool operator==(const CanonicalStatement&) const = default;
  auto operator<=>(const CanonicalStatement&) const = default;

 private:
  void add(const std::string& name, std::vector<std::string> values);
  void add(const std::string& name, const std::optional<ListElement>& list, bool ignore_case);
  void add(const std::string& name, const std::optional<PrincipalElement>& element);

  std::multimap<std::string, std::vector<std::string>> parts_;
};

}  // namespace iamcheck
