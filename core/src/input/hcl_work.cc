#include "input/hcl_work.h"

#include <utility>
#include <vector>

namespace iamcheck {

bool HclWork::spend(std::size_t values, std::size_t text) {
  if (values > kMostValues - values_ || text > kMostText - text_) exhausted_ = true;
  if (exhausted_) return false;
  values_ += values;
  text_ += text;
  return true;
}

bool HclWork::spend_copy(const Node& node, std::size_t depth) {
  std::vector<std::pair<const Node*, std::size_t>> open = {{&node, depth}};
  while (!open.empty()) {
    const auto [next, level] = open.back();
    open.pop_back();
    if (level > kDeepest || !spend(1, next->text.size())) return false;
    for (const Node& item : next->items) open.emplace_back(&item, level + 1);
    for (const Member& member : next->members) {
      if (!spend(0, member.name.size())) return false;
      open.emplace_back(&member.value, level + 1);
    }
  }
  return true;
}

}  // namespace iamcheck
