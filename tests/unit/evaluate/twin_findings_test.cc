// What the comparison with the slow twin (tests/oracle) once found, kept as examples.
#include "asked.h"

using namespace iamcheck;
using iamcheck::test::Asked;
using iamcheck::test::granted_to;
using iamcheck::test::kAlice;
using iamcheck::test::kAllowAll;

namespace {

const std::string kProvider = "arn:aws:iam::111122223333:saml-provider/idp";

Asked with_condition(const std::string& principal, const std::string& condition) {
  Asked asked(principal, "s3:GetObject");
  asked.resource(R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Condition": )" +
                 condition + "}");
  return asked;
}

// RestrictPublicBuckets, a caller of another account, a bucket policy open under this condition.
bool is_restricted(const std::string& condition) {
  Asked asked = with_condition(kAlice, condition);
  asked.identity(kAllowAll);
  asked.fields.resource_account = "999988887777";
  asked.fields.s3_block_public_access = true;
  return asked.cause() == DecisionCause::kBlockPublicAccess;
}

}  // namespace

TEST_CASE("S9.1: an identity of another provider has no credentials for GetCallerIdentity") {
  CHECK_FALSE(Asked(kProvider, "sts:GetCallerIdentity", "*").decide().allowed());
  CHECK(Asked(kAlice, "sts:GetCallerIdentity", "*").decide().allowed());
}

TEST_CASE("S9.4: the root user of another partition repairs no bucket policy") {
  const std::string deny = R"({"Effect": "Deny", "Principal": "*", "Action": "*"})";
  Asked own("arn:aws:iam::111122223333:root", "s3:PutBucketPolicy", "arn:aws:s3:::b");
  CHECK(own.resource(deny).decide().allowed());
  Asked other("arn:aws-cn:iam::111122223333:root", "s3:PutBucketPolicy", "arn:aws:s3:::b");
  CHECK(other.resource(deny).decide().kind == DecisionKind::kExplicitlyDenied);
}

TEST_CASE("S9.8: NotPrincipal means the same at every kind of endpoint") {
  for (const EndpointKind kind : {EndpointKind::kInterface, EndpointKind::kGateway}) {
    Asked asked(kAlice, "s3:GetObject");
    asked.identity(kAllowAll).with(PolicyKind::kEndpoint,
                                   R"({"Effect": "Allow", "NotPrincipal": {"AWS": ")" + kAlice +
                                       R"("}, "Action": "*", "Resource": "*"})");
    asked.fields.endpoint_kind = kind;
    CHECK(asked.cause() == DecisionCause::kNoEndpointAllow);
  }
}

TEST_CASE("S9.10: a wildcard is no fixed value, but in the name of an access point") {
  CHECK(is_restricted("{}"));
  CHECK(is_restricted(R"({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}})"));
  CHECK_FALSE(
      is_restricted(R"({"ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t"}})"));
  CHECK_FALSE(is_restricted(
      R"({"StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:*:111122223333:accesspoint/*"}})"));
  CHECK(is_restricted(
      R"({"StringLike": {"s3:DataAccessPointArn": "arn:aws:s3:*:*:accesspoint/*"}})"));
}

TEST_CASE("S10.1: only requests signed with AWS credentials tell whether a service calls") {
  const std::string negated = R"({"Bool": {"aws:PrincipalIsAWSService": "false"}})";
  CHECK(with_condition(kAlice, negated).decide().allowed());
  CHECK_FALSE(with_condition(kProvider, negated).decide().allowed());
}

TEST_CASE("S10.1: credentials of another kind are known not to come from AssumeRoot") {
  Asked asked = with_condition(kAlice, R"({"Bool": {"aws:AssumedRoot": "true"}})");
  asked.fields.context.set_mode(Context::Mode::kAsk);
  CHECK(asked.decide().kind == DecisionKind::kUndecided);
  asked.fields.credential_kind = CredentialKind::kLongTerm;
  CHECK(asked.decide().kind == DecisionKind::kImplicitlyDenied);
  asked.fields.credential_kind = CredentialKind::kAssumeRoot;
  CHECK(asked.decide().allowed());
}

TEST_CASE("S7: Bool with a variable that stands for no boolean is false, whatever the key is") {
  Asked asked = with_condition(kAlice, R"({"Bool": {"ctx:unknown": "${aws:username}"}})");
  asked.fields.context.set_mode(Context::Mode::kAsk);
  CHECK(asked.decide().kind == DecisionKind::kImplicitlyDenied);
}
