#pragma once

// Names and the values bound to them, in any notation.
//
// A credential is bound to its name in a hundred ways:
//
//     aws_secret_access_key = V            [default] profile
//     export AWS_SECRET_ACCESS_KEY="V"     shell, dotenv
//     "SecretAccessKey": "V"               JSON; \"SecretAccessKey\": \"V\" inside a string
//     {"name": "AWS_SECRET_ACCESS_KEY", "value": "V"}
//     <name>fs.s3a.secret.key</name><value>V</value>
//     AWS Secret Access Key [None]: V      `aws configure`
//     ${AWS_SECRET_ACCESS_KEY:-V}          a default
//
// No grammar covers them. What they share: between name and value stands a short run of
// punctuation, at most one line end, and one of very few words. That is what is read here; whether
// the value is worth anything is left to the shape of the value.

#include <cstddef>
#include <string_view>

namespace iamcheck {

/// Walks from the end of a keyword over the rest of the name and what may stand before the value,
/// and stops at each place where the value may begin.
class ValueSearch {
 public:
  ValueSearch(std::string_view text, std::size_t keyword_end);

  /// The next place where a value may begin; `npos` when there is none. A place is never a blank, a
  /// quote or an operator.
  std::size_t next();

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  bool skip_punctuation();

  std::string_view text_;  // cut where the search ends
  std::size_t at_ = 0;
  std::size_t separators_ = 0;
  std::size_t line_ends_ = 0;
  bool at_word_ = false;
};

/// The name that the value at `value_begin` is bound to, read backwards over quotes and operators:
/// `"etag": "` gives `etag`. Empty when there is none on the line.
std::string_view name_before(std::string_view text, std::size_t value_begin);

/// The whole identifier around a keyword: `aws_secret` at its place in `MY_AWS_SECRET_2`.
std::string_view name_around(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace iamcheck
