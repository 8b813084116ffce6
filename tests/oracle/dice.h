#pragma once

// Chance from a seed, the same on every machine: SplitMix64, and no std distribution, whose results
// differ between libraries.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck::oracle {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// Every throw is two of the bytes: a fuzzer that changes some changes one choice each. Behind
  /// the last byte every throw is 0.
  explicit Dice(std::string_view bytes) : bytes_(bytes), from_bytes_(true) {}

  std::uint64_t next() {
    if (from_bytes_) return next_byte() | next_byte() << 8U;
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  bool percent(unsigned chance) { return below(100) < chance; }

  template <typename List>
  std::string pick(const List& list) {
    return std::string(list[below(list.size())]);
  }

 private:
  std::uint64_t next_byte() {
    if (bytes_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return byte;
  }

  std::uint64_t state_ = 0;
  std::string_view bytes_;
  bool from_bytes_ = false;
};

}  // namespace iamcheck::oracle
