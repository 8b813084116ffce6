#pragma once

// The policies that a command line names.

#include <string>
#include <vector>

#include "iamcheck/policy_set.h"

namespace iamcheck::cli {

/// What the flags of `can` give, one file or name for each use of a flag.
struct PolicyFiles {
  std::vector<std::string> identity;  ///< also AWS managed policies by name or ARN
  std::vector<std::string> resource;  ///< also KMS key policies and role trust policies
  std::vector<std::string> boundary;  ///< also AWS managed policies
  std::vector<std::string> session;   ///< also AWS managed policies
  std::vector<std::string> scp;       ///< `[LEVEL=]FILE`, or FullAWSAccess
  std::vector<std::string> rcp;       ///< `[LEVEL=]FILE`, or RCPFullAWSAccess
  std::vector<std::string> endpoint;

  bool empty() const;
  /// Whether one of them is `-`.
  bool names_stdin() const;
};

/// Reads them all into `set`; what cannot be read is said on standard error. The exit code: 0, or 3
/// when some policy is missing, for a decision without it would be a guess.
int read_policies(const PolicyFiles& files, PolicySet& set);

}  // namespace iamcheck::cli
