#pragma once

// The `${...}` of a policy text as somebody wrote them, broken ones too. What the engine reads is
// match/variable.h; this is about what cannot be read.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace iamcheck {

struct WrittenVariable {
  std::size_t begin = 0;  ///< of the `$`
  std::size_t end = 0;    ///< behind the closing brace, or where the search for it ended
  bool closed = false;    ///< a brace comes before the end and before the next `${`
  std::string_view key;   ///< up to the comma or the brace, as written
  /// Behind the comma; between its quotes, braces are text.
  std::optional<std::string_view> default_text;
};

/// From left to right. Takes linear time on any text.
std::vector<WrittenVariable> written_variables(std::string_view text);

/// `${aws:username}` and `${*}`, not what a template engine will replace, such as
/// `${AWS::AccountId}` or `${var.name}`. Where exactly AWS's findings are wanted, AWS has the text
/// as it is, and everything counts.
bool is_policy_variable(const RuleContext& context, const WrittenVariable& variable);

/// Some `${...}` in it is one of the policy's.
bool has_policy_variable(const RuleContext& context, std::string_view text);

/// What is left without the policy's variables.
std::string without_policy_variables(const RuleContext& context, std::string_view text);

/// Somebody is to replace a part of the text, so that its letters say nothing: `has_placeholder`.
/// To AWS the text is what it is, but for variables.
bool is_left_open(const RuleContext& context, std::string_view text);

}  // namespace iamcheck
