#pragma once

// Who can do something, and what somebody can do, over a whole snapshot.
//
// Action and resource may hold wildcards. AWS decides about one action on one resource; the answer
// about many is "all of it", "some of it", "none", or an honest "cannot tell". Nothing is guessed:
// "all" and "none" hold for every single resource, "some" comes with one that the evaluator allows.
//
// ```cpp
// auto account = iamcheck::Account::read({{"dump.json", R"({"UserDetailList": []})"}});
// iamcheck::AccessOptions options;
// options.context.set("aws:SourceIp", "192.0.2.1");
// auto answer = iamcheck::who_can(account, "s3:Get*", "arn:aws:s3:::reports/*", options);
// std::size_t able = answer ? answer->principals.size() : 0;
// ```

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/account.h"
#include "iamcheck/account_answer.h"
#include "iamcheck/result.h"

namespace iamcheck {

struct AccessOptions {
  /// Keys that are known. In the mode `kAsk`, the default here, others are unknown; in `kStrict`
  /// they are absent.
  Context context{Context::Mode::kAsk};
  std::string resource_account;
  /// Decisions of one question; more are an error.
  std::size_t max_decisions = 50'000'000;
};

/// Errors: `unknown-name` for a pattern that no action of the catalogue matches, `limit-exceeded`.
/// An action without wildcards that the catalogue lacks is asked as it is.
Result<WhoCan> who_can(const Account& account, std::string_view action, std::string_view resource,
                       const AccessOptions& options = {});

/// The actions of the catalogue, and those that the principal's policies name besides. `resource`:
/// an ARN or a pattern; only actions that work on such a resource are asked about. Empty: each
/// action on any resource of its types.
Result<WhatCan> what_can(const Account& account, const Caller& caller, std::string_view resource,
                         const AccessOptions& options = {});

}  // namespace iamcheck
