#include "catalogue/action_ranges.h"

#include <algorithm>

namespace iamcheck {
namespace {

// Few ranges against many, such as one pattern against all actions of an access level.
ActionRanges intersect_few(const ActionRanges& few, const ActionRanges& many) {
  ActionRanges both;
  auto at = many.begin();
  for (const ActionRange& range : few) {
    at = std::partition_point(at, many.end(),
                              [&](const ActionRange& one) { return one.end <= range.begin; });
    for (auto one = at; one != many.end() && one->begin < range.end; ++one)
      both.push_back({std::max(one->begin, range.begin), std::min(one->end, range.end)});
  }
  return both;
}

}  // namespace

std::size_t count(const ActionRanges& ranges) {
  std::size_t sum = 0;
  for (const ActionRange& range : ranges) sum += range.end - range.begin;
  return sum;
}

std::vector<Action> actions_of(const Catalogue& catalogue, const ActionRanges& ranges) {
  const CatalogueList<Action> all = catalogue.actions();
  std::vector<Action> actions;
  actions.reserve(count(ranges));
  for (const ActionRange& range : ranges) {
    for (std::uint32_t id = range.begin; id < range.end; ++id) actions.push_back(all[id]);
  }
  return actions;
}

ActionRanges ActionRangesBuilder::take() {
  if (!std::ranges::is_sorted(all_, {}, &ActionRange::begin))
    std::ranges::sort(all_, {}, &ActionRange::begin);
  ActionRanges merged;
  for (const ActionRange& range : all_) {
    if (range.begin == range.end) continue;
    if (!merged.empty() && range.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, range.end);
    } else {
      merged.push_back(range);
    }
  }
  all_.clear();
  return merged;
}

ActionRanges unite(const ActionRanges& a, const ActionRanges& b) {
  ActionRangesBuilder builder;
  builder.add(a);
  builder.add(b);
  return builder.take();
}

ActionRanges intersect(const ActionRanges& a, const ActionRanges& b) {
  constexpr std::size_t kFar = 16;
  if (a.size() * kFar < b.size()) return intersect_few(a, b);
  if (b.size() * kFar < a.size()) return intersect_few(b, a);
  ActionRanges both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t begin = std::max(a[i].begin, b[j].begin);
    const std::uint32_t end = std::min(a[i].end, b[j].end);
    if (begin < end) both.push_back({begin, end});
    ++(a[i].end < b[j].end ? i : j);
  }
  return both;
}

ActionRanges subtract(const ActionRanges& a, const ActionRanges& b) {
  ActionRanges left;
  std::size_t j = 0;
  for (ActionRange range : a) {
    while (j < b.size() && b[j].end <= range.begin) ++j;
    for (std::size_t k = j; k < b.size() && b[k].begin < range.end; ++k) {
      if (range.begin < b[k].begin) left.push_back({range.begin, b[k].begin});
      range.begin = std::min(range.end, b[k].end);
    }
    if (range.begin < range.end) left.push_back(range);
  }
  return left;
}

bool contains(const ActionRanges& ranges, std::uint32_t action) {
  const auto after = std::ranges::upper_bound(ranges, action, {}, &ActionRange::begin);
  return after != ranges.begin() && action < (after - 1)->end;
}

ActionRanges all_actions(const Catalogue& catalogue) {
  return {{0, static_cast<std::uint32_t>(catalogue.actions().size())}};
}

}  // namespace iamcheck
