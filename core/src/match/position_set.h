#pragma once

// A set of places in a text, one bit each; no allocation up to the length that AWS allows an ARN.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace iamcheck {

class PositionSet {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// Holds `0 .. size - 1`; empty at first.
  explicit PositionSet(std::size_t size) : word_count_((size + 63) / 64) {
    if (word_count_ > inline_.size()) large_.resize(word_count_);
  }

  void insert(std::size_t position) { words()[position / 64] |= std::uint64_t{1} << position % 64; }
  bool contains(std::size_t position) const {
    return (words()[position / 64] >> position % 64 & 1u) != 0;
  }
  void clear() {
    for (std::size_t i = 0; i < word_count_; ++i) words()[i] = 0;
  }
  /// The first member at or above `position`, or `kNone`.
  std::size_t next(std::size_t position) const {
    std::size_t index = position / 64;
    if (index >= word_count_) return kNone;
    std::uint64_t word = words()[index] & ~std::uint64_t{0} << position % 64;
    while (word == 0) {
      if (++index == word_count_) return kNone;
      word = words()[index];
    }
    return index * 64 + static_cast<std::size_t>(std::countr_zero(word));
  }

 private:
  std::uint64_t* words() { return large_.empty() ? inline_.data() : large_.data(); }
  const std::uint64_t* words() const { return large_.empty() ? inline_.data() : large_.data(); }

  std::size_t word_count_;
  std::array<std::uint64_t, 33> inline_{};  // 2,048 characters and the place behind them
  std::vector<std::uint64_t> large_;
};

}  // namespace iamcheck
