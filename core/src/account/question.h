#pragma once

// Collects the policies of one question from the pool.

#include <string>
#include <vector>

#include "account/snapshot.h"

namespace iamcheck {

struct QuestionBuilder {
  const Account::Snapshot& snapshot;
  PolicySet policies;
  std::vector<std::string> unread;
  std::vector<std::string> unread_reasons;  // as `unread`

  void add(const std::vector<Attachment>& attachments);
  /// Identity-based policies and boundary.
  void add_principal(const Caller& caller);
  /// SCPs or RCPs, root first.
  void add_levels(const std::string& account, PolicyKind kind);
  /// The resource-based or trust policy. `own_account`: of the principal.
  void add_resource(const RequestFields& fields, const std::string& own_account);
};

}  // namespace iamcheck
