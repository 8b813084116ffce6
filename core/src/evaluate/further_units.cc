#include "evaluate/further_units.h"

#include <algorithm>
#include <optional>

#include "evaluate/resource_form.h"

namespace iamcheck {
namespace {

// Gives each resource type that an action must have a resource of its own: a resource may look like
// several types (an object's ARN like that of a bucket), and stands for one of them. Augmenting
// paths, as in any bipartite matching.
class TypeCover {
 public:
  TypeCover(const Action& action, const std::vector<std::string>& resources) {
    for (const ResourceUse& use : action.resource_types()) {
      if (!use.required()) continue;
      names_.emplace_back(use.type().name());
      std::vector<std::size_t> fitting;
      for (std::size_t r = 0; r < resources.size(); ++r) {
        if (is_of_type(resources[r], use.type())) fitting.push_back(r);
      }
      fitting_.push_back(std::move(fitting));
    }
    taken_by_.resize(resources.size());
    for (std::size_t type = 0; type < names_.size(); ++type) {
      std::vector<bool> tried(resources.size());
      if (!cover(type, tried)) uncovered_.push_back(names_[type]);
    }
  }

  bool covers_any() const { return uncovered_.size() < names_.size(); }
  const std::vector<std::string>& uncovered() const { return uncovered_; }

 private:
  bool cover(std::size_t type, std::vector<bool>& tried) {
    for (const std::size_t resource : fitting_[type]) {
      if (tried[resource]) continue;
      tried[resource] = true;
      std::optional<std::size_t>& owner = taken_by_[resource];
      if (owner.has_value() && !cover(*owner, tried)) continue;
      owner = type;
      return true;
    }
    return false;
  }

  std::vector<std::string> names_;
  std::vector<std::vector<std::size_t>> fitting_;  // for each type the resources that fit it
  std::vector<std::optional<std::size_t>> taken_by_;
  std::vector<std::string> uncovered_;
};

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

// ` the same on its other resources (subnet), and iam:PassRole`; empty: nothing is missing.
std::string needs(const std::vector<std::string>& types, const std::vector<std::string>& actions) {
  std::string out;
  if (!types.empty()) out += " the same on its other resources (" + joined(types) + ")";
  if (!actions.empty()) out += (types.empty() ? " " : ", and ") + joined(actions);
  return out;
}

}  // namespace

void warn_of_further_units(const Request& request, const Action& action,
                           std::vector<DecisionWarning>& warnings) {
  const TypeCover cover(action, {request.resource()});
  std::vector<std::string> types, actions;
  // Else the question is about something else, and that was said.
  if (cover.covers_any()) types = cover.uncovered();
  for (const Action& dependent : action.dependent_actions())
    actions.push_back(dependent.full_name());
  const std::string more = needs(types, actions);
  if (more.empty()) return;
  warnings.push_back({"further-units", "this answers one part of `" + action.full_name() +
                                           "`: the call may also need" + more +
                                           "; ask about each"});
}

void warn_of_further_units(std::span<const UnitQuestion> units, const Catalogue& catalogue,
                           std::vector<DecisionWarning>& warnings) {
  struct Known {
    Action action;
    std::vector<std::string> resources;
  };
  std::vector<Known> known;
  const auto find = [&known](const Action& action) {
    return std::ranges::find(known, action, &Known::action);
  };
  for (const UnitQuestion& unit : units) {
    const std::optional<Action> action = catalogue.find_action(unit.request.action());
    if (!action) continue;
    auto row = find(*action);
    if (row == known.end()) row = known.insert(known.end(), Known{*action, {}});
    row->resources.push_back(unit.request.resource());
  }
  for (const Known& asked : known) {
    std::vector<std::string> types, actions;
    // `*` stands for whatever the call touches.
    if (std::ranges::find(asked.resources, "*") == asked.resources.end())
      types = TypeCover(asked.action, asked.resources).uncovered();
    for (const Action& dependent : asked.action.dependent_actions()) {
      if (find(dependent) == known.end()) actions.push_back(dependent.full_name());
    }
    const std::string more = needs(types, actions);
    if (more.empty()) continue;
    warnings.push_back({"further-units", "`" + asked.action.full_name() + "` may also need" + more +
                                             ", which no unit is about; add them"});
  }
}

}  // namespace iamcheck
