#include "iamcheck/request.h"

#include "asked.h"

using namespace iamcheck;
using iamcheck::test::Asked;
using iamcheck::test::kAlice;
using iamcheck::test::kAllowAll;
using iamcheck::test::kSession;

namespace {

using Kind = Principal::Kind;

Request request_by(const std::string& principal, CredentialKind credentials = {}) {
  RequestFields fields;
  fields.principal = principal;
  fields.action = "s3:GetObject";
  fields.credential_kind = credentials;
  return Request(fields);
}

// The value of a key; `-` when absent, `?` when unknown.
std::string value(const Request& request, std::string_view key) {
  const ContextValue found = request.context().find(key);
  if (found.state == ContextValue::State::kUnknown) return "?";
  return found.present() ? found.values[0] : "-";
}

std::vector<std::string> warning_codes(const Decision& decision) {
  std::vector<std::string> codes;
  for (const DecisionWarning& warning : decision.warnings) codes.push_back(warning.code);
  return codes;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("principal: each form is told apart, with account, name and session") {
  const Principal user = Principal::parse("arn:aws:iam::111122223333:user/dev/team/alice");
  CHECK(user.kind == Kind::kUser);
  CHECK(user.account == "111122223333");
  CHECK(user.name == "alice");
  const Principal session = Principal::parse(kSession);
  CHECK(session.kind == Kind::kRoleSession);
  CHECK(session.name == "ci");
  CHECK(session.session == "run7");
  CHECK(Principal::parse("arn:aws:iam::111122223333:role/p/ci").name == "ci");
  CHECK(Principal::parse("arn:aws:sts::111122223333:federated-user/bob").kind ==
        Kind::kFederatedSession);
  CHECK(Principal::parse("arn:aws:iam::111122223333:root").kind == Kind::kRoot);
  CHECK(Principal::parse("111122223333").kind == Kind::kRoot);
  CHECK(Principal::parse("ec2.amazonaws.com").kind == Kind::kService);
  CHECK(Principal::parse("token.actions.githubusercontent.com").kind == Kind::kFederatedIdentity);
  CHECK(Principal::parse("arn:aws:iam::111122223333:saml-provider/x").kind ==
        Kind::kFederatedIdentity);
  CHECK(Principal::parse("*anonymous*").kind == Kind::kAnonymous);
}

TEST_CASE("principal: what can call nothing is recognised as such") {
  for (const char* text : {"", "*", "alice", "arn:aws:iam::111122223333:group/g", "arn:aws:s3:::b",
                           "arn:aws:sts::111122223333:assumed-role/ci", "1111"}) {
    INFO(text);
    CHECK(Principal::parse(text).kind == Kind::kOther);
  }
}

TEST_CASE("S10.1: what follows from a user") {
  const Request request = request_by(kAlice);
  CHECK(value(request, "aws:PrincipalArn") == kAlice);
  CHECK(value(request, "aws:PrincipalAccount") == "111122223333");
  CHECK(value(request, "aws:PrincipalType") == "User");
  CHECK(value(request, "aws:username") == "alice");
  CHECK(value(request, "aws:userid") == "?");
  CHECK(value(request, "aws:PrincipalIsAWSService") == "false");
}

TEST_CASE("S10.1: a session's PrincipalArn is that of its role, with the path when it is given") {
  CHECK(value(request_by(kSession), "aws:PrincipalArn") == "arn:aws:iam::111122223333:role/ci");
  CHECK(value(request_by(kSession), "aws:username") == "-");
  RequestFields fields;
  fields.principal = kSession;
  fields.principal_role_arn = "arn:aws:iam::111122223333:role/build/ci";
  CHECK(value(Request(fields), "aws:PrincipalArn") == "arn:aws:iam::111122223333:role/build/ci");
}

TEST_CASE("S10.1: an anonymous caller is called so, and has no ARN") {
  const Request request = request_by("*anonymous*");
  CHECK(value(request, "aws:PrincipalAccount") == "anonymous");
  CHECK(value(request, "aws:PrincipalType") == "Anonymous");
  CHECK(value(request, "aws:PrincipalArn") == "-");
}

TEST_CASE("S10.1: a service principal") {
  const Request request = request_by("ec2.amazonaws.com");
  CHECK(value(request, "aws:PrincipalIsAWSService") == "true");
  CHECK(value(request, "aws:PrincipalServiceName") == "ec2.amazonaws.com");
  CHECK(value(request, "aws:PrincipalAccount") == "-");
}

TEST_CASE("S10.1: a value that was given wins over what follows") {
  RequestFields fields;
  fields.principal = kAlice;
  fields.context.set("AWS:UserName", "bob");
  fields.context.set_absent("aws:PrincipalType");
  const Request request(fields);
  CHECK(value(request, "aws:username") == "bob");
  CHECK(value(request, "aws:PrincipalType") == "-");
}

TEST_CASE("S10.1: MultiFactorAuthPresent depends on the kind of credentials") {
  auto mfa = [](CredentialKind kind) {
    return value(request_by(kAlice, kind), "aws:MultiFactorAuthPresent");
  };
  CHECK(mfa(CredentialKind::kGetSessionToken) == "false");
  CHECK(mfa(CredentialKind::kConsole) == "false");
  CHECK(mfa(CredentialKind::kLongTerm) == "-");
}

TEST_CASE("request: the resource's account comes from its ARN, then from the principal") {
  auto account = [](const std::string& resource, const std::string& given = "") {
    RequestFields fields;
    fields.principal = kAlice;
    fields.resource = resource;
    fields.resource_account = given;
    return Request(fields).resource_account();
  };
  CHECK(account("arn:aws:sqs:eu-west-1:444455556666:q") == "444455556666");
  CHECK(account("arn:aws:s3:::b") == "111122223333");
  CHECK(account("arn:aws:s3:::b", "777788889999") == "777788889999");
  CHECK(account("arn:aws:iam::aws:policy/ReadOnlyAccess") == "111122223333");
}

TEST_CASE("S6.5: ListAllMyBuckets on a star is asked on the ARN of all buckets") {
  RequestFields fields;
  fields.principal = kAlice;
  fields.action = "S3:listallmybuckets";
  CHECK(Request(fields).resource() == "arn:aws:s3:::*");
  fields.action = "s3:ListBucket";
  CHECK(Request(fields).resource() == "*");
}

TEST_CASE("credential kinds: every name is read back") {
  for (int i = 0; i <= static_cast<int>(CredentialKind::kService); ++i) {
    const auto kind = static_cast<CredentialKind>(i);
    CHECK(credential_kind_from(to_string(kind)) == kind);
  }
  CHECK_FALSE(credential_kind_from("longterm").has_value());
}

TEST_CASE("warnings: a question that cannot mean what it says is answered and warned about") {
  CHECK(warning_codes(Asked("alice", "s3:GetObject").decide()) == Codes{"unrecognised-principal"});
  CHECK(warning_codes(Asked(kAlice, "GetObject").decide()) == Codes{"malformed-action"});
  CHECK(warning_codes(Asked(kAlice, "s3:GetObject", "bucket/key").decide()) ==
        Codes{"resource-not-an-arn"});
  CHECK(warning_codes(Asked(kAlice, "s3:GetObject", "*").decide()).empty());
}

TEST_CASE("warnings: an identity-based policy of a caller that has none is left out and said so") {
  const Decision decision = Asked("*anonymous*", "s3:GetObject").identity(kAllowAll).decide();
  CHECK_FALSE(decision.allowed());
  CHECK(warning_codes(decision) == Codes{"policy-left-out"});
}

TEST_CASE("warnings: a statement that can never match is said so, and the others still count") {
  const Decision decision =
      Asked(kAlice, "s3:GetObject")
          .identity(R"({"Effect": "Permit", "Action": "*", "Resource": "*"},)" + kAllowAll)
          .decide();
  CHECK(decision.allowed());
  REQUIRE(warning_codes(decision) == Codes{"malformed-statement"});
  CHECK(decision.warnings[0].message.find("statement 0") != std::string::npos);
}
