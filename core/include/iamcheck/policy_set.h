#pragma once

// The policies that decide, compiled once and shared.
//
// ```cpp
// auto policy = iamcheck::parse_policy("ci.json", R"({"Version": "2012-10-17", "Statement":
//     {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})");
// iamcheck::PolicySet set;
// set.add("ci", iamcheck::PolicyKind::kIdentity, *policy);
// set.add_level(iamcheck::PolicyKind::kScp, "r-root");  // SCPs lie on levels, root first
// set.add("full", iamcheck::PolicyKind::kScp, *policy);
// ```

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "iamcheck/policy.h"

namespace iamcheck {

/// A policy and what it is attached as.
struct AttachedPolicy {
  std::string name;
  PolicyKind kind = PolicyKind::kIdentity;
  std::shared_ptr<const Policy> policy;
  /// Written by AWS, and known by its name: there is no file of that name to look into.
  bool aws_managed = false;
  /// SCPs and RCPs: position in `PolicySet::levels`. Set by `PolicySet::add`.
  std::uint32_t level = 0;
  /// No wildcard in the first five parts of a Resource crosses a colon, as Access Analyzer's custom
  /// checks read them; else a `*` that ends a part does (S6.1).
  bool component_wise = false;
};

/// Compiled policies. Build it, then only read it: reading is safe from many threads, and copies
/// share.
///
/// Policies of one kind count together: one that allows is enough (S1.3). Resource-based policies
/// (kinds resource and trust), endpoint policies and RCPs are those of the one resource that is
/// asked about; everything else belongs to the principal. SCPs and RCPs lie on levels: the root of
/// the organization, its organizational units, the account. Each level must allow by itself; no
/// level at all means that there is no organization (S1.1).
class PolicySet {
 public:
  /// AWS allows five nested organizational units between root and account; more levels than this
  /// are an error. Source: Organizations User Guide, "Quotas for AWS Organizations".
  static constexpr std::size_t kMaxLevels = 64;

  PolicySet();
  ~PolicySet();
  PolicySet(const PolicySet&);
  PolicySet& operator=(const PolicySet&);
  PolicySet(PolicySet&&) noexcept;
  PolicySet& operator=(PolicySet&&) noexcept;

  /// Opens the next level of SCPs or RCPs, from the root down: `name` is the id of the root, unit
  /// or account. A level without policies denies for SCPs (S1.1) and allows for RCPs (S1.2). False,
  /// and nothing done, above `kMaxLevels`.
  bool add_level(PolicyKind kind, std::string name);
  /// An SCP or RCP goes to the level opened last; without one to a first level called `account`.
  void add(std::string name, PolicyKind kind, Policy policy);
  void add(AttachedPolicy attached);
  /// A policy of another set under a name of its own: it is shared, not compiled again. SCPs and
  /// RCPs go to the level opened last in this set.
  void add_shared(const PolicySet& from, std::size_t position, std::string name);

  const std::vector<AttachedPolicy>& policies() const { return policies_; }
  /// Names of the levels of SCPs or RCPs, root first; empty for other kinds.
  const std::vector<std::string>& levels(PolicyKind kind) const;
  /// Some policy of this kind, or a level of it, was added.
  bool has(PolicyKind kind) const { return (kinds_ >> static_cast<unsigned>(kind) & 1U) != 0; }

  /// Opaque to users; the evaluator reads it.
  struct Compiled;
  const std::vector<std::shared_ptr<const Compiled>>& compiled() const { return compiled_; }

 private:
  void attach(AttachedPolicy attached);

  std::vector<AttachedPolicy> policies_;
  std::vector<std::string> scp_levels_;
  std::vector<std::string> rcp_levels_;
  std::uint8_t kinds_ = 0;  // a bit for each PolicyKind that is present
  std::vector<std::shared_ptr<const Compiled>> compiled_;
};

}  // namespace iamcheck
