#pragma once

// The elements of a statement in words.

#include <cstddef>
#include <string>
#include <vector>

#include "iamcheck/policy.h"

namespace iamcheck {

/// `s3:GetObject and iam:*`, `every action except iam:*`.
std::string action_words(const Statement& statement);
/// `every resource`, `arn:aws:s3:::b/*`, `every resource except ...`.
std::string resource_words(const Statement& statement, PolicyKind kind);
/// `everyone`, `the account 111122223333 and the service ec2.amazonaws.com`; empty where the kind
/// has no principals.
std::string principal_words(const Statement& statement, PolicyKind kind);
/// One for each condition: `` `aws:SourceIp` is in `192.0.2.0/24` ``.
std::vector<std::string> condition_words(const Statement& statement);

/// `a, b and c`; of more than `most` words the rest is counted.
std::string listed(const std::vector<std::string>& words, std::size_t most = 8);

}  // namespace iamcheck
