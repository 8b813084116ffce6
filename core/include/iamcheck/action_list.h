#pragma once

// From patterns of Action to the actions they stand for, and back.
//
// Expanding follows the evaluator: case does not count, and the service before the colon takes no
// wildcard, but for `*` alone. Minimizing finds few patterns that match exactly the given actions
// of the catalogue and no other of its actions; the result is expanded again with the evaluator's
// own patterns and compared before it is returned. A pattern with a wildcard also matches whatever
// AWS adds under that name later. Source: IAM JSON policy elements: Action.
//
// ```cpp
// const auto& catalogue = iamcheck::Catalogue::embedded();
// auto expanded = iamcheck::expand_actions(catalogue, {"s3:Get*Acl", "s3:Nothing*"});
// // expanded->patterns[1].actions is empty, and .reason says why
// auto small = iamcheck::minimize_actions(catalogue, {"iam:PassRole", "iam:*Role"});
// // small->patterns == {"iam:*Role"}
// ```

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/catalogue.h"
#include "iamcheck/result.h"

namespace iamcheck {

class Policy;
enum class PolicyKind : std::uint8_t;

/// More patterns or actions at once than this are `limit-exceeded`. The largest AWS managed policy
/// has some 1,500.
inline constexpr std::size_t kMaxActionEntries = 50'000;
/// The same for all entries of Action and NotAction of one policy.
inline constexpr std::size_t kMaxPolicyEntries = 20'000;

/// Actions of a catalogue: ranges of their numbers, ascending, that do not touch.
using ActionRanges = std::vector<ActionRange>;
/// How many actions they hold.
std::size_t count(const ActionRanges& ranges);
/// As handles, sorted as the catalogue is: by service, then by name.
std::vector<Action> actions_of(const Catalogue& catalogue, const ActionRanges& ranges);

/// One pattern and what it stands for.
struct ExpandedPattern {
  std::string pattern;  ///< as given
  ActionRanges actions;
  std::string reason;  ///< why it matches nothing, as `there is no service `s4``; else empty
  std::vector<std::string> suggestions;  ///< what may have been meant; only when it matches nothing
};

struct ExpandedActions {
  std::vector<ExpandedPattern> patterns;  ///< in the order given
  ActionRanges actions;                   ///< of all of them
};

/// Errors: `limit-exceeded`.
Result<ExpandedActions> expand_actions(const Catalogue& catalogue,
                                       const std::vector<std::string>& patterns);

/// What a policy's Action and NotAction come to by themselves.
struct PolicyActions {
  /// Those that some Allow statement names, on whatever resource and under whatever condition,
  /// without those that `denied` takes away.
  ActionRanges actions;
  /// Actions that Deny statements take away whatever the request is: on every resource, from
  /// everyone, without a condition.
  std::size_t denied = 0;
  /// Deny statements that were left out of account although they touch some of `actions`, because
  /// they hold for some requests only: their positions in the policy.
  std::vector<std::size_t> partial_denies;
  /// Allow statements with an Action or NotAction that is partly known at deploy time only; what is
  /// known of it was taken.
  std::vector<std::size_t> open_statements;
  /// Entries of Allow statements that match nothing, each once.
  std::vector<ExpandedPattern> unmatched;
};

/// Needs policy.h. `kind` decides what the absence of Resource and of Principal means. Errors:
/// `limit-exceeded`.
Result<PolicyActions> expand_policy(const Catalogue& catalogue, const Policy& policy,
                                    PolicyKind kind);

/// Few patterns for given actions.
struct MinimizedActions {
  /// Sorted; names in the catalogue's case, unknown ones as given.
  std::vector<std::string> patterns;
  std::size_t actions = 0;           ///< of the catalogue, that they cover
  std::vector<std::string> unknown;  ///< given, but not in the catalogue: kept as they are
  /// The search was completed: no shorter list exists of full names and of patterns with a fixed
  /// beginning, a fixed end, both, or a fixed middle. False: it stopped at its bound, and the list
  /// is the best one found.
  bool smallest = true;
};

/// `actions`: names, or patterns, which stand for their actions. Errors: `limit-exceeded`;
/// `internal` if the result does not stand for the same actions, which would be a defect.
Result<MinimizedActions> minimize_actions(const Catalogue& catalogue,
                                          const std::vector<std::string>& actions);

}  // namespace iamcheck
