#include "match/overlap.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "iamcheck/arn.h"
#include "match/variable.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Above this many steps the honest answer is "perhaps": patterns of policies are far shorter.
constexpr std::size_t kMaxSteps = 4'000'000;

bool same(char a, char b, bool ignore_case) {
  return a == b || (ignore_case && ascii_lower(a) == ascii_lower(b));
}

// A `?` stands for one character, and the bytes of a character that is not ASCII are all of them
// above 0x7F: it may go on behind such a byte.
bool goes_on(char wildcard, char other) {
  return wildcard == '*' || (wildcard == '?' && static_cast<unsigned char>(other) >= 0x80);
}

bool is_wildcard(char c) { return c == '*' || c == '?'; }

// Takes away the letters that both begin and end with. False: they begin or end with different
// letters, so that no text matches both, and neither covers the other.
bool take_common_ends(std::string_view& a, std::string_view& b, bool ignore_case) {
  for (; !a.empty() && !b.empty() && !is_wildcard(a.front()) && !is_wildcard(b.front());
       a.remove_prefix(1), b.remove_prefix(1)) {
    if (!same(a.front(), b.front(), ignore_case)) return false;
  }
  for (; !a.empty() && !b.empty() && !is_wildcard(a.back()) && !is_wildcard(b.back());
       a.remove_suffix(1), b.remove_suffix(1)) {
    if (!same(a.back(), b.back(), ignore_case)) return false;
  }
  return true;
}

// The walk of `meet_by_pairs` with a row of positions in one word.
class RowOfPositions {
 public:
  static constexpr std::size_t kMaxSize = 63;

  RowOfPositions(std::string_view b, bool ignore_case) : ignore_case_(ignore_case) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::uint64_t here = std::uint64_t{1} << j;
      inside_ |= here;
      if (b[j] == '*') stars_ |= here;
      if (b[j] == '?') ones_ |= here;
      if (is_high(b[j])) high_ |= here;
      if (!is_wildcard(b[j])) letters_[index(b[j])] |= here;
    }
  }

  bool meets(std::string_view a) {
    for (const char x : a) {
      run_on(x);
      reached_ = behind(x);
      if (reached_ == 0) return false;
    }
    run_on('\0');
    return (reached_ & ~inside_) != 0;
  }

 private:
  static bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
  std::size_t index(char c) const {
    return static_cast<unsigned char>(ignore_case_ ? ascii_lower(c) : c);
  }

  // Positions that are reached in front of `x`, without taking it.
  void run_on(char x) {
    if (x == '*') {
      const std::uint64_t lowest = reached_ & (~reached_ + 1);
      reached_ |= ~(lowest - 1) & (inside_ << 1 | 1);
      return;
    }
    const std::uint64_t passes = x == '?' ? stars_ | high_ : stars_;
    for (std::uint64_t next = 0; (next = (reached_ & passes) << 1, (next & ~reached_) != 0);)
      reached_ |= next;
  }

  // Positions that are reached when `x` is taken.
  std::uint64_t behind(char x) const {
    if (x == '*') return reached_ | (reached_ & inside_) << 1;
    if (x == '?') return (reached_ & stars_) | (reached_ & inside_) << 1;
    const std::uint64_t fits = letters_[index(x)] | stars_ | ones_;
    const std::uint64_t stays = is_high(x) ? stars_ | ones_ : stars_;
    return (reached_ & stays) | (reached_ & fits) << 1;
  }

  bool ignore_case_;
  std::uint64_t reached_ = 1, inside_ = 0, stars_ = 0, ones_ = 0, high_ = 0;
  std::array<std::uint64_t, 256> letters_{};
};

// Whether some text matches both patterns: a walk over pairs of positions, row by row.
bool meet_by_pairs(std::string_view a, std::string_view b, bool ignore_case) {
  const std::size_t width = b.size() + 1;
  std::vector<bool> reached((a.size() + 1) * width);
  reached[0] = true;
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (!reached[i * width + j]) continue;
      const char x = i < a.size() ? a[i] : '\0';
      const char y = j < b.size() ? b[j] : '\0';
      const bool at_x = i < a.size(), at_y = j < b.size();
      if (at_x && x == '*') reached[(i + 1) * width + j] = true;
      if (at_y && y == '*') reached[i * width + j + 1] = true;
      if (!at_x || !at_y) continue;
      const bool wide_x = is_wildcard(x), wide_y = is_wildcard(y);
      if (!wide_x && !wide_y && !same(x, y, ignore_case)) continue;
      reached[(i + 1) * width + j + 1] = true;
      if (goes_on(x, y)) reached[i * width + j + 1] = true;
      if (goes_on(y, x)) reached[(i + 1) * width + j] = true;
    }
  }
  return reached.back();
}

bool patterns_meet(std::string_view a, std::string_view b, bool ignore_case) {
  if (!take_common_ends(a, b, ignore_case)) return false;
  if (a.size() * b.size() > kMaxSteps) return true;
  if (a.size() < b.size()) std::swap(a, b);
  if (b.size() > RowOfPositions::kMaxSize) return meet_by_pairs(a, b, ignore_case);
  return RowOfPositions(b, ignore_case).meets(a);
}

// Whether `entry` matches `asked` read as a text whose wildcards are letters of their own: then it
// matches whatever stands in their place. A `*` of the entry takes them all, a `?` only a `?` or
// one ASCII letter.
bool covers_text(std::string_view entry, std::string_view asked, bool ignore_case) {
  if (!take_common_ends(entry, asked, ignore_case)) return false;
  if (entry.size() * asked.size() > kMaxSteps) return false;
  std::vector<bool> row(asked.size() + 1), next(asked.size() + 1);
  row[0] = true;
  for (const char e : entry) {
    next.assign(asked.size() + 1, false);
    bool any = false;  // some position up to here was reached: for `*`
    for (std::size_t j = 0; j <= asked.size(); ++j) {
      any = any || row[j];
      if (e == '*') {
        next[j] = any;
      } else if (j > 0 && row[j - 1]) {
        const char a = asked[j - 1];
        const bool ascii = static_cast<unsigned char>(a) < 0x80;
        next[j] =
            e == '?' ? (a != '*' && ascii) : (a != '*' && a != '?' && same(e, a, ignore_case));
      }
    }
    row.swap(next);
  }
  return row.back();
}

// The entry with every policy variable as a `*`. True in `certain` when there was none.
std::string without_variables(std::string_view entry, bool variables, bool& certain) {
  certain = true;
  if (!variables) return std::string(entry);
  const VariableReader reader(entry, true);
  std::string out;
  for (std::size_t i = 0; i < entry.size();) {
    if (entry[i] == '$') {
      if (const auto variable = reader.read(i)) {
        out += '*';
        certain = false;
        i = variable->end;
        continue;
      }
    }
    out += entry[i++];
  }
  return out;
}

bool parts_cover(const std::vector<std::string_view>& entry,
                 const std::vector<std::string_view>& asked) {
  for (std::size_t i = 0; i < 6; ++i) {
    if (!covers_text(entry[i], asked[i], i > 0 && i < 5)) return false;
  }
  return true;
}

}  // namespace

Overlap overlap_of_texts(std::string_view entry, std::string_view asked, bool ignore_case) {
  if (covers_text(entry, asked, ignore_case)) return Overlap::kAll;
  return patterns_meet(entry, asked, ignore_case) ? Overlap::kSome : Overlap::kNone;
}

Overlap overlap_of(std::string_view entry, std::string_view asked, bool variables) {
  if (entry == "*") return Overlap::kAll;
  if (!entry.starts_with("arn:")) return Overlap::kNone;
  bool certain = true;
  const std::string text = without_variables(entry, variables, certain);
  const std::vector<std::string_view> parts = split_arn(text, false);
  const std::vector<std::string_view> asked_parts = split_arn(asked, false);
  if (certain && parts.size() == 6 && asked_parts.size() == 6 && parts_cover(parts, asked_parts))
    return Overlap::kAll;
  // The first five parts ignore case, the last does not; ignoring it everywhere only adds overlap,
  // and so does letting every wildcard cross colons. A short ARN (S6.4) is padded.
  const std::string padded = parts.size() < 6 ? text + "*" : text;
  return patterns_meet(padded, asked, true) ? Overlap::kSome : Overlap::kNone;
}

}  // namespace iamcheck
