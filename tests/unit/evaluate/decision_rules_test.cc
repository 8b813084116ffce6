// The rules of S9 by their numbers, each with its cause and the statement that decided. Decisions
// alone are covered broadly by tests/conformance and tests/oracle.
#include "asked.h"

using namespace iamcheck;
using iamcheck::test::Asked;
using iamcheck::test::granted_to;
using iamcheck::test::kAlice;
using iamcheck::test::kAllowAll;
using iamcheck::test::kDenyAll;
using iamcheck::test::kKeyArn;
using iamcheck::test::kSession;

namespace {

bool is(const std::optional<StatementRef>& ref, std::uint32_t policy, std::uint32_t statement) {
  return ref == StatementRef{policy, statement};
}

}  // namespace

TEST_CASE("S9.1: policies cannot control GetCallerIdentity, and no statement decides") {
  const Decision decision = Asked(kAlice, "sts:GetCallerIdentity", "*").identity(kDenyAll).decide();
  CHECK(decision.kind == DecisionKind::kAllowed);
  CHECK(decision.cause == DecisionCause::kAlwaysAllowed);
  CHECK_FALSE(decision.decided_by);
}

TEST_CASE("S9.2: the deciding statement of an explicit deny is the first deny that applies") {
  const Decision decision =
      Asked(kAlice, "s3:GetObject")
          .identity(kAllowAll + R"(, {"Effect": "Deny", "Action": "s3:Put*", "Resource": "*"},)" +
                    kDenyAll)
          .resource(granted_to("\"*\""))
          .decide();
  CHECK(decision.kind == DecisionKind::kExplicitlyDenied);
  CHECK(decision.cause == DecisionCause::kExplicitDeny);
  CHECK(is(decision.decided_by, 0, 2));
}

TEST_CASE("S9.4: an identity-based policy allows in the same account") {
  const Decision decision = Asked(kAlice, "s3:GetObject").identity(kAllowAll).decide();
  CHECK(decision.cause == DecisionCause::kIdentityAllow);
  CHECK(is(decision.decided_by, 0, 0));
}

TEST_CASE("S9.4: a resource-based policy that names the user needs no identity-based policy") {
  const Decision decision =
      Asked(kAlice, "s3:GetObject").resource(granted_to("{\"AWS\": \"" + kAlice + "\"}")).decide();
  CHECK(decision.cause == DecisionCause::kResourceAllow);
  CHECK(is(decision.decided_by, 0, 0));
}

TEST_CASE("S9.4: a resource-based policy that names the account only delegates") {
  Asked asked(kAlice, "s3:GetObject");
  asked.resource(granted_to(R"({"AWS": "111122223333"})"));
  CHECK(asked.decide().kind == DecisionKind::kImplicitlyDenied);
  CHECK(asked.cause() == DecisionCause::kNoIdentityAllow);
  CHECK(is(asked.decide().also, 0, 0));
  CHECK(asked.identity(kAllowAll).decide().allowed());
}

TEST_CASE("S9.4: the root user of the account needs no policy, but is denied by one") {
  Asked asked("arn:aws:iam::111122223333:root", "s3:GetObject");
  CHECK(asked.cause() == DecisionCause::kRootUser);
  CHECK(asked.resource(R"({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"})")
            .cause() == DecisionCause::kExplicitDeny);
}

TEST_CASE("S9.4: the root user repairs a bucket policy that locks everyone out") {
  const std::string deny =
      R"({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"})";
  const std::string root = "arn:aws:iam::111122223333:root";
  Asked repair(root, "s3:DeleteBucketPolicy", "arn:aws:s3:::b");
  repair.fields.resource_account = "111122223333";
  CHECK(repair.resource(deny).decide().allowed());
  Asked other(root, "s3:DeleteBucket", "arn:aws:s3:::b");
  other.fields.resource_account = "111122223333";
  CHECK_FALSE(other.resource(deny).decide().allowed());
}

TEST_CASE("S9.4: a KMS key needs its key policy, an alias does not") {
  CHECK(Asked(kAlice, "kms:Decrypt", kKeyArn).identity(kAllowAll).cause() ==
        DecisionCause::kNeedsResourcePolicy);
  CHECK(Asked(kAlice, "kms:Decrypt", kKeyArn)
            .identity(kAllowAll)
            .resource(granted_to(R"({"AWS": "111122223333"})"))
            .decide()
            .allowed());
  CHECK(Asked(kAlice, "kms:CreateAlias", "arn:aws:kms:eu-west-1:111122223333:alias/a")
            .identity(kAllowAll)
            .decide()
            .allowed());
}

TEST_CASE("S9.4: assuming a role needs the trust policy of the role") {
  const std::string role = "arn:aws:iam::111122223333:role/r";
  const std::string trust =
      R"({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"})";
  CHECK(Asked(kAlice, "sts:AssumeRole", role).identity(kAllowAll).cause() ==
        DecisionCause::kNeedsResourcePolicy);
  CHECK_FALSE(Asked(kAlice, "sts:AssumeRole", role).trust(trust).decide().allowed());
  CHECK(Asked(kAlice, "sts:AssumeRole", role).trust(trust).identity(kAllowAll).decide().allowed());
}

TEST_CASE("S9.5: across accounts both sides must allow, and both statements are named") {
  Asked asked(kAlice, "s3:GetObject");
  asked.fields.resource_account = "444455556666";
  CHECK(asked.identity(kAllowAll).cause() == DecisionCause::kNoResourceAllow);
  const Decision decision = asked.resource(granted_to("{\"AWS\": \"" + kAlice + "\"}")).decide();
  CHECK(decision.cause == DecisionCause::kCrossAccountAllow);
  CHECK(is(decision.decided_by, 0, 0));
  CHECK(is(decision.also, 1, 0));
}

TEST_CASE("S9.5: a resource-based policy of another account that names the user is not enough") {
  Asked asked(kAlice, "s3:GetObject");
  asked.fields.resource_account = "444455556666";
  CHECK(asked.resource(granted_to("{\"AWS\": \"" + kAlice + "\"}")).cause() ==
        DecisionCause::kNoIdentityAllow);
}

TEST_CASE("S9.6: a federated user without a session policy gets nothing from identity policies") {
  const std::string federated = "arn:aws:sts::111122223333:federated-user/bob";
  CHECK(Asked(federated, "s3:GetObject").identity(kAllowAll).cause() ==
        DecisionCause::kFederatedNoSession);
  CHECK(Asked(federated, "s3:GetObject")
            .resource(granted_to("{\"AWS\": \"" + federated + "\"}"))
            .decide()
            .allowed());
}

TEST_CASE(
    "S9.7: service principals and anonymous callers live on the resource-based policy alone") {
  const std::string service = R"({"Service": "ec2.amazonaws.com"})";
  CHECK(
      Asked("ec2.amazonaws.com", "s3:GetObject").resource(granted_to(service)).decide().allowed());
  CHECK_FALSE(Asked("ec2.amazonaws.com", "s3:GetObject").identity(kAllowAll).decide().allowed());
  CHECK(Asked("*anonymous*", "s3:GetObject").resource(granted_to("\"*\"")).decide().allowed());
  CHECK_FALSE(
      Asked("*anonymous*", "s3:GetObject").resource(granted_to(service)).decide().allowed());
}

TEST_CASE("S9.9: AWS refuses to change what it owns, whatever the policies allow") {
  CHECK(Asked(kAlice, "iam:DeletePolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess")
            .identity(kAllowAll)
            .cause() == DecisionCause::kProtectedResource);
  CHECK(Asked(kAlice, "kms:UpdateAlias", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3")
            .identity(kAllowAll)
            .cause() == DecisionCause::kProtectedResource);
  CHECK(Asked(kAlice, "iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess")
            .identity(kAllowAll)
            .decide()
            .allowed());
}

TEST_CASE("S9.9: credentials of GetSessionToken cannot call IAM without MFA") {
  Asked asked(kAlice, "iam:ListUsers", "*");
  asked.identity(kAllowAll);
  asked.fields.credential_kind = CredentialKind::kGetSessionToken;
  CHECK(asked.cause() == DecisionCause::kCredentialKind);
  asked.fields.context.set("aws:MultiFactorAuthPresent", "true");
  CHECK(asked.decide().allowed());
}

TEST_CASE("S9.9: the root user cannot assume a role") {
  CHECK(
      Asked("arn:aws:iam::111122223333:root", "sts:AssumeRole", "arn:aws:iam::111122223333:role/r")
          .trust(R"({"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"})")
          .cause() == DecisionCause::kCredentialKind);
}

TEST_CASE("S1.4: another partition is another world") {
  CHECK(Asked(kAlice, "s3:GetObject", "arn:aws-cn:s3:::b/k").identity(kAllowAll).cause() ==
        DecisionCause::kOtherPartition);
}

TEST_CASE("S9: every cause has its row, with a name of its own and the number of its rule") {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(DecisionCause::kUnknownKeys); ++i) {
    const DecisionCauseInfo& row = info(static_cast<DecisionCause>(i));
    CHECK(static_cast<int>(row.cause) == i);
    CHECK(row.rule.starts_with("S"));
    CHECK(std::find(names.begin(), names.end(), row.name) == names.end());
    names.push_back(row.name);
  }
}
