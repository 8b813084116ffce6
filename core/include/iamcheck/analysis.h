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

#include "iamcheck/access_answer.h"
#include "iamcheck/policy_set.h"

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
  /// Only requests that the embedded catalogue has count: an action that exists, on a resource of
  /// its own types, with the keys that AWS lists for it and the global ones. The answer is then as
  /// old as the catalogue, and says its date.
  bool catalogued = false;
  /// Only callers whose own keys follow from them count: aws:PrincipalArn, aws:PrincipalAccount,
  /// aws:PrincipalType and aws:username. `catalogued` implies it.
  bool real_callers = false;
  /// Ends the question early, with UNKNOWN.
  std::stop_token stop = {};
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

/// Whether the policy allows none of the requests that the statements of `forbidden` allow. Its
/// Denies are exceptions; a Resource or Principal that it leaves out means all. `reasons` and
/// `added` speak of the statements of `policy`.
AccessAnswer forbidden_access(const Policy& policy, const Policy& forbidden, PolicyKind kind,
                              const AnalysisOptions& options = {});

/// Whether a resource-based policy or trust policy lets in only callers that it names for certain.
AccessAnswer no_public_access(const Policy& policy, PolicyKind kind,
                              const AnalysisOptions& options = {});
/// The 26 values of `AWS::...` that CheckNoPublicAccess takes; nothing for another.
std::optional<PolicyKind> public_access_kind(std::string_view resource_type);
std::span<const std::string_view> public_access_types();

/// The values of keys about which the request knows nothing (ask mode) that make the decision
/// "allowed", as conditions in the words of the policies. Each way was confirmed by the evaluator
/// for values of its own. Empty for a request that nothing makes allowed. May find
/// too little for root users (`complete` is then false), for sessions of GetFederationToken and
/// across accounts, where rules of AWS decide that no policy states (S9.4 to S9.6).
AllowedIf allowed_if(const PolicySet& policies, const Request& request,
                     const AnalysisOptions& options = {});

/// Each statement by itself: of two equal ones both are redundant, and one must stay.
RedundancyAnswer redundant_statements(const Policy& policy, PolicyKind kind,
                                      const AnalysisOptions& options = {});

/// Whether it is proved that no request meets all of the conditions, whatever it is about.
/// `version`: of the policy they stand in, which decides what variables are.
bool contradict_each_other(std::span<const ConditionEntry> conditions,
                           const std::optional<Text>& version, const AnalysisOptions& options = {});

/// What each statement is good for, by index. All that are not needed can go together, and every
/// decision stays as it is, also of a resource-based policy that names the same callers in two ways
/// (S9.4). The limits hold for the whole document.
std::vector<StatementUse> statement_uses(const Policy& policy, PolicyKind kind,
                                         const AnalysisOptions& options = {});

}  // namespace iamcheck
