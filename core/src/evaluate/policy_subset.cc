#include "evaluate/policy_subset.h"

#include <algorithm>
#include <string>
#include <vector>

namespace iamcheck {

PolicySet put_together(const PolicySet& policies,
                       const std::function<void(std::size_t, PolicySet&)>& put) {
  PolicySet kept;
  // Levels are opened in the order in which their policies stand; empty levels between them count.
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
    put(i, kept);
  }
  open_levels(PolicyKind::kScp, PolicySet::kMaxLevels);
  open_levels(PolicyKind::kRcp, PolicySet::kMaxLevels);
  return kept;
}

PolicySet subset_of(const PolicySet& policies, const std::function<bool(std::size_t)>& keeps) {
  return put_together(policies, [&](std::size_t i, PolicySet& kept) {
    if (keeps(i)) kept.add_shared(policies, i, policies.policies()[i].name);
  });
}

}  // namespace iamcheck
