// organization.json: levels, keys, gaps.
#include "catch.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kObject = "arn:aws:s3:::b/k";

Account with_organization(const std::string& unit_scps, const std::string& condition = "",
                          const std::string& management = "999999999999") {
  const std::string organization =
      R"({"id": "o-1", "managementAccount": ")" + management +
      R"(", "root": {"id": "r-1", "serviceControlPolicies": ["FullAWSAccess"], "units": [
          {"id": "ou-1")" +
      unit_scps + R"(, "accounts": [{"id": "111122223333",
          "serviceControlPolicies": ["FullAWSAccess"]}]}]}})";
  return Account::read({{"a/dump.json", dump(user("alice", allow("s3:*", "*", condition)))},
                        {"a/organization.json", organization},
                        {"a/policies/no-put.json", statement("Deny", "s3:Put*", "*")}});
}

}  // namespace

TEST_CASE("SCPs lie on the levels from the root to the account") {
  const Account account =
      with_organization(R"(, "serviceControlPolicies": ["FullAWSAccess", "policies/no-put.json"])");
  CHECK(account.problems().empty());
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kAllowed);
  CHECK(decide(account, "alice", "s3:PutObject", kObject).kind == DecisionKind::kExplicitlyDenied);
}

TEST_CASE("a level whose list of SCPs is empty denies (S1.1)") {
  const Account account = with_organization(R"(, "serviceControlPolicies": [])");
  CHECK(decide(account, "alice", "s3:GetObject", kObject).cause == DecisionCause::kNoScpAllow);
}

TEST_CASE("a level that says nothing while others do is a gap, and leaves the answer open") {
  const Account account = with_organization("");
  REQUIRE(!account.problems().empty());
  CHECK(account.problems()[0].error.message.find("`ou-1`") != std::string::npos);
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kUndecided);
}

TEST_CASE("SCPs have no effect in the management account (S9.3)") {
  const Account account =
      with_organization(R"(, "serviceControlPolicies": [])", "", "111122223333");
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kAllowed);
}

TEST_CASE("the organization's id and paths are keys, unknown where no file tells them") {
  const std::string condition =
      R"(, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"},
          "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-1/r-1/ou-1/"}})";
  const Account account =
      with_organization(R"(, "serviceControlPolicies": ["FullAWSAccess"])", condition);
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kAllowed);
  const Account alone = read_dump(dump(user("alice", allow("s3:*", "*", condition))));
  const Decision open = decide(alone, "alice", "s3:GetObject", kObject);
  CHECK(open.kind == DecisionKind::kUndecided);
  CHECK(open.missing_context ==
        std::vector<std::string>{"aws:PrincipalOrgID", "aws:PrincipalOrgPaths"});
}

TEST_CASE("a policy file that does not exist leaves the answer open") {
  const Account account =
      with_organization(R"(, "serviceControlPolicies": ["FullAWSAccess", "policies/gone.json"])");
  REQUIRE(!account.problems().empty());
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kUndecided);
}

TEST_CASE("an endpoint's policy counts for requests that come through it") {
  const std::string endpoint =
      R"([{"vpcEndpoint": "vpce-1", "kind": "gateway", "policy": {"Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*",
                        "Resource": "arn:aws:s3:::other/*"}}}])";
  const Account account = Account::read(
      {{"dump.json", dump(user("alice", allow("s3:*", "*")))}, {"endpoints.json", endpoint}});
  REQUIRE(account.problems().empty());
  Context through;
  through.set("aws:SourceVpce", "vpce-1");
  CHECK(decide(account, "alice", "s3:GetObject", kObject, through).cause ==
        DecisionCause::kNoEndpointAllow);
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == DecisionKind::kAllowed);
}
