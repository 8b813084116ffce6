#pragma once

// What one principal may do at all, action by action: on one resource or pattern, or on anything.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "account/exact_whole.h"
#include "account/narrowed.h"
#include "account/reach.h"
#include "account/snapshot.h"
#include "iamcheck/access.h"

namespace iamcheck {

/// Not safe for concurrent use.
class Survey {
 public:
  /// `account`, `caller` and `options` stay alive.
  Survey(const Account& account, const Caller& caller, const AccessOptions& options);

  const AccountQuestion& base() const { return base_; }

  /// Some resource of these forms, ARNs with wildcards; none: the action is about no
  /// resource.
  ActionAccess anywhere(const std::string& action, const std::vector<std::string>& forms);
  /// This resource, or this pattern of resources.
  ActionAccess on(const std::string& action, const std::string& resource);

 private:
  /// Actions with the same forms have the same resources.
  struct Kinds {
    std::vector<std::string> patterns;  // in the caller's partition and account
    std::vector<std::string>
        described;          // resources with a policy of their own, and what is in them
    bool too_many = false;  // there are more of those
    std::unique_ptr<ExactWhole> exact;
  };
  Kinds& kinds_of(const std::vector<std::string>& forms);
  ActionAccess by_policies(const Request& request, const std::vector<std::string>& forms);
  ActionAccess on_guarded(const std::string& action, const std::string& resource);
  void ask_described(const std::string& action, const Kinds& kinds, ActionAccess& access);
  void make_exact(Kinds& kinds, ActionAccess& access) const;
  void make_exact(const AccountQuestion& question, ExactWhole& exact, ActionAccess& access) const;

  RequestFields fields(const std::string& action, const std::string& resource) const;
  Request request_of(const std::string& action, const std::string& resource) const;
  std::string own_form(const std::string& form) const;

  const Account& account_;
  const Caller& caller_;
  const AccessOptions& options_;
  Narrowing any_{""};
  AccountQuestion base_;
  PolicySet narrowed_;
  // Some resource may have a policy that nobody could read; those of IAM have none.
  AccountQuestion open_;
  PolicySet narrowed_open_;
  std::map<std::vector<std::string>, Kinds> kinds_;
  std::map<std::string, ReachQuestion> described_;
  std::unique_ptr<ReachQuestion> reach_;
  std::unique_ptr<ExactWhole> exact_;
};

}  // namespace iamcheck
