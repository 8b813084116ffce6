#pragma once

// An answer, and what led to it: positions in the policies, never copies of them.
//
// ```cpp
// iamcheck::Decision decision;  // what `evaluate` returns
// bool allowed = decision.allowed();
// std::string_view why = iamcheck::info(decision.cause).sentence;
// ```

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/condition.h"
#include "iamcheck/decision_kind.h"
#include "iamcheck/truth.h"

namespace iamcheck {

/// A statement of a policy set: positions in `PolicySet::policies()` and `Policy::statements`.
struct StatementRef {
  std::uint32_t policy = 0;
  std::uint32_t statement = 0;
  friend bool operator==(const StatementRef&, const StatementRef&) = default;
};

/// How strongly a principal entry names the caller (S8), weakest first.
enum class PrincipalMatch : std::uint8_t { kNone, kAccount, kSessionRole, kSessionUser, kDirect };
std::string_view to_string(PrincipalMatch match);

/// What led to the answer. One row each in the table behind `info`.
enum class DecisionCause : std::uint8_t {
  kExplicitDeny,         ///< S9.2
  kIdentityAllow,        ///< S9.4: an identity-based policy allows
  kResourceAllow,        ///< S9.4: the resource-based policy allows by itself
  kCrossAccountAllow,    ///< S9.5: both sides allow
  kRootUser,             ///< S9.4: the root user of the resource's account
  kAlwaysAllowed,        ///< S9.1: policies cannot control this call
  kNoAllow,              ///< nothing allows
  kNoScpAllow,           ///< S9.3: a level of the organization has no SCP that allows
  kNoEndpointAllow,      ///< S9.3: the VPC endpoint policy does not allow
  kNoBoundaryAllow,      ///< S9.4: the permissions boundary does not allow
  kNoSessionAllow,       ///< S9.4: the session policy does not allow
  kBlockPublicAccess,    ///< S9.10: S3 Block Public Access restricts a public bucket policy
  kNoIdentityAllow,      ///< the resource-based policy delegates, no identity-based policy allows
  kNoResourceAllow,      ///< S9.5: the other account's resource-based policy does not allow
  kNeedsResourcePolicy,  ///< S9.4: a KMS key or role trust policy must agree
  kFederatedNoSession,   ///< S9.6: GetFederationToken without a session policy
  kOtherPartition,       ///< S1.4
  kProtectedResource,    ///< S9.9: AWS owns this policy, role or alias
  kCredentialKind,       ///< S9.9: these credentials cannot make this call
  kPatternOpen,          ///< S10.3: not known to be the same for all resources of a pattern
  kUnknownKeys,          ///< the answer hangs on unknown keys
};
struct DecisionCauseInfo {
  DecisionCause cause;
  std::string_view name;
  std::string_view rule;
  std::string_view sentence;  ///< for people
};
const DecisionCauseInfo& info(DecisionCause cause);

/// What one condition of a statement came to.
struct ConditionTrace {
  std::uint32_t condition = 0;  ///< position in Statement::conditions
  Truth truth = Truth::kFalse;
  ConditionExplanation explanation;
  std::vector<std::string> unknown_keys;
};

/// Why a statement applied, did not, or may.
struct StatementTrace {
  StatementRef statement;
  bool usable = true;  ///< false: no valid Effect, or a malformed Condition: never matches
  Truth principal = Truth::kTrue;
  Truth action = Truth::kTrue;
  Truth resource = Truth::kTrue;
  Truth truth = Truth::kFalse;  ///< of the whole statement
  PrincipalMatch principal_match = PrincipalMatch::kNone;
  std::vector<ConditionTrace> conditions;
};

/// What one kind of policy came to: one entry for each kind in the set, and for each level of SCPs
/// and RCPs.
struct LayerTrace {
  std::string_view layer;   ///< name of the PolicyKind: `scp`, `identity`, ...
  std::uint32_t level = 0;  ///< SCPs and RCPs: position in `PolicySet::levels`
  /// Why the layer has no say about this request, such as SCPs in the management account; empty: it
  /// has.
  std::string_view exempt;
  Truth allows = Truth::kFalse;
  Truth denies = Truth::kFalse;
  std::optional<StatementRef> allow;  ///< the first statement that allows
  std::optional<StatementRef> deny;   ///< the first statement that denies
};

/// Something about the question that its asker should know; never changes the answer.
struct DecisionWarning {
  std::string code;  ///< `malformed-statement`, `resource-not-an-arn`, ...
  std::string message;
};

struct Decision {
  DecisionKind kind = DecisionKind::kImplicitlyDenied;
  DecisionCause cause = DecisionCause::kNoAllow;
  /// The statement that decided; nothing where none did.
  std::optional<StatementRef> decided_by;
  /// The resource policy's statement in a decision that needs both (S9.5), or an Allow that a Deny
  /// overruled.
  std::optional<StatementRef> also;
  /// Keys that are unknown and may change the answer, sorted. Filled for Undecided.
  std::vector<std::string> missing_context;
  std::vector<DecisionWarning> warnings;
  /// One entry per statement, in order; only with `EvaluateOptions::trace`.
  std::vector<StatementTrace> trace;
  /// In the order in which AWS names the layers (S9.3); only with `EvaluateOptions::trace`.
  std::vector<LayerTrace> layers;

  bool allowed() const { return kind == DecisionKind::kAllowed; }
};

/// The answer to one unit of a call (call.h).
struct UnitDecision {
  std::string action;
  std::string resource;
  /// Keys of the call that AWS does not send with this unit: it was decided without them.
  std::vector<std::string> left_out;
  Decision decision;
  /// What was taken for granted about it and not about every unit, for people.
  std::vector<std::string> assumptions = {};
};

/// The answer to a call of several units: it is allowed only if all of them are (S10.2).
struct CallDecision {
  DecisionKind kind = DecisionKind::kImplicitlyDenied;
  /// That of the deciding unit; of an allowed call that of its first unit.
  DecisionCause cause = DecisionCause::kNoAllow;
  /// Position in `units`: the first one with the answer of the call. Nothing for an allowed call,
  /// which all units decide.
  std::optional<std::size_t> deciding_unit;
  /// Of an Undecided call: the keys that its undecided units hang on, sorted.
  std::vector<std::string> missing_context;
  /// About the call, and what would be said of every unit.
  std::vector<DecisionWarning> warnings;
  /// What was taken for granted about every unit.
  std::vector<std::string> assumptions;
  std::vector<UnitDecision> units;

  bool allowed() const { return kind == DecisionKind::kAllowed; }
};

}  // namespace iamcheck
