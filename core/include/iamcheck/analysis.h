#pragma once

// Policies as sets of requests: what one grants that another does not.
//
// An answer is a proof over all requests, not over samples: PASS means that no request whatsoever
// is allowed by the one and not by the other. FAIL comes with a request that shows it, and the
// evaluator has answered that request too. What could not be decided within the limits is UNKNOWN,
// never PASS. What a request is, and what is taken for granted, stands in docs/analysis.md. Source
// of the three checks: IAM Access Analyzer API reference, CheckNoNewAccess, CheckAccessNotGranted,
// CheckNoPublicAccess.
//
// ```cpp
// auto old_policy = iamcheck::parse_policy("old.json", R"({"Version": "2012-10-17", "Statement":
//     {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})");
// auto new_policy = iamcheck::parse_policy("new.json", R"({"Version": "2012-10-17", "Statement":
//     {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}})");
// auto answer = iamcheck::no_new_access(*old_policy, *new_policy, iamcheck::PolicyKind::kIdentity);
// bool proved = answer.verdict == iamcheck::Verdict::kPass;
// ```

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/decision.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/request.h"

namespace iamcheck {

/// How wildcards in the first five parts of a Resource are read (docs/analysis.md, "Two readings").
enum class ArnMatching : std::uint8_t {
  kStrict,         ///< PASS only if both readings pass
  kComponentWise,  ///< they stay inside their part, as in Access Analyzer's custom checks
  kDocumented,     ///< a `*` that ends a part may cross colons, as the evaluator has it (S6.1)
};

struct AnalysisOptions {
  ArnMatching arn_matching = ArnMatching::kStrict;
  /// Limits of one question; beyond them the answer is UNKNOWN.
  std::size_t max_states = 200'000;   ///< of automata over texts
  std::size_t max_steps = 1'000'000;  ///< clauses looked at, languages chosen
  /// Pieces of the difference that are written down; 0: only the first that shows it.
  std::size_t max_pieces = 20;
  /// Ends the question early, with UNKNOWN.
  std::stop_token stop = {};
};

enum class Verdict : std::uint8_t {
  kPass,           ///< proved: no request
  kFailConfirmed,  ///< a request was found, and the evaluator answers it as claimed
  kFailPossible,   ///< nothing rules it out, and no request was found that the evaluator confirms
  kUnknown,        ///< the limits were reached
};
std::string_view to_string(Verdict verdict);  // PASS, FAIL, FAIL, UNKNOWN
/// `proved`, `confirmed`, `possible`; empty for UNKNOWN.
std::string_view certainty_of(Verdict verdict);

/// A condition on a request, for people: `aws:SourceIp` in (192.0.2.0/24), or not in, or absent.
struct AccessCondition {
  std::string key;
  std::string phrase;  ///< `is one of a, b`, `is none of a`, `is absent`, `is present`
};

/// A piece of a difference, in the words of the policies: some action of `actions` but for
/// `actions_except`, on some resource, and so on. Empty lists: any.
struct AccessPiece {
  std::vector<std::string> actions, actions_except;
  std::vector<std::string> resources, resources_except;
  std::vector<std::string> callers, callers_except;
  std::vector<AccessCondition> conditions;
  /// Of the new side: the statement that allows it, one for each layer that must.
  std::vector<StatementRef> allowed_by;
  /// Of the old side: the Deny that kept it out, when that is why it is new.
  std::optional<StatementRef> was_denied_by;
};

/// An answer about `new minus old`.
struct AccessAnswer {
  Verdict verdict = Verdict::kUnknown;
  /// Statements of the new side that allow something new, each once, in order.
  std::vector<StatementRef> reasons;
  /// A request that is allowed by the new side and not by the old: of FAIL, where one was found.
  std::optional<RequestFields> witness;
  std::vector<AccessPiece> added;
  bool added_complete = true;  ///< `added` is the whole difference
  /// The statement of the old side that comes nearest to allowing the witness, and what it lacks:
  /// `Action`, `Resource`, `Principal`, `Condition aws:SourceIp`.
  std::optional<StatementRef> closest;
  std::vector<std::string> closest_lacks;
  /// Under `kStrict`: only the documented reading of ARNs finds the difference.
  bool only_documented_reading = false;
  std::vector<std::string> assumptions;
};

/// Whether `updated` allows anything that `existing` does not. Both are of one kind.
AccessAnswer no_new_access(const Policy& existing, const Policy& updated, PolicyKind kind,
                           const AnalysisOptions& options = {});
/// The same for everything that decides together: identity-based policies, boundaries, session
/// policies, SCPs and RCPs by level, endpoint policies, or the policies of a resource.
AccessAnswer no_new_access(const PolicySet& existing, const PolicySet& updated,
                           const AnalysisOptions& options = {});

/// Actions and resources of CheckAccessNotGranted; an empty list means all.
struct AccessQuestion {
  std::vector<std::string> actions;
  std::vector<std::string> resources;
};
/// Whether the policy allows none of it: some action of `actions` on some resource of `resources`.
AccessAnswer access_not_granted(const Policy& policy, std::span<const AccessQuestion> access,
                                PolicyKind kind, const AnalysisOptions& options = {});

/// Whether a resource-based policy or trust policy lets in only callers that it names for certain.
AccessAnswer no_public_access(const Policy& policy, PolicyKind kind,
                              const AnalysisOptions& options = {});
/// The 26 values of `AWS::...` that CheckNoPublicAccess takes; nothing for another.
std::optional<PolicyKind> public_access_kind(std::string_view resource_type);
std::span<const std::string_view> public_access_types();

/// A statement without which the policy allows exactly the same.
struct RedundantStatement {
  std::uint32_t statement = 0;
  Effect effect = Effect::kAllow;
};
struct RedundancyAnswer {
  std::vector<RedundantStatement> redundant;
  /// Statements about which nothing was proved within the limits.
  std::vector<std::uint32_t> unknown;
};
/// Each statement by itself: of two equal ones both are redundant, and one must stay.
RedundancyAnswer redundant_statements(const Policy& policy, PolicyKind kind,
                                      const AnalysisOptions& options = {});

}  // namespace iamcheck
