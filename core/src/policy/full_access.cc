// The policies with which an organization begins.
#include <utility>

#include "iamcheck/policy.h"

namespace iamcheck {
namespace {

constexpr std::string_view kFullAccess = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "*",
      "Resource": "*"
    }
  ]
})";

constexpr std::string_view kFullAccessToResources = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "*",
      "Resource": "*"
    }
  ]
})";

}  // namespace

std::optional<Policy> full_access_policy(std::string_view name, PolicyKind kind) {
  std::string_view text;
  if (kind == PolicyKind::kScp && name == "FullAWSAccess") text = kFullAccess;
  if (kind == PolicyKind::kRcp && name == "RCPFullAWSAccess") text = kFullAccessToResources;
  if (text.empty()) return std::nullopt;
  Result<Policy> policy = parse_policy(std::string(name), std::string(text));
  if (!policy) return std::nullopt;
  return *std::move(policy);
}

}  // namespace iamcheck
