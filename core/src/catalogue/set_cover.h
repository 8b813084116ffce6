#pragma once

// The smallest number of sets that cover everything: exact where the search ends within its bound.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace iamcheck {

/// A set of small numbers.
class BitSet {
 public:
  explicit BitSet(std::size_t size) : words_((size + 63) / 64) {}

  void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  void remove(std::size_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
  bool has(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1U) != 0; }
  bool empty() const;
  std::size_t count() const;
  std::size_t count_common(const BitSet& other) const;
  bool is_within(const BitSet& other) const;
  void remove_all(const BitSet& other);
  friend auto operator<=>(const BitSet&, const BitSet&) = default;

 private:
  std::vector<std::uint64_t> words_;
};

struct Cover {
  std::vector<std::size_t> sets;  ///< positions, ascending
  bool smallest = true;           ///< false: the search stopped at its bound
};

/// Covers 0 to `elements` - 1, each of which must be in some set. Where several covers are equally
/// small, sets that stand further in front are preferred. `max_steps`: nodes of the search tree.
Cover smallest_cover(std::size_t elements, const std::vector<BitSet>& sets, std::size_t max_steps);

}  // namespace iamcheck
