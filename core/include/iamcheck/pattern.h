#pragma once

// How `*`, `?` and policy variables match.
//
// One compiler turns the text of an action, a resource or a condition value into a `Pattern`; the
// evaluator, the linter and the analysis engine all use it, so they cannot drift apart. Matching
// takes at most |pattern| x |text| steps and has no recursion. It allocates nothing for a pattern
// without variables, but for the rare `a*b` inside one of the first five parts of an ARN against a
// text of more than 2,000 bytes.
//
// ```cpp
// auto pattern = iamcheck::Pattern::like("arn:aws:s3:::logs-*/*", {});
// bool yes = pattern.matches("arn:aws:s3:::logs-eu/2026/11/20.gz");
// ```

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/context_key.h"
#include "iamcheck/truth.h"

namespace iamcheck {

/// What a policy variable stands for in one request (S4).
struct VariableValue {
  enum class State : std::uint8_t {
    kFound,        ///< `text` is the single value
    kAbsent,       ///< the key has no value
    kMultivalued,  ///< a list cannot be put into a text (S4.3)
    kUnknown,      ///< not given, and the question is asked with unknown keys (ask mode)
  };
  State state = State::kAbsent;
  std::string_view text;
};

/// Looks up the keys behind `${...}`. Implemented by the request context.
class VariableScope {
 public:
  virtual ~VariableScope() = default;
  /// `key.name()` is as written in the policy; the lookup ignores its case.
  virtual VariableValue find_variable(const ContextKey& key) const = 0;
};

/// A compiled pattern. Immutable after construction, safe to share.
///
/// A character is a Unicode code point; a byte that belongs to no valid UTF-8 sequence counts as
/// one. Letters are compared without case only where ASCII case is meant (`ignore_case`).
class Pattern {
 public:
  struct Options {
    /// Read `${key}`, `${key, 'default'}`, `${*}`, `${?}`, `${$}` (Version 2012-10-17, S4).
    bool variables = false;
    /// Ignore ASCII case.
    bool ignore_case = false;
  };
  /// The shape, cheapest first; tells callers what an index can do with it.
  enum class Shape : std::uint8_t { kAny, kExact, kPrefix, kSuffix, kGeneral, kNever };

  Pattern() = default;  // matches only the empty text

  /// `*` and `?` are wildcards over every character (S3).
  static Pattern like(std::string_view text, Options options);
  /// `*` and `?` stand for themselves; variables still work (StringEquals).
  static Pattern exact(std::string_view text, Options options);
  /// A resource ARN after S6.1: in the first five parts a wildcard stays inside its part, but a `*`
  /// that ends a part may run on past the colon; partition, service, region and account ignore
  /// case, the resource part of the request keeps it, whichever part of the pattern meets it. With
  /// `component_wise` no wildcard of the first five parts ever crosses a colon. `text` must be `*`
  /// or start with `arn:` and have six parts, else the result has the shape `kNever`; S6.4's
  /// padding of short ARNs is the business of `ResourcePattern`.
  static Pattern resource_arn(std::string_view text, Options options, bool component_wise = false);
  /// One that matches nothing.
  static Pattern never();

  Shape shape() const { return shape_; }
  /// The pattern as it was written.
  const std::string& text() const { return text_; }
  /// The fixed text of an exact, prefix or suffix pattern; lower case when all case is ignored.
  const std::string& literal() const { return literal_; }
  bool has_variables() const { return !variables_.empty(); }
  /// Keys of the variables, as written, in order.
  std::vector<std::string> variable_keys() const;

  /// Whether the pattern covers the whole of `subject`. A pattern with variables needs the other
  /// form.
  bool matches(std::string_view subject) const;

  /// The answer of a pattern with variables. `kUnresolved`: some variable has no value and no
  /// default, or has many (S4.6: the caller decides what that means). `kUnknown`: some variable is
  /// unknown.
  enum class Outcome : std::uint8_t { kNo, kYes, kUnresolved, kUnknown };
  /// Substituted values are literal: wildcards in them do not act (S4.5).
  Outcome match(std::string_view subject, const VariableScope& scope) const;

 private:
  friend class PatternCompiler;
  friend class PatternMatcher;
  friend class Language;

  struct Token {
    enum class Kind : std::uint8_t { kLiteral, kAnyOne, kStar, kFieldOne, kFieldStar, kVariable };
    Kind kind = Kind::kLiteral;
    bool ignore_case = false;    // kLiteral, kVariable
    std::uint32_t begin = 0;     // kLiteral: where its text begins in literal_
    std::uint32_t size = 0;      // kLiteral: bytes; kAnyOne, kFieldOne: characters
    std::uint32_t variable = 0;  // kVariable: position in variables_
  };
  struct Variable {
    ContextKey key;
    std::optional<std::string> default_text;
  };

  bool head_equals(std::string_view subject) const;

  Shape shape_ = Shape::kExact;
  bool has_field_stars_ = false;
  bool is_arn_ = false;           // case is ignored in the first five parts of the subject only
  std::uint32_t fold_begin_ = 0;  // the bytes of literal_ that compare without case, when the shape
  std::uint32_t fold_end_ = 0;    // is exact, prefix or suffix
  std::string text_;
  std::string literal_;  // the text of all literal tokens, in order
  std::vector<Token> tokens_;
  std::vector<Variable> variables_;
};

}  // namespace iamcheck
