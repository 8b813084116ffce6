#pragma once

// What the statements of all policies came to.
//
// A statement may be unknown. Everything unknown is therefore read twice, once as granted
// (optimistic) and once as refused (pessimistic). The combination of layers only gains from an
// Allow and only loses from a Deny, so the two readings bound every case between them.

#include <cstdint>
#include <optional>
#include <vector>

#include "evaluate/statement_match.h"
#include "iamcheck/evaluate.h"

namespace iamcheck {

/// Under one reading. Each `*_allow` is the first statement of its layer that allows.
struct Facts {
  std::optional<StatementRef> deny;  ///< S9.2: of any layer
  /// A Deny that also stops the root user who repairs a bucket policy: of an SCP, an RCP, an
  /// endpoint policy or the task policy of an AssumeRoot session (S9.4).
  std::optional<StatementRef> guard_deny;
  std::optional<StatementRef> identity_allow;
  std::optional<StatementRef> boundary_allow;
  std::optional<StatementRef> session_allow;
  std::optional<StatementRef> endpoint_allow;
  std::optional<StatementRef> resource_allow;             ///< the strongest
  PrincipalMatch resource_match = PrincipalMatch::kNone;  ///< of `resource_allow`
  std::uint64_t scp_levels = 0;                           ///< a bit for each level that allows
  bool refused = false;                                   ///< S9.9
  bool restricted = false;                                ///< S9.10
};

/// A part of the facts that may be read either way by itself.
enum class FactGroup : std::uint8_t {
  kDeny,
  kIdentity,
  kBoundary,
  kSession,
  kEndpoint,
  kResource,
  kRefusal,
  kRestriction,
  kScpLevel0,  ///< and one for each level that follows
};
constexpr std::size_t kFactGroups = static_cast<std::size_t>(FactGroup::kScpLevel0) + 64;

FactGroup group_of(Effect effect, const AttachedPolicy& policy);

/// Fills both readings, statement by statement.
class FactCollector {
 public:
  void add(StatementRef ref, Effect effect, const AttachedPolicy& policy,
           const StatementAnswer& answer);
  void add_refusal(Truth refused);
  void add_restriction(Truth restricted);

  const Facts& optimistic() const { return optimistic_; }
  const Facts& pessimistic() const { return pessimistic_; }
  bool any_unknown() const { return any_unknown_; }
  /// The pessimistic facts, but for `groups`, which are read optimistically.
  Facts mixed(const std::vector<FactGroup>& groups) const;

 private:
  Facts optimistic_;
  Facts pessimistic_;
  bool any_unknown_ = false;
};

}  // namespace iamcheck
