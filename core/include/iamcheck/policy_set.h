#pragma once

// The policies that decide, compiled once and shared.
//
// ```cpp
// auto policy = iamcheck::parse_policy("ci.json", R"({"Version": "2012-10-17", "Statement":
//     {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})");
// iamcheck::PolicySet set;
// set.add("ci", iamcheck::PolicyKind::kIdentity, *policy);
// ```

#include <cstddef>
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
};

/// Compiled policies. Build it, then only read it: reading is safe from many threads, and copies
/// share.
///
/// Identity-based policies may be many. Resource-based policies (kinds resource and trust) are
/// those of the one resource that is asked about.
class PolicySet {
 public:
  PolicySet();
  ~PolicySet();
  PolicySet(const PolicySet&);
  PolicySet& operator=(const PolicySet&);
  PolicySet(PolicySet&&) noexcept;
  PolicySet& operator=(PolicySet&&) noexcept;

  void add(std::string name, PolicyKind kind, Policy policy);
  void add(AttachedPolicy attached);

  const std::vector<AttachedPolicy>& policies() const { return policies_; }

  /// Opaque to users; the evaluator reads it.
  struct Compiled;
  const std::vector<std::shared_ptr<const Compiled>>& compiled() const { return compiled_; }

 private:
  std::vector<AttachedPolicy> policies_;
  std::vector<std::shared_ptr<const Compiled>> compiled_;
};

}  // namespace iamcheck
