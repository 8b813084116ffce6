#include "analysis/policy_list.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

namespace iamcheck::analysis {

PolicyList::PolicyList(const PolicySet& set)
    : policies_(set.policies()),
      scp_levels_(set.levels(PolicyKind::kScp)),
      rcp_levels_(set.levels(PolicyKind::kRcp)) {}

PolicyList::PolicyList(const Policy& policy, PolicyKind kind) {
  policies_.push_back(
      {"policy", kind,
       std::shared_ptr<const Policy>(std::shared_ptr<const Policy>(), &policy)});  // not owned
  if (kind == PolicyKind::kScp) scp_levels_.emplace_back("account");
  if (kind == PolicyKind::kRcp) rcp_levels_.emplace_back("account");
}

const std::vector<std::string>& PolicyList::levels(PolicyKind kind) const {
  static const std::vector<std::string> kNone;
  if (kind == PolicyKind::kScp) return scp_levels_;
  return kind == PolicyKind::kRcp ? rcp_levels_ : kNone;
}

bool PolicyList::has(PolicyKind kind) const {
  return !levels(kind).empty() || std::ranges::any_of(policies_, [kind](const AttachedPolicy& one) {
    return one.kind == kind;
  });
}

PolicySet PolicyList::compiled(ArnReading reading) const {
  PolicySet set;
  const auto add = [&](AttachedPolicy attached) {
    attached.component_wise = reading == ArnReading::kComponentWise;
    set.add(std::move(attached));
  };
  for (const PolicyKind kind : {PolicyKind::kScp, PolicyKind::kRcp}) {
    for (std::uint32_t level = 0; level < levels(kind).size(); ++level) {
      set.add_level(kind, levels(kind)[level]);
      for (const AttachedPolicy& one : policies_) {
        if (one.kind == kind && one.level == level) add(one);
      }
    }
  }
  for (const AttachedPolicy& one : policies_) {
    if (one.kind != PolicyKind::kScp && one.kind != PolicyKind::kRcp) add(one);
  }
  return set;
}

}  // namespace iamcheck::analysis
