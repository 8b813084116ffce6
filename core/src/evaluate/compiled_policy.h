#pragma once

// A policy made ready for many questions: actions grouped by service, resources and conditions
// compiled.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/action_index.h"
#include "iamcheck/arn.h"
#include "iamcheck/condition.h"
#include "iamcheck/policy.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/request.h"

namespace iamcheck {

/// The entries of one Action or NotAction element. A question about one service looks only at the
/// entries of that service: ReadOnlyAccess has more than a thousand entries, a service rarely
/// fifty.
class ActionSet {
 public:
  explicit ActionSet(const ListElement& element);

  /// S5: whether some entry matches; unknown when only an entry known at deploy time might.
  Truth matches(const Request& request) const;

  /// Some entry may match actions of any service.
  bool speaks_about_any_service() const { return everything_ || unresolved_; }
  /// The other entries, sorted by service.
  const std::vector<ActionPattern>& entries() const { return entries_; }

 private:
  /// Entries that follow each other and have one service.
  struct Group {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  const std::string& service_of(const Group& group) const {
    return entries_[group.begin].service();
  }

  bool everything_ = false;
  bool unresolved_ = false;
  std::vector<ActionPattern> entries_;  // sorted by service
  std::vector<Group> groups_;
};

/// The entries of one Resource or NotResource element.
class ResourceSet {
 public:
  ResourceSet(const ListElement& element, ResourcePattern::Options options);

  /// S6.1-S6.5: whether some entry matches.
  Truth matches(const Request& request) const;
  /// S6.6: whether every entry is a definite non-match. By effect: an entry that can never be
  /// right, or whose variable has no value, makes an Allow not match and counts as matching nothing
  /// in a Deny.
  Truth excludes(const Request& request, Effect effect) const;
  /// Keys of the variables that decide and are unknown.
  void add_unknown_keys(const Request& request, std::vector<std::string>& keys) const;

 private:
  struct Entry {
    ResourcePattern pattern;
    bool unresolved = false;
  };
  bool everything_ = false;
  std::vector<Entry> entries_;
};

struct CompiledStatement {
  const Statement* statement = nullptr;
  bool usable = false;  ///< a valid or unresolved Effect and, but for a Deny, a readable Condition
  /// A Deny whose Condition cannot be read: reading it as "never" would grant more than was meant,
  /// so it never surely matches and may match.
  bool condition_open = false;
  Effect effect = Effect::kDeny;
  /// The Effect is known only at deploy time. This is then the statement read as an Allow, and
  /// `as_deny` the other reading; neither ever surely matches.
  bool effect_open = false;
  std::shared_ptr<const CompiledStatement> as_deny;
  std::vector<ActionSet> action, not_action;        // none or one
  std::vector<ResourceSet> resource, not_resource;  // none or one
  std::vector<Condition> conditions;
};

struct PolicySet::Compiled {
  PolicyKind kind = PolicyKind::kIdentity;
  std::shared_ptr<const Policy> policy;
  std::vector<CompiledStatement> statements;
  ActionIndex index;
  Truth grants_public_access =
      Truth::kFalse;                    ///< S9.10; false for policies that are not resource-based
  bool tests_token_issue_time = false;  ///< some condition or variable names aws:TokenIssueTime
};

/// S6.4: what an ARN with fewer than six parts means in a policy of this kind.
ShortArnRule short_arn_rule(PolicyKind kind);

std::shared_ptr<const PolicySet::Compiled> compile_policy(const AttachedPolicy& attached);

}  // namespace iamcheck
