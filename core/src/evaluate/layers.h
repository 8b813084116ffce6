#pragma once

// Which policies have a say about a request, whatever their statements say.

#include <cstdint>
#include <span>
#include <string_view>

#include "iamcheck/policy_set.h"
#include "iamcheck/request.h"

namespace iamcheck {

/// S9.2, S9.7: callers without an identity in any account have no policies of their own.
bool brings_identity_policies(const Principal& caller);

/// AWS creates these roles for its services and exempts them from SCPs and RCPs (S9.3). Source: IAM
/// User Guide, "Create a service-linked role".
bool is_service_linked(const Request& request);

/// Why policies of this kind have no say about the request (S9.2-S9.4); empty when they have.
std::string_view exemption(PolicyKind kind, const Request& request);

/// What the set and the request fix before any statement is read.
struct Setting {
  bool boundary = false;         ///< a permissions boundary is there and must allow
  bool session = false;          ///< a session policy is there and must allow
  bool endpoint = false;         ///< an endpoint policy is there and must allow
  std::uint64_t scp_levels = 0;  ///< a bit for each level that must allow
};

Setting setting_of(const PolicySet& policies, const Request& request);

/// S9.10: whether S3 Block Public Access keeps this caller out.
Truth restricted_as_public(const PolicySet& policies, const Request& request);

/// Prefixes of the actions that RCPs cover, sorted (S9.3).
std::span<const std::string_view> rcp_services();

}  // namespace iamcheck
