#pragma once

// Whose policies are meant: a user, a role or a group, with what it carries.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/snapshot.h"

namespace iamcheck {

struct PolicySource {
  std::string account;
  std::optional<Caller> caller;  ///< nothing for a group: it calls nothing
  std::vector<Attachment> identity;
  std::vector<Attachment> boundary;
};

/// `text`: what `Account::find_principal` takes, the ARN of a group, or `group/NAME`. Errors:
/// `unknown-name` with the nearest name; `invalid-argument` for a name that several have and for
/// whoever has no identity-based policies in the snapshot.
Result<PolicySource> find_policy_source(const Account& account, std::string_view text);

}  // namespace iamcheck
