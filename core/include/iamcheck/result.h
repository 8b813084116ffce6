#pragma once

// Errors as values.
//
// No public function throws for bad input. What can fail returns `Result<T>`: a value, or an
// `Error` that says what is wrong, where, and what to do next. Messages are lower case, without a
// full stop, with the user's own text in backticks.
//
// ```cpp
// iamcheck::Result<int> answer = iamcheck::Error{iamcheck::ErrorCode::kJsonSyntax,
//                                                "unexpected `}`", "remove the comma before it",
//                                                {}};
// if (!answer) std::string text = answer.error().message;
// ```

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "iamcheck/source.h"

namespace iamcheck {

/// Every way in which reading or asking can fail. The names (see `to_string`) are part of the JSON
/// contracts and of the Python exceptions; they are never reused.
enum class ErrorCode {
  kJsonSyntax,        ///< not one well-formed JSON value
  kNotUtf8,           ///< bytes that are not UTF-8
  kLimitExceeded,     ///< a limit of `Limits` was passed
  kNotAPolicy,        ///< well-formed, but no policy document
  kInvalidArgument,   ///< an argument of a call or of the command line
  kUnreadable,        ///< a file that cannot be opened or read
  kUnknownName,       ///< a rule, action, service or policy name that does not exist
  kCorruptCatalogue,  ///< a catalogue file that fails its checks
  kInternal,          ///< a defect of iamcheck
  kUnsupported,       ///< a question that this version cannot answer yet
  kYamlSyntax,        ///< not one well-formed YAML document
  kHclSyntax,         ///< not well-formed HCL, the language of Terraform
};

/// `json-syntax`, `not-utf8`, ...
std::string_view to_string(ErrorCode code);

/// What went wrong. `message` says what, `help` the next step (may be empty), `span` where (empty
/// when there is no text to point at).
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string help;
  Span span;
};

/// A `T` or an `Error`. Ask `if (result)` before `*result`; reading the wrong side is a defect of
/// the caller and asserts.
template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  const T& value() const& {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  T& value() & {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(has_value());
    return std::move(*std::get_if<0>(&state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

}  // namespace iamcheck
