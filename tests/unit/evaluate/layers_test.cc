// The layers beside identity-based and resource-based policies (S1.1, S1.2, S9.2-S9.10), one row of
// the rules after the other; the cases of tests/conformance and the comparison with the slow twin
// cover their combinations.
#include "asked.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kAllowS3 = R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})";
const std::string kAllowSqs = R"({"Effect": "Allow", "Action": "sqs:*", "Resource": "*"})";
const std::string kDenyS3 =
    R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"})";
const std::string kForeign = "arn:aws:iam::444455556666:user/bob";

Asked alice_reads() { return Asked(kAlice, "s3:GetObject").identity(kAllowS3); }

}  // namespace

TEST_CASE("S1.1: each level of SCPs must allow, and a level without policies denies") {
  Asked asked = alice_reads();
  asked.policies.add_level(PolicyKind::kScp, "root");
  CHECK(asked.cause() == DecisionCause::kNoScpAllow);
  asked.with(PolicyKind::kScp, kAllowAll);
  CHECK(asked.cause() == DecisionCause::kIdentityAllow);
  asked.policies.add_level(PolicyKind::kScp, "ou");
  asked.with(PolicyKind::kScp, kAllowSqs);
  CHECK(asked.cause() == DecisionCause::kNoScpAllow);
  asked.with(PolicyKind::kScp, kAllowS3);
  CHECK(asked.cause() == DecisionCause::kIdentityAllow);
}

TEST_CASE("S1.2: a level of RCPs allows by itself, and denies by a Deny") {
  Asked asked = alice_reads();
  asked.policies.add_level(PolicyKind::kRcp, "root");
  CHECK(asked.decide().allowed());
  CHECK(asked.with(PolicyKind::kRcp, kDenyS3).cause() == DecisionCause::kExplicitDeny);
}

TEST_CASE("S1.1: more levels than the limit are refused") {
  PolicySet set;
  for (std::size_t i = 0; i < PolicySet::kMaxLevels; ++i)
    REQUIRE(set.add_level(PolicyKind::kScp, "l"));
  CHECK_FALSE(set.add_level(PolicyKind::kScp, "one more"));
  CHECK_FALSE(set.add_level(PolicyKind::kIdentity, "no level at all"));
}

TEST_CASE("S9.3: SCPs spare the management account and service-linked roles") {
  Asked asked = alice_reads().with(PolicyKind::kScp, kDenyAll);
  CHECK(asked.cause() == DecisionCause::kExplicitDeny);
  asked.fields.management_account = "111122223333";
  CHECK(asked.decide().allowed());

  const std::string role = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s";
  Asked linked = Asked(role, "s3:GetObject").identity(kAllowS3).with(PolicyKind::kScp, kDenyAll);
  CHECK(linked.decide().allowed());
  linked.fields.principal_role_arn = "arn:aws:iam::111122223333:role/mine/AWSServiceRoleForX";
  CHECK(linked.cause() == DecisionCause::kExplicitDeny);
}

TEST_CASE("S9.3: RCPs cover only some services, and not the management account's resources") {
  const std::string deny =
      R"({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"})";
  Asked ec2 = Asked(kAlice, "ec2:StopInstances", "*").identity(kAllowAll);
  CHECK(ec2.with(PolicyKind::kRcp, deny).decide().allowed());
  Asked s3 = alice_reads().with(PolicyKind::kRcp, deny);
  s3.fields.resource_account = "111122223333";
  CHECK_FALSE(s3.decide().allowed());
  s3.fields.management_account = "111122223333";
  CHECK(s3.decide().allowed());
}

TEST_CASE("S9.3: an endpoint policy must allow, and its Principal counts") {
  const std::string for_bob = R"({"Effect": "Allow", "Principal": {"AWS": ")" + kForeign +
                              R"("}, "Action": "*", "Resource": "*"})";
  Asked asked = alice_reads().with(PolicyKind::kEndpoint, for_bob);
  CHECK(asked.cause() == DecisionCause::kNoEndpointAllow);
  CHECK(asked.with(PolicyKind::kEndpoint, granted_to("\"*\"")).decide().allowed());
}

TEST_CASE("S9.8: the policy of a gateway endpoint knows everyone and root users only") {
  Asked asked = alice_reads().with(PolicyKind::kEndpoint, granted_to(R"({"AWS": "111122223333"})"));
  CHECK(asked.decide().allowed());
  asked.fields.endpoint_kind = EndpointKind::kGateway;
  CHECK(asked.cause() == DecisionCause::kNoEndpointAllow);
  CHECK(asked.with(PolicyKind::kEndpoint, granted_to("\"*\"")).decide().allowed());
}

TEST_CASE("S9.4: a boundary limits identity-based policies and grants nothing") {
  CHECK(Asked(kAlice, "s3:GetObject").with(PolicyKind::kBoundary, kAllowS3).cause() ==
        DecisionCause::kNoAllow);
  CHECK(alice_reads().with(PolicyKind::kBoundary, kAllowSqs).cause() ==
        DecisionCause::kNoBoundaryAllow);
  CHECK(alice_reads().with(PolicyKind::kBoundary, kAllowS3).decide().allowed());
}

TEST_CASE(
    "S9.4: a resource-based policy that names the session passes boundary and session policy") {
  const auto ask = [](const std::string& named) {
    return Asked(kSession, "s3:GetObject")
        .resource(granted_to(R"({"AWS": ")" + named + R"("})"))
        .with(PolicyKind::kBoundary, kAllowSqs)
        .with(PolicyKind::kSession, kAllowSqs);
  };
  CHECK(ask(kSession).decide().allowed());
  CHECK(ask("arn:aws:iam::111122223333:role/ci").cause() == DecisionCause::kNoBoundaryAllow);
}

TEST_CASE("S9.5: across accounts nothing is passed by") {
  Asked asked = Asked(kForeign, "s3:GetObject")
                    .identity(kAllowS3)
                    .resource(granted_to(R"({"AWS": ")" + kForeign + R"("})"));
  asked.fields.resource_account = "111122223333";
  CHECK(asked.cause() == DecisionCause::kCrossAccountAllow);
  CHECK(asked.with(PolicyKind::kBoundary, kAllowSqs).cause() == DecisionCause::kNoBoundaryAllow);
}

TEST_CASE("S9.6: a federated-user session has what its session policy and its user both allow") {
  const std::string caller = "arn:aws:sts::111122223333:federated-user/f";
  CHECK(Asked(caller, "s3:GetObject").identity(kAllowS3).cause() ==
        DecisionCause::kFederatedNoSession);
  Asked asked = Asked(caller, "s3:GetObject").identity(kAllowS3);
  CHECK(asked.with(PolicyKind::kSession, kAllowS3).decide().allowed());
  CHECK(Asked(caller, "s3:GetObject").with(PolicyKind::kSession, kAllowS3).cause() ==
        DecisionCause::kNoAllow);
}

TEST_CASE("S9.4: an AssumeRoot session has what its task policy allows") {
  Asked asked("arn:aws:iam::111122223333:root", "s3:GetObject");
  asked.fields.credential_kind = CredentialKind::kAssumeRoot;
  CHECK(asked.cause() == DecisionCause::kCredentialKind);
  CHECK(asked.with(PolicyKind::kSession, kAllowS3).decide().allowed());
}

TEST_CASE("S9.4: only guardrails stop the root user who repairs a bucket policy") {
  Asked asked = Asked("arn:aws:iam::111122223333:root", "s3:PutBucketPolicy", "arn:aws:s3:::b")
                    .resource(kDenyS3);
  CHECK(asked.cause() == DecisionCause::kRootUser);
  CHECK(asked.with(PolicyKind::kScp, kDenyAll).cause() == DecisionCause::kExplicitDeny);
}

TEST_CASE("S9.7: services and anonymous callers bring no boundary, session policy or SCP") {
  for (const char* caller : {"*anonymous*", "ec2.amazonaws.com"}) {
    Asked asked = Asked(caller, "s3:GetObject")
                      .resource(granted_to("\"*\""))
                      .with(PolicyKind::kScp, kDenyAll)
                      .with(PolicyKind::kBoundary, kDenyAll)
                      .with(PolicyKind::kSession, kDenyAll);
    CHECK(asked.decide().allowed());
    CHECK_FALSE(asked.with(PolicyKind::kRcp, kDenyS3).decide().allowed());
  }
}

TEST_CASE("S9.10: Block Public Access keeps strangers out of a bucket with a public policy") {
  const std::string tied =
      R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
          "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}})";
  const auto ask = [](const std::string& caller, const std::string& statement) {
    Asked asked = Asked(caller, "s3:GetObject").resource(statement).identity(kAllowS3);
    asked.fields.resource_account = "111122223333";
    asked.fields.s3_block_public_access = true;
    asked.fields.context.set("aws:PrincipalOrgID", "o-1");
    return asked.cause();
  };
  const std::string open = granted_to("\"*\"");
  CHECK(ask("*anonymous*", open) == DecisionCause::kBlockPublicAccess);
  CHECK(ask(kForeign, open) == DecisionCause::kBlockPublicAccess);
  CHECK(ask(kForeign, tied) == DecisionCause::kCrossAccountAllow);
  CHECK(ask(kAlice, open) == DecisionCause::kResourceAllow);
  CHECK(ask("cloudfront.amazonaws.com", open) == DecisionCause::kResourceAllow);
}

TEST_CASE("S9.10: wide networks and variables leave a bucket policy public") {
  const auto is_public = [](const std::string& condition) {
    Asked asked = Asked("*anonymous*", "s3:GetObject")
                      .resource(R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*",
                                    "Resource": "*", "Condition": )" +
                                condition + "}");
    asked.fields.s3_block_public_access = true;
    return asked.cause() == DecisionCause::kBlockPublicAccess;
  };
  CHECK(is_public(R"({"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}})"));
  CHECK_FALSE(is_public(R"({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})"));
  CHECK(is_public(R"({"StringEquals": {"aws:PrincipalAccount": "${aws:PrincipalAccount}"}})"));
  CHECK(is_public(R"({"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}})"));
  CHECK(is_public(R"({"StringEqualsIfExists": {"aws:SourceVpce": "vpce-1"}})"));
  CHECK(is_public(R"({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}})"));
  CHECK_FALSE(is_public(
      R"({"ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:*:111122223333:accesspoint/*"}})"));
}

TEST_CASE("S8.6: NotPrincipal with Deny meets every caller that has a boundary") {
  const std::string deny = R"({"Effect": "Deny", "Action": "*", "Resource": "*", "NotPrincipal":
      {"AWS": [")" + kAlice +
                           R"(", "111122223333"]}})";
  CHECK(alice_reads().resource(deny).decide().allowed());
  CHECK(alice_reads().resource(deny).with(PolicyKind::kBoundary, kAllowAll).cause() ==
        DecisionCause::kExplicitDeny);
}

TEST_CASE("ask mode: keys of a layer that cannot matter are not named") {
  const std::string boundary_by_mfa = R"({"Effect": "Allow", "Action": "*", "Resource": "*",
      "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}})";
  const std::string scp_by_region = R"({"Effect": "Allow", "Action": "*", "Resource": "*",
      "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}})";
  Asked asked = alice_reads()
                    .with(PolicyKind::kBoundary, boundary_by_mfa)
                    .with(PolicyKind::kScp, scp_by_region);
  asked.fields.context.set_mode(Context::Mode::kAsk);
  using Keys = std::vector<std::string>;
  CHECK(asked.decide().missing_context ==
        Keys{"aws:MultiFactorAuthPresent", "aws:RequestedRegion"});
  // Named directly, the user passes the boundary: only the SCP still matters.
  asked.resource(granted_to(R"({"AWS": ")" + kAlice + R"("})"));
  CHECK(asked.decide().missing_context == Keys{"aws:RequestedRegion"});
}

TEST_CASE("layers: the trace says what each kind of policy and each level came to") {
  Asked asked = alice_reads();
  asked.policies.add_level(PolicyKind::kScp, "root");
  asked.with(PolicyKind::kScp, kAllowAll);
  asked.policies.add_level(PolicyKind::kScp, "ou");
  asked.with(PolicyKind::kScp, kAllowSqs);
  const Decision decision = asked.decide(true);
  REQUIRE(decision.layers.size() == 3);
  CHECK(decision.layers[0].layer == "scp");
  CHECK(decision.layers[0].allows == Truth::kTrue);
  CHECK(decision.layers[1].level == 1);
  CHECK(decision.layers[1].allows == Truth::kFalse);
  CHECK(decision.layers[2].layer == "identity");
  CHECK(decision.layers[2].allow == StatementRef{0, 0});
  asked.fields.management_account = "111122223333";
  CHECK(asked.decide(true).layers[0].exempt == "SCPs do not affect the management account");
}

TEST_CASE("S9.10: what is known only at deploy time leaves it open whether a policy is public") {
  Asked asked = Asked("*anonymous*", "s3:GetObject")
                    .resource(R"({"Effect": "Allow", "Principal": "*", "Action": "s3:*",
                        "Resource": "*", "Condition": {"Null": {"aws:username": "true"},
                        "StringNotEqualsIfExists": {"aws:username": "x"},
                        "StringEquals": {"aws:PrincipalOrgID": {"Ref": "Org"}}}})");
  asked.fields.context.set("aws:PrincipalOrgID", "o-1");
  asked.fields.s3_block_public_access = true;
  CHECK(asked.decide().kind == DecisionKind::kUndecided);
}
