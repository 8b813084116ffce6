#pragma once

// Finds known secrets wherever they stand in a text, however many there are.
//
// The values are sorted. Of all values that a text begins with, the longest is its predecessor in
// the order or a beginning of that one, so one binary search answers for a place; a bitmap of the
// first eight bytes spares most places the search.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iamcheck {

/// Upper and lower case of ASCII are the same here: messages fold some words.
class KnownValues {
 public:
  struct Value {
    std::string folded;    // in lower case
    std::string redacted;  // as it was written
  };

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  /// Shorter texts are no credentials, and looking for them would only garble the messages.
  static constexpr std::size_t kShortest = 8;

  /// Any order, any case, duplicates allowed; too short ones are left out.
  explicit KnownValues(const std::vector<std::string>& values);

  bool empty() const { return values_.empty(); }

  /// A value that is cut off at `end`, where its first eight bytes or more stand before; null when
  /// there is none. `begin` becomes its place.
  const Value* cut_at(std::string_view text, std::size_t end, std::size_t& begin) const;

  /// Puts the redacted form in the place of every value in `text`, also of one that `...` cuts off.
  void hide_in(std::string& text) const;

  /// Calls `found(place, value)` for the longest value at each place from left to right; the next
  /// search begins behind it.
  template <typename Found>
  void find(std::string_view text, Found found) const {
    if (empty()) return;
    for (std::size_t at = 0; at + kShortest <= text.size();) {
      const Value* value = may_stand_at(text, at) ? longest_at(text, at) : nullptr;
      if (value != nullptr) found(at, *value);
      at += value != nullptr ? value->folded.size() : 1;
    }
  }

 private:
  static std::uint64_t hash_of_start(std::string_view text, std::size_t at);
  bool may_stand_at(std::string_view text, std::size_t at) const {
    const std::uint64_t hash = hash_of_start(text, at) & (64 * bitmap_.size() - 1);
    return (bitmap_[hash >> 6] >> (hash & 63) & 1) != 0;
  }
  const Value* longest_at(std::string_view text, std::size_t at) const;

  std::vector<Value> values_;           // sorted
  std::vector<std::size_t> beginning_;  // the longest other value that a value begins with
  std::vector<std::uint64_t> bitmap_;   // a power of two
};

}  // namespace iamcheck
