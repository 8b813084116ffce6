#include "evaluate/policy_subset.h"

#include <algorithm>
#include <string>
#include <vector>

namespace iamcheck {

PolicySet subset_of(const PolicySet& policies, const std::function<bool(std::size_t)>& keeps) {
  PolicySet kept;
  std::size_t scps = 0, rcps = 0;
  const auto open_levels = [&](PolicyKind kind, std::size_t upto) {
    std::size_t& opened = kind == PolicyKind::kScp ? scps : rcps;
    const std::vector<std::string>& levels = policies.levels(kind);
    for (; opened < std::min(upto, levels.size()); ++opened) kept.add_level(kind, levels[opened]);
  };
  for (std::size_t i = 0; i < policies.policies().size(); ++i) {
    const AttachedPolicy& attached = policies.policies()[i];
    if (attached.kind == PolicyKind::kScp || attached.kind == PolicyKind::kRcp)
      open_levels(attached.kind, attached.level + 1);
    if (keeps(i)) kept.add_shared(policies, i, attached.name);
  }
  open_levels(PolicyKind::kScp, PolicySet::kMaxLevels);
  open_levels(PolicyKind::kRcp, PolicySet::kMaxLevels);
  return kept;
}

}  // namespace iamcheck
