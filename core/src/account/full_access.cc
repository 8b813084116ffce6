#include "account/full_access.h"

#include <string>

namespace iamcheck {
namespace {

constexpr std::string_view kScpName = "FullAWSAccess";
constexpr std::string_view kRcpName = "RCPFullAWSAccess";
constexpr std::string_view kScpText =
    R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})";
constexpr std::string_view kRcpText =
    R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", )"
    R"("Action": "*", "Resource": "*"}})";

std::shared_ptr<const Policy> parsed(std::string_view name, std::string_view text) {
  Result<Policy> policy = parse_policy(std::string(name), std::string(text));
  return policy ? std::make_shared<const Policy>(*std::move(policy)) : nullptr;
}

}  // namespace

std::shared_ptr<const Policy> full_access_policy(std::string_view name) {
  static const std::shared_ptr<const Policy> kScp = parsed(kScpName, kScpText);
  static const std::shared_ptr<const Policy> kRcp = parsed(kRcpName, kRcpText);
  if (name == kScpName) return kScp;
  return name == kRcpName ? kRcp : nullptr;
}

}  // namespace iamcheck
