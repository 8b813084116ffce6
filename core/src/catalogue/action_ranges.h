#pragma once

// Sets of actions, as ranges of their numbers: ascending, and no two touch.

#include <cstdint>

#include "iamcheck/action_list.h"

namespace iamcheck {

ActionRanges unite(const ActionRanges& a, const ActionRanges& b);
ActionRanges intersect(const ActionRanges& a, const ActionRanges& b);
/// Those of `a` that are not in `b`.
ActionRanges subtract(const ActionRanges& a, const ActionRanges& b);
bool contains(const ActionRanges& ranges, std::uint32_t action);
/// Every action of the catalogue.
ActionRanges all_actions(const Catalogue& catalogue);

/// Collects ranges in any order.
class ActionRangesBuilder {
 public:
  void add(const ActionRanges& ranges) { all_.insert(all_.end(), ranges.begin(), ranges.end()); }
  void add(ActionRange range) {
    if (!all_.empty() && all_.back().end == range.begin) {
      all_.back().end = range.end;
    } else {
      all_.push_back(range);
    }
  }
  ActionRanges take();

 private:
  ActionRanges all_;
};

}  // namespace iamcheck
