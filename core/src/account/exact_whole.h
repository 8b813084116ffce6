#pragma once

// An exact answer about patterns of resources, those among them that are described one by one.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "account/exact_reach.h"
#include "iamcheck/access.h"

namespace iamcheck {

/// The question about the pattern, and one about each described resource that it leaves out. Not
/// safe for concurrent use.
class ExactWhole {
 public:
  /// As `ExactReach`; `account` stays alive.
  ExactWhole(const Account& account, std::vector<std::string> resources, Context::Mode mode,
             bool anything = false);

  /// As `ExactReach::ask`; `options`: of the question. Described resources on which nothing is
  /// known for certain leave the answer incomplete.
  std::optional<ExactAnswer> ask(const Caller& caller, const AccountQuestion& question,
                                 const AccessOptions& options,
                                 const std::vector<std::string>& actions,
                                 const std::string& actions_written);

 private:
  const Account& account_;
  std::vector<std::string> resources_;
  ExactReach rest_;
  std::vector<std::unique_ptr<ExactReach>> inside_;  // as `rest_.apart()`
  std::size_t asked_ = 0;
};

}  // namespace iamcheck
