#pragma once

// Which keys of a call's context its units have (S10.2).

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/call.h"

namespace iamcheck {

/// A call that cannot be split.
std::optional<Error> check_units(const Call& call);
/// Units with more statements than `Call` allows.
std::optional<Error> check_statements(std::span<const UnitQuestion> units);

/// Views into its arguments.
class UnitScope {
 public:
  UnitScope(const Call& call, const Catalogue& catalogue);

  /// The request of a unit, and what is to be said about it in `question`.
  RequestFields fields(std::size_t unit, UnitQuestion& question) const;
  /// In ask mode: what the policies test, nobody gave, and the unit does not have is absent, not
  /// unknown. For a question whose request and policies are set.
  void leave_out_tested(std::size_t unit, UnitQuestion& question) const;

 private:
  struct Known {
    std::optional<Action> action;
    std::vector<ResourceUse> uses;  // resource types of the action that the resource may be of
  };
  bool has(const Known& unit, const ConditionKey& key) const;
  bool leaves_out(std::size_t unit, std::string_view key) const;

  const Call& call_;
  const Catalogue& catalogue_;
  std::vector<Known> known_;
};

}  // namespace iamcheck
