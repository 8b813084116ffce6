#pragma once

// Grants of an action that AWS wants limited by a condition: iam:PassRole and
// iam:CreateServiceLinkedRole (validation-semantics, "Grants"). Each is reported in six forms.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace iamcheck {

struct GuardedAction {
  std::string_view name;
  std::array<std::string_view, 2> keys;  ///< each of them limits it
  /// A value that begins with a star is no limit; else only one that takes in everything.
  bool named_values = false;
};

extern const GuardedAction kPassRole;
extern const GuardedAction kCreateServiceLinkedRole;

/// How the statement names the action.
enum class ActionForm {
  kLiteral,    ///< by its name
  kPattern,    ///< by a pattern, and by its name nowhere
  kNotAction,  ///< by not leaving it out
};
/// How it names the resources.
enum class ResourceForm { kStar, kNotResource };

/// One grant, and its two places.
struct UnguardedGrant {
  const Statement* statement = nullptr;
  const Text* action = nullptr;  ///< null for `kNotAction`
  Span action_span;
  std::string action_path;
  Span resource_span;
  std::string resource_path;
};

/// At most one of each statement. In Access Analyzer's profile exactly those that AWS reports; else
/// without those that the policy denies again or that another rule says better.
std::vector<UnguardedGrant> unguarded_grants(RuleContext& context, const GuardedAction& guarded,
                                             ActionForm action, ResourceForm resource);

}  // namespace iamcheck
