// What a question takes for granted, and what in it cannot be.
#include <optional>

#include "asked.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

// What was taken for granted of the resource's account.
std::size_t assumed(const Asked& asked) {
  return check_resource_account(asked.policies, Request(asked.fields)).size();
}

std::string wrong_origin(const std::string& principal, const std::string& role,
                         const std::string& issuer = "", const std::string& account = "") {
  RequestFields fields;
  fields.principal = principal;
  fields.principal_role_arn = role;
  fields.issuer_arn = issuer;
  fields.principal_account = account;
  const std::optional<Error> error = check_origin(fields);
  return error ? error->message : "";
}

const std::string kFederated = "arn:aws:sts::111122223333:federated-user/bob";

}  // namespace

TEST_CASE("S9.5: a bucket that counts as the caller's is said where the answer hangs on it") {
  Asked allowed = Asked(kAlice, "s3:GetObject").identity(kAllowAll);
  CHECK(assumed(allowed) == 1);
  allowed.fields.resource_account = "111122223333";
  CHECK(assumed(allowed) == 0);
  CHECK(assumed(Asked(kAlice, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q")
                    .identity(kAllowAll)) == 0);
  // Denied in any account, `*`, what AWS owns, and a caller without an account.
  CHECK(assumed(Asked(kAlice, "s3:GetObject")) == 0);
  CHECK(assumed(Asked(kAlice, "s3:GetObject").identity(kAllowAll).identity(kDenyAll)) == 0);
  CHECK(assumed(Asked(kAlice, "s3:ListAllMyBuckets", "*").identity(kAllowAll)) == 0);
  CHECK(assumed(Asked(kAlice, "iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess")
                    .identity(kAllowAll)) == 0);
  CHECK(assumed(Asked("*anonymous*", "s3:GetObject").resource(granted_to("\"*\""))) == 0);
  // Both accounts allow it: whose the bucket is makes no difference.
  CHECK(assumed(Asked(kAlice, "s3:GetObject")
                    .identity(kAllowAll)
                    .resource(granted_to("{\"AWS\": \"" + kAlice + "\"}"))) == 0);
}

TEST_CASE("S9.5: an answer that hangs on aws:ResourceAccount hangs on whose the bucket is") {
  const std::string condition =
      R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*",
          "Condition": {"StringEquals": {"aws:ResourceAccount": "444455556666"}}})";
  CHECK(assumed(Asked(kAlice, "s3:GetObject").identity(kAllowAll).resource(condition)) == 1);
}

TEST_CASE("origin: the role of a session has its name, account and partition") {
  CHECK(wrong_origin(kSession, "arn:aws:iam::111122223333:role/build/ci").empty());
  CHECK(wrong_origin(kSession, "").empty());
  for (const char* role :
       {"arn:aws:iam::111122223333:role/build/cd", "arn:aws:iam::111122223333:role/ci/x",
        "arn:aws:iam::444455556666:role/build/ci", "arn:aws-cn:iam::111122223333:role/ci"}) {
    INFO(role);
    CHECK(wrong_origin(kSession, role) ==
          "`" + std::string(role) + "` is not the role of the session `" + kSession + "`");
  }
  CHECK(wrong_origin(kSession, kAlice) == "`" + kAlice + "` is no ARN of a role");
  CHECK(wrong_origin(kSession, "ci") == "`ci` is no ARN of a role");
}

TEST_CASE("origin: only a session has a role behind it, and a role itself") {
  const std::string role = "arn:aws:iam::111122223333:role/ci";
  for (const std::string& caller : {kAlice, kFederated, std::string("ec2.amazonaws.com")})
    CHECK(wrong_origin(caller, role).ends_with("which is no session of a role"));
  CHECK(wrong_origin(role, role).empty());
}

TEST_CASE("origin: the issuer of a federated-user session is a user or root of its account") {
  CHECK(wrong_origin(kFederated, "", kAlice).empty());
  CHECK(wrong_origin(kFederated, "", "arn:aws:iam::111122223333:root").empty());
  CHECK(wrong_origin(kFederated, "", "arn:aws:iam::444455556666:user/alice").find("another") !=
        std::string::npos);
  CHECK(wrong_origin(kFederated, "", kSession) == "`" + kSession + "` is no ARN of a user");
  for (const std::string& caller : {kAlice, kSession})
    CHECK(wrong_origin(caller, "", kAlice).ends_with("which is no federated-user session"));
}
