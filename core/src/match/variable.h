#pragma once

// The `${...}` of a policy text, as it is written (S4).

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace iamcheck {

/// An empty string value counts as no value (S4.4; AWS is silent, so the choice has a name).
inline constexpr bool kEmptyValueIsNoValue = true;

struct VariableText {
  std::size_t end = 0;  ///< behind the closing brace
  std::string_view key;
  std::optional<std::string_view> default_text;
  /// `${*}`, `${?}`, `${$}`: the character that it stands for (S4.5), else 0.
  char escaped = 0;
};

/// Finds the variables of one text. Nothing is found when they are off (Version 2008-10-17, S4.1).
class VariableReader {
 public:
  VariableReader(std::string_view text, bool variables)
      : text_(text), closing_(variables ? text.rfind('}') : std::string_view::npos) {}

  /// The variable that begins at `position`. Nothing when no `${` stands there, or when no closing
  /// brace follows, which makes it literal text (S4.7).
  std::optional<VariableText> read(std::size_t position) const;

 private:
  std::string_view text_;
  std::size_t closing_;  // the last brace; kept so that a text full of `${` is still read once
};

/// Whether a variable stands before the fifth colon of an ARN, where it does not work (S4.2).
/// `parts` are those of `split_arn`.
bool has_early_variable(std::span<const std::string_view> parts);

}  // namespace iamcheck
