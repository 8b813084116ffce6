#pragma once

// A pattern as the set of texts that it matches.
//
// A `Pattern` answers for one text; a `Language` is the same pattern taken apart into single
// characters, so that two of them can be compared and a text can be looked for that some match and
// others do not (language_search.h). It is read from the compiled pattern, never from its text:
// what
// `*` means is decided in one place.
//
// A policy variable stands for any text here: the language is then wider than the pattern in any
// one request, and `open()` says so.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "iamcheck/pattern.h"

namespace iamcheck {

/// How the texts of one kind are compared.
enum class TextKind : std::uint8_t {
  kPlain,     ///< as they are
  kResource,  ///< `*`, or an ARN whose first five parts ignore case (S6.2)
};

/// The characters of a text: code points, and stray bytes above all of them.
std::u32string characters_of(std::string_view text);
std::string text_of(std::u32string_view characters);

class Language {
 public:
  /// One character of a text, or what stands in its place.
  struct Element {
    enum class Kind : std::uint8_t { kCharacter, kAny, kFieldAny, kStar, kFieldStar };
    Kind kind = Kind::kCharacter;
    bool ignore_case = false;  ///< ASCII case, in the first five parts of the text
    char32_t character = 0;
    /// Of a star that stands for a policy variable: which one of the pattern.
    std::uint32_t variable = kNoVariable;

    static constexpr std::uint32_t kNoVariable = 0xffffffff;
    bool is_star() const { return kind == Kind::kStar || kind == Kind::kFieldStar; }
    friend bool operator==(const Element&, const Element&) = default;
  };

  /// `lowered`: the text is compared in lower case (StringEqualsIgnoreCase); the pattern is in
  /// lower case already.
  explicit Language(Pattern pattern, bool lowered = false);

  const Pattern& pattern() const { return pattern_; }
  /// As it was written, for people.
  const std::string& written() const { return written_.empty() ? pattern_.text() : written_; }
  void set_written(std::string text) { written_ = std::move(text); }
  const std::vector<Element>& elements() const { return elements_; }
  bool lowered() const { return lowered_; }
  /// It holds policy variables, so it is only an upper bound of what matches in one request.
  bool open() const { return pattern_.has_variables(); }
  /// Every text belongs to it.
  bool is_everything() const { return pattern_.shape() == Pattern::Shape::kAny; }
  bool is_nothing() const { return pattern_.shape() == Pattern::Shape::kNever; }
  /// The only text of it, when there is one and case does not matter.
  bool is_single() const { return single_; }
  /// What every text of it begins and ends with, in lower case: for quick comparisons.
  const std::string& head() const { return head_; }
  /// Backwards.
  const std::string& tail() const { return tail_; }

  /// Whether the text belongs to it; for an open one, whether it may.
  bool has(std::string_view text) const;

  /// False only if no text belongs to both. Cheap: looks at the ends alone.
  static bool may_meet(const Language& a, const Language& b);
  /// True only if every text of `inner` belongs to `outer`, in every request: a variable covers
  /// itself alone. Sound and incomplete.
  static bool covers(const Language& outer, const Language& inner);

  /// Some text of it, with `filling` in the place of every star.
  std::string instance(std::u32string_view filling) const;

 private:
  bool takes(const Element& own, const Language& other, const Element& theirs, bool aligned) const;

  Pattern pattern_;
  std::string written_;
  bool lowered_ = false;
  bool single_ = false;
  std::vector<Element> elements_;
  std::string head_, tail_;
};

}  // namespace iamcheck
