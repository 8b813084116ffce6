#pragma once

// Whether S3 calls a bucket policy public (S9.10). Source: Amazon S3 User Guide, "Blocking public
// access to your Amazon S3 storage", section "The meaning of public".

#include <nlohmann/json_fwd.hpp>

#include "caller.h"

namespace iamcheck::oracle {

/// `policy` is a document, or {"name", "policy"}. Some Allow statement reaches everyone and no
/// condition of it holds the caller to fixed values.
bool is_public(const nlohmann::json& policy);

/// RestrictPublicBuckets: of a public bucket only services and the owner's account are left.
/// `owner` is empty when unknown, which is no other account.
bool public_access_refuses(const nlohmann::json& request, const Caller& caller,
                           const std::string& owner);

}  // namespace iamcheck::oracle
