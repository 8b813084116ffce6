#pragma once

// What a policy grants, in words: by service and access level, statement by statement, with what
// its Deny statements take away and the ways to more rights that its actions open.
//
// `policy_summary.h` has the result. A summary reads one policy by itself. Whether a request is
// allowed hangs on the other policies too, and on the request; `evaluate` answers that. Actions are
// those of the catalogue: an action that AWS added later is not counted. Source: IAM User Guide,
// "Understand access level summaries".
//
// ```cpp
// auto policy = iamcheck::parse_policy("ci.json", R"({"Version": "2012-10-17", "Statement":
//     {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})");
// auto summary = iamcheck::summarize(*policy, iamcheck::Catalogue::embedded());
// // summary->sentence: allows 78 actions of s3, ...
// bool reads_only = summary->services[0].levels.back().level == iamcheck::AccessLevel::kRead;
// ```

#include <cstddef>
#include <optional>
#include <string>

#include "iamcheck/catalogue.h"
#include "iamcheck/policy.h"
#include "iamcheck/policy_summary.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// More statements are `limit-exceeded`: AWS's largest policy has room for a few hundred.
inline constexpr std::size_t kMaxSummaryStatements = 2'000;

struct SummaryOptions {
  std::optional<PolicyKind> kind;  ///< nothing: what the content tells
  std::string path;                ///< becomes `PolicySummary::path`
};

/// Errors: `limit-exceeded` above `kMaxSummaryStatements` or `kMaxPolicyEntries`.
Result<PolicySummary> summarize(const Policy& policy, const Catalogue& catalogue,
                                const SummaryOptions& options = {});

}  // namespace iamcheck
