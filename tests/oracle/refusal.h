#pragma once

// What is decided whatever the policies say: S9.1, S9.9, and the resource types of S9.4 that demand
// a policy of their own.

#include <string>

#include "caller.h"
#include "context.h"

namespace iamcheck::oracle {

/// S9.1: allowed even against an explicit deny, and before any refusal.
bool is_always_allowed(const Caller& caller, const std::string& action);
/// S9.1, second sentence: likewise, but only after the refusals by kind of credential.
bool is_allowed_after_refusals(const Caller& caller, const std::string& action);

/// S9.9, second paragraph.
bool credential_refuses(const Caller& caller, const std::string& action, const Context& context);
/// S9.9, first paragraph.
bool resource_refuses(const std::string& action, const std::string& resource);

/// S9.4, last row: the root user and the policy of a bucket of its own account.
bool is_bucket_policy_rescue(const Caller& caller, const std::string& action,
                             const std::string& resource, const std::string& resource_account);

/// S9.4, last paragraph.
bool demands_own_policy(const std::string& action, const std::string& resource);
bool is_role(const std::string& resource);

/// S9.3: services whose calls RCPs reach, as of 2026-09-26.
bool rcp_reaches(const std::string& action, const std::string& resource, const Caller& caller);

}  // namespace iamcheck::oracle
