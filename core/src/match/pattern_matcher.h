#pragma once

// Matches the tokens of a pattern of no special shape.
//
// Patterns whose stars are all free are matched greedily: the text before the first star is
// anchored at the front, the text behind the last star at the end, and every run of tokens between
// two stars is taken at its leftmost place. A run without stars covers a fixed number of
// characters, so the leftmost start is the earliest end, and whatever a later place leaves room
// for, the next star can also reach from the earliest end. One pass, no backtracking.
//
// Stars that may not cross a colon break that argument when they mix with free ones. Such patterns
// carry the set of all text positions that the tokens so far can reach, one bit each.
//
// Both take at most |pattern| x |text| steps.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "iamcheck/pattern.h"

namespace iamcheck {

class PatternMatcher {
 public:
  /// What stands in the place of a variable.
  struct Value {
    std::string_view text;
    bool any = false;  ///< unknown: any text at all
  };

  PatternMatcher(const Pattern& pattern, std::span<const Value> values, std::string_view subject)
      : pattern_(pattern),
        values_(values),
        subject_(subject),
        caseless_(pattern.is_arn_ ? resource_part(subject) : subject.size()) {}

  bool matches();

  /// Bytes looked at so far, for the tests that bound the work.
  std::uint64_t steps() const { return steps_; }

 private:
  /// Where the part behind the fifth colon begins, whose letters keep their case (S6.2).
  static std::size_t resource_part(std::string_view arn);

  using Token = Pattern::Token;
  using Place = std::optional<std::size_t>;

  bool matches_greedily();
  bool matches_by_positions();

  const Token& token(std::size_t index) const { return pattern_.tokens_[index]; }
  std::size_t token_count() const { return pattern_.tokens_.size(); }
  bool is_free_star(std::size_t index) const;
  bool is_star(std::size_t index) const;
  std::size_t next_star(std::size_t index) const;
  bool is_text(std::size_t index) const;
  std::string_view text_of(std::size_t index) const;

  /// Whether the text of a token stands at `position` and ends before `limit`.
  bool text_stands_at(std::size_t index, std::size_t position, std::size_t limit);
  /// Where a token without stars ends when it begins at `position`, or begins when it ends there.
  Place end_of_token(std::size_t index, std::size_t position, std::size_t limit);
  Place start_of_token(std::size_t index, std::size_t position);
  Place end_of_run(std::size_t first, std::size_t last, std::size_t position, std::size_t limit);
  Place start_of_run(std::size_t first, std::size_t last, std::size_t position);
  /// The end of the leftmost place of a run inside `[position, limit)`.
  Place find_run(std::size_t first, std::size_t last, std::size_t position, std::size_t limit);

  const Pattern& pattern_;
  std::span<const Value> values_;
  std::string_view subject_;
  std::size_t caseless_;  ///< from here on, case counts even where a token ignores it
  std::uint64_t steps_ = 0;
};

}  // namespace iamcheck
