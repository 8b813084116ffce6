#include <optional>
#include <utility>

#include "catch.h"
#include "iamcheck/policy.h"

namespace iamcheck {
namespace {

TEST_CASE("AWS's full access policies are known by name and only in their kind") {
  for (const auto& [name, kind] :
       {std::pair{"FullAWSAccess", PolicyKind::kScp}, {"RCPFullAWSAccess", PolicyKind::kRcp}}) {
    const std::optional<Policy> policy = full_access_policy(name, kind);
    REQUIRE(policy);
    REQUIRE(policy->statements.size() == 1);
    CHECK(policy->diagnostics.empty());
    CHECK(policy->source->name() == name);
    const Statement& statement = policy->statements[0];
    CHECK(statement.effect == Effect::kAllow);
    CHECK(statement.action->values[0].value == "*");
    CHECK(statement.resource->values[0].value == "*");
    CHECK(statement.principal.has_value() == info(kind).requires_principal);
  }
  CHECK_FALSE(full_access_policy("FullAWSAccess", PolicyKind::kRcp));
  CHECK_FALSE(full_access_policy("RCPFullAWSAccess", PolicyKind::kScp));
  CHECK_FALSE(full_access_policy("FullAWSAccess", PolicyKind::kIdentity));
  CHECK_FALSE(full_access_policy("fullawsaccess", PolicyKind::kScp));
}

}  // namespace
}  // namespace iamcheck
