#pragma once

// Is a bucket policy public in the sense of S3 Block Public Access?

#include "iamcheck/policy.h"
#include "iamcheck/truth.h"

namespace iamcheck {

/// S9.10: some Allow statement is open to everyone and no condition ties it to fixed accounts,
/// networks or resources; unknown when that hangs on the deployment. Source: S3 User Guide,
/// "Blocking public access to your Amazon S3 storage", section "The meaning of public".
Truth grants_public_access(const Policy& policy);

}  // namespace iamcheck
