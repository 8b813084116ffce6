#pragma once

// Turns the text of an entry into the tokens of a `Pattern`.

#include <cstddef>
#include <span>
#include <string_view>

#include "iamcheck/pattern.h"

namespace iamcheck {

/// Partition, service, region and account compare without case (S6.2; by peers and habit, so it has
/// a name).
inline constexpr bool kFirstPartsIgnoreCase = true;

class PatternCompiler {
 public:
  /// What `*` and `?` mean in a piece of text.
  enum class Wildcards {
    kLiteral,        ///< nothing: they stand for themselves
    kFree,           ///< any character
    kInsideField,    ///< any character but `:`
    kCrossAtTheEnd,  ///< the same, but a `*` that is the last character is free (S6.1)
  };

  PatternCompiler(std::string_view text, Pattern::Options options);

  void add(std::string_view piece, Wildcards wildcards, bool ignore_case);
  void add_literal(std::string_view literal, bool ignore_case);
  /// The parts of an ARN with the colons between them. The first is `arn`; the last ends the
  /// pattern and is case-sensitive, the others follow `fields`.
  void add_arn(std::span<const std::string_view> parts, Wildcards fields, Wildcards last);
  /// Sets the shape. The compiler is used up.
  Pattern finish();

 private:
  using Token = Pattern::Token;

  void add_variable(const struct VariableText& variable, bool ignore_case);
  void add_star(Token::Kind kind);
  void add_one(Token::Kind kind);
  void classify();

  Pattern pattern_;
  bool variables_;
};

}  // namespace iamcheck
