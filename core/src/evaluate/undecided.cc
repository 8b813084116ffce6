#include "evaluate/undecided.h"

#include <algorithm>

namespace iamcheck {
namespace {

// Above this many open groups all are named: trying them all would take too long. Nine are one of
// each layer and two levels of SCPs.
constexpr std::size_t kMaxOpenGroups = 9;

// Whether some reading of the other groups lets `open[which]` change the answer. Layers are
// monotone, so each group needs only its two extremes.
bool matters(std::size_t which, const std::vector<FactGroup>& open, const auto& allows) {
  for (std::size_t reading = 0; reading < std::size_t{1} << open.size(); ++reading) {
    if ((reading >> which & 1) != 0) continue;
    std::vector<FactGroup> granted;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if ((reading >> i & 1) != 0) granted.push_back(open[i]);
    }
    const bool without = allows(granted);
    granted.push_back(open[which]);
    if (without != allows(granted)) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> deciding_keys(const Request& request, const Setting& setting,
                                       const FactCollector& facts, DecisionCause refusal_cause,
                                       bool refusal_unknown,
                                       std::span<const UnknownStatement> unknown) {
  std::vector<FactGroup> open;
  for (const UnknownStatement& one : unknown) open.push_back(one.group);
  if (refusal_unknown) open.push_back(FactGroup::kRefusal);
  std::sort(open.begin(), open.end());
  open.erase(std::unique(open.begin(), open.end()), open.end());

  std::vector<FactGroup> deciding = open;
  if (open.size() <= kMaxOpenGroups) {
    const auto allows = [&](const std::vector<FactGroup>& granted) {
      return combine(request, setting, facts.mixed(granted), refusal_cause).kind ==
             DecisionKind::kAllowed;
    };
    deciding.clear();
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (matters(i, open, allows)) deciding.push_back(open[i]);
    }
  }
  const auto decides = [&](FactGroup group) {
    return std::find(deciding.begin(), deciding.end(), group) != deciding.end();
  };

  std::vector<std::string> keys;
  for (const UnknownStatement& one : unknown) {
    if (decides(one.group)) add_unknown_keys(*one.statement, request, keys);
  }
  if (decides(FactGroup::kRefusal)) keys.emplace_back("aws:MultiFactorAuthPresent");
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace iamcheck
