// Branch and bound after two reductions that never lose a smallest cover: a set inside another one
// is not needed, nor an element that every cover of some other element covers too.
#include "catalogue/set_cover.h"

#include <algorithm>
#include <bit>

namespace iamcheck {

bool BitSet::empty() const {
  return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
}

std::size_t BitSet::count() const {
  std::size_t sum = 0;
  for (const std::uint64_t word : words_) sum += static_cast<std::size_t>(std::popcount(word));
  return sum;
}

std::size_t BitSet::count_common(const BitSet& other) const {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < words_.size(); ++i)
    sum += static_cast<std::size_t>(std::popcount(words_[i] & other.words_[i]));
  return sum;
}

bool BitSet::is_within(const BitSet& other) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if ((words_[i] & ~other.words_[i]) != 0) return false;
  }
  return true;
}

void BitSet::remove_all(const BitSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
}

namespace {

// Two sets of positions, one for every element: which sets hold it.
std::vector<BitSet> transposed(std::size_t elements, const std::vector<BitSet>& sets,
                               const std::vector<std::size_t>& kept) {
  std::vector<BitSet> holders(elements, BitSet(sets.size()));
  for (const std::size_t set : kept) {
    for (std::size_t e = 0; e < elements; ++e) {
      if (sets[set].has(e)) holders[e].add(set);
    }
  }
  return holders;
}

class CoverSearch {
 public:
  CoverSearch(std::size_t elements, const std::vector<BitSet>& sets, std::size_t max_steps)
      : elements_(elements), sets_(sets), needed_(elements), steps_left_(max_steps) {
    for (std::size_t e = 0; e < elements; ++e) needed_.add(e);
    for (std::size_t i = 0; i < sets.size(); ++i) kept_.push_back(i);
  }

  Cover run() {
    reduce();
    best_ = greedy();
    std::vector<std::size_t> chosen;
    search(needed_, chosen);
    std::ranges::sort(best_);
    return {best_, complete_};
  }

 private:
  void reduce() {
    for (bool changed = true; changed;) {
      changed = drop_sets();
      holders_ = transposed(elements_, sets_, kept_);
      changed = drop_elements() || changed;
    }
  }

  // Without the elements that are not needed a set may come to lie within another one.
  bool drop_sets() {
    std::vector<BitSet> rest;
    for (const std::size_t set : kept_) {
      BitSet needed = sets_[set];
      BitSet outside = needed;
      outside.remove_all(needed_);
      needed.remove_all(outside);
      rest.push_back(std::move(needed));
    }
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      bool needless = rest[i].empty();
      for (std::size_t j = 0; j < rest.size() && !needless; ++j) {
        needless = i != j && rest[i].is_within(rest[j]) && (j < i || rest[i] != rest[j]);
      }
      if (!needless) left.push_back(kept_[i]);
    }
    left.swap(kept_);
    return left.size() != kept_.size();
  }

  bool drop_elements() {
    bool changed = false;
    for (std::size_t e = 0; e < elements_; ++e) {
      for (std::size_t f = 0; f < elements_ && needed_.has(e); ++f) {
        if (e == f || !needed_.has(f) || !holders_[f].is_within(holders_[e])) continue;
        if (holders_[f] == holders_[e] && f > e) continue;
        needed_.remove(e);
        changed = true;
      }
    }
    return changed;
  }

  std::vector<std::size_t> greedy() const {
    std::vector<std::size_t> chosen;
    for (BitSet open = needed_; !open.empty();) {
      std::size_t best = 0, most = 0;
      for (const std::size_t set : kept_) {
        const std::size_t common = sets_[set].count_common(open);
        if (common > most) {
          best = set;
          most = common;
        }
      }
      chosen.push_back(best);
      open.remove_all(sets_[best]);
    }
    return chosen;
  }

  // Elements of which no set holds two need a set each.
  std::size_t lower_bound(const BitSet& open) const {
    BitSet left = open;
    std::size_t bound = 0;
    for (std::size_t e = 0; e < elements_; ++e) {
      if (!left.has(e)) continue;
      ++bound;
      for (const std::size_t set : kept_) {
        if (holders_[e].has(set)) left.remove_all(sets_[set]);
      }
    }
    return bound;
  }

  void search(const BitSet& open, std::vector<std::size_t>& chosen) {
    if (open.empty()) {
      if (chosen.size() < best_.size()) best_ = chosen;
      return;
    }
    if (steps_left_ == 0) {
      complete_ = false;
      return;
    }
    --steps_left_;
    if (chosen.size() + lower_bound(open) >= best_.size()) return;
    std::size_t hardest = elements_, fewest = sets_.size() + 1;
    for (std::size_t e = 0; e < elements_; ++e) {
      if (!open.has(e)) continue;
      const std::size_t choices = holders_[e].count();
      if (choices < fewest) {
        hardest = e;
        fewest = choices;
      }
    }
    for (const std::size_t set : kept_) {
      if (!holders_[hardest].has(set)) continue;
      BitSet rest = open;
      rest.remove_all(sets_[set]);
      chosen.push_back(set);
      search(rest, chosen);
      chosen.pop_back();
      if (steps_left_ == 0) return;
    }
  }

  std::size_t elements_;
  const std::vector<BitSet>& sets_;
  BitSet needed_;
  std::size_t steps_left_;
  std::vector<std::size_t> kept_;
  std::vector<BitSet> holders_;
  std::vector<std::size_t> best_;
  bool complete_ = true;
};

}  // namespace

Cover smallest_cover(std::size_t elements, const std::vector<BitSet>& sets, std::size_t max_steps) {
  return CoverSearch(elements, sets, max_steps).run();
}

}  // namespace iamcheck
