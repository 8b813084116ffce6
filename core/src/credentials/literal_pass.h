#pragma once

// Finds many short literals in a text in one sweep, with their positions.
//
// Every literal has at least four bytes; from each the pass takes the rarest window of four bytes.
// Wherever the window stands in the text, exactly one of its three byte pairs starts at a position
// divisible by three. So the sweep looks at every third position only, and asks a bitmap of 65,536
// bits (8 KiB, it stays in the first-level cache) whether the pair there belongs to any window. Few
// pairs of ordinary text do; for those the whole literals are compared.
//
// The bitmap sweep is the portable kernel. A vector kernel may take its place in `next_candidate`:
// it only has to stop at every position at which the bitmap would.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

class LiteralPass {
 public:
  struct Literal {
    std::string text;          // lower case when `ignore_case`
    bool ignore_case = false;  // ASCII only
  };

  explicit LiteralPass(std::vector<Literal> literals);

  /// Calls `found(literal number, position)` for every place of every literal, once each. The order
  /// is that of the text up to the length of the literals.
  template <typename Found>
  void find(std::string_view text, Found found) const {
    for (std::size_t at = next_candidate(text, 0); at < text.size();
         at = next_candidate(text, at + kStride)) {
      std::uint16_t pair = pair_at(text, at);
      for (std::uint32_t i = first_entry_[pair]; i < entries_.size() && entries_[i].pair == pair;
           ++i) {
        const Entry& entry = entries_[i];
        // Hundreds of literals share a few pairs such as `ke`; the window tells most of them apart.
        if (at < entry.offset || !window_fits(text, at, entry)) continue;
        if (stands_at(text, at - entry.offset, entry.literal))
          found(entry.literal, at - entry.offset);
      }
    }
  }

 private:
  static constexpr std::size_t kStride = 3;
  static constexpr std::size_t kWindow = 4;

  // A pair of bytes of a literal, `offset` bytes from its start.
  struct Entry {
    std::uint16_t pair = 0;
    std::uint32_t literal = 0;
    std::uint32_t offset = 0;
    // The four bytes of the window, from `in_window` bytes before the pair, with the bits of `fold`
    // set: those that tell capitals from small letters.
    std::uint32_t in_window = 0;
    std::uint32_t window = 0;
    std::uint32_t fold = 0;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };

  static std::uint16_t pair_at(std::string_view text, std::size_t at) {
    auto low = static_cast<unsigned char>(text[at]);
    auto high = static_cast<unsigned char>(text[at + 1]);
    return static_cast<std::uint16_t>(low | high << 8);
  }
  bool is_asked_for(std::uint16_t pair) const {
    return (bitmap_[pair >> 6] >> (pair & 63) & 1) != 0;
  }
  static bool window_fits(std::string_view text, std::size_t at, const Entry& entry) {
    const std::size_t start = at - entry.in_window;
    if (text.size() - start < kWindow) return false;
    return (window_at(text.data() + start) | entry.fold) == entry.window;
  }
  static std::uint32_t window_at(const char* bytes) {
    std::uint32_t window = 0;
    std::memcpy(&window, bytes, sizeof window);
    return window;
  }
  // The first position from `at` on, in steps of the stride, whose pair is in the bitmap; the size
  // of the text when there is none.
  std::size_t next_candidate(std::string_view text, std::size_t at) const;
  bool stands_at(std::string_view text, std::size_t at, std::uint32_t literal) const;
  void add_window(std::uint32_t literal);

  std::vector<Literal> literals_;
  std::array<std::uint64_t, 1024> bitmap_{};
  std::vector<Entry> entries_;              // sorted by pair
  std::vector<std::uint32_t> first_entry_;  // by pair
};

}  // namespace iamcheck
