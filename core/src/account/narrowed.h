#pragma once

// Questions about many resources at once (S10.3).
//
// AWS decides about one resource. For a question about all that match a pattern, every Resource and
// NotResource entry is replaced by what it says about the pattern: all of it (`*`), none of it
// (left out), or perhaps some (an entry that is known to nobody). The evaluator then answers as
// usual: Allowed and Denied hold for every resource, Undecided leaves it open. Compiled policies
// that say the same about everything are shared; the others are compiled once per pattern.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "evaluate/compiled_policy.h"
#include "iamcheck/policy_set.h"

namespace iamcheck {

/// The policies of a pool as they speak about one pattern. Not safe for concurrent use.
class Narrowing {
 public:
  /// `asked`: an ARN with wildcards, or empty for "any resource at all".
  explicit Narrowing(std::string asked) : asked_(std::move(asked)) {}

  const std::string& asked() const { return asked_; }
  PolicySet apply(const PolicySet& policies);
  /// Resource entries of Allow statements about the request's action that lie inside the pattern
  /// and are narrower than it; sorted. Variables that the request answers are put in.
  static std::vector<std::string> narrower_entries(const PolicySet& policies,
                                                   const std::string& asked,
                                                   const Request& request);

 private:
  std::map<const PolicySet::Compiled*, std::shared_ptr<PolicySet>> narrowed_;
  std::string asked_;
};

/// One resource that the pattern stands for: `*` and `?` become letters of no meaning.
std::string instance_of(std::string_view pattern);

}  // namespace iamcheck
