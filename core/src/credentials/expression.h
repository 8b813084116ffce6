#pragma once

// The RE2 expression of a rule, compiled when it is first needed.

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace iamcheck {

/// Safe to share between threads. Texts are read as Latin-1: a byte is a character, and the
/// automata stay small.
class Expression {
 public:
  explicit Expression(std::string_view pattern);
  ~Expression();

  /// What an expression matches, and which part of that is the credential: the group of the
  /// expression where it has one. Views into the text.
  struct Found {
    std::string_view whole;  ///< empty: no match
    std::string_view credential;
  };

  /// The match at the very start of `text`.
  Found match(std::string_view text) const;
  /// Whether the pattern is a valid expression. Compiles it.
  bool valid() const;

 private:
  const re2::RE2& compiled() const;

  std::string_view pattern_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const re2::RE2> re2_;
};

}  // namespace iamcheck
