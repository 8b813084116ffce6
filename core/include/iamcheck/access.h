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
#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// How much of what was asked about is allowed.
enum class Reach : std::uint8_t {
  kAll,           ///< every action on every resource asked about
  kSome,          ///< at least one, and not known to be all
  kPossiblySome,  ///< patterns overlap in a way that was not decided
  kUndecided,     ///< it hangs on keys, or on policies that were not read
  kNone,
};
/// `all`, `some`, `possibly-some`, `undecided`, `none`.
std::string_view to_string(Reach reach);

/// What is allowed within the thing that was asked about.
struct AccessPart {
  std::string pattern;  ///< a resource, or a pattern of resources
  Reach reach = Reach::kNone;
};

/// What one principal can do.
struct Access {
  std::string principal;  ///< ARN
  Reach reach = Reach::kNone;
  DecisionCause cause = DecisionCause::kNoAllow;
  /// The statements that allow it.
  std::vector<StatementNote> through;
  /// Unknown keys that it hangs on.
  std::vector<std::string> missing_context;
  /// Policies that it hangs on and that were not read.
  std::vector<std::string> unread;
  /// Narrower resources and what is known of them; only for a resource with wildcards.
  std::vector<AccessPart> parts;
  /// Of an action with wildcards: those that are not out of reach, the first thousand of them,
  /// their number, and the number of all.
  std::vector<std::string> actions;
  std::size_t actions_reached = 0;
  std::size_t actions_asked = 1;
};

struct AccessOptions {
  /// Keys that are known. In the mode `kAsk`, the default here, others are unknown; in `kStrict`
  /// they are absent.
  Context context{Context::Mode::kAsk};
  std::string resource_account;
  /// Decisions of one question; more are an error.
  std::size_t max_decisions = 50'000'000;
};

struct WhoCan {
  std::string action;
  std::string resource;
  /// Everyone whose reach is not `kNone`, sorted by ARN.
  std::vector<Access> principals;
  std::size_t asked = 0;  ///< principals of the snapshot
  std::vector<std::string> assumptions;
};

/// Errors: `unknown-name` for a pattern that no action of the catalogue matches, `limit-exceeded`.
/// An action without wildcards that the catalogue lacks is asked as it is.
Result<WhoCan> who_can(const Account& account, std::string_view action, std::string_view resource,
                       const AccessOptions& options = {});

/// One action of `what_can`.
struct ActionAccess {
  std::string action;  ///< `s3:GetObject`
  Reach reach = Reach::kNone;
  std::vector<AccessPart> parts;
  std::vector<std::string> missing_context;
  std::vector<std::string> unread;
};

struct WhatCan {
  std::string principal;
  std::string resource;  ///< empty: any
  /// By service and name, those whose reach is not `kNone`.
  std::vector<ActionAccess> actions;
  std::size_t asked = 0;
  std::vector<std::string> assumptions;
};

/// The actions of the catalogue, and those that the principal's policies name besides. `resource`:
/// an ARN or a pattern; only actions that work on such a resource are asked about. Empty: each
/// action on any resource of its types.
Result<WhatCan> what_can(const Account& account, const Caller& caller, std::string_view resource,
                         const AccessOptions& options = {});

}  // namespace iamcheck
