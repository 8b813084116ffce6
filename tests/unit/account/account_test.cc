// Reading snapshots, and questions with everything that they know.
#include "iamcheck/account.h"

#include "catch.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

constexpr auto kAllowed = DecisionKind::kAllowed;
constexpr auto kImplicitlyDenied = DecisionKind::kImplicitlyDenied;
constexpr auto kExplicitlyDenied = DecisionKind::kExplicitlyDenied;
constexpr auto kUndecided = DecisionKind::kUndecided;

const std::string kObject = "arn:aws:s3:::b/k";

std::string policy_text(const Account& account, const std::string& who) {
  const AccountQuestion question =
      account.ask(*account.find_principal(who), {.principal = "",
                                                 .principal_account = "",
                                                 .action = "s3:GetObject",
                                                 .resource = kObject,
                                                 .resource_account = "",
                                                 .context = {},
                                                 .principal_role_arn = "",
                                                 .issuer_arn = "",
                                                 .management_account = ""});
  const Policy& policy = *question.policies.policies()[0].policy;
  return std::string(policy.source->slice(policy.statements[0].span));
}

}  // namespace

TEST_CASE("a policy of a dump keeps its place in the dump") {
  const std::string statement_text =
      R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})";
  const Account account =
      read_dump(dump(user("alice", R"({"Statement": [)" + statement_text + "]}")));
  REQUIRE(account.problems().empty());
  CHECK(policy_text(account, "alice") == statement_text);
}

TEST_CASE("a URL-encoded policy is read, and its places are those of the decoded text") {
  const std::string encoded =
      R"("%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGet%2A)"
      R"(%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D")";
  const Account account = read_dump(dump(user("alice", encoded)));
  REQUIRE(account.problems().empty());
  CHECK(policy_text(account, "alice") == R"({"Effect":"Allow","Action":"s3:Get*","Resource":"*"})");
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == kAllowed);
}

TEST_CASE("pages of a dump, in files or one behind the other, are one account") {
  const std::string first = dump(user("alice", allow("s3:*", "*")), "", R"(, "IsTruncated": true)");
  const std::string second =
      dump("", role("ci", trust(R"({"AWS": "111122223333"})"), "{}"), R"(, "IsTruncated": false)");
  for (const auto& account : {Account::read({{"1.json", first}, {"2.json", second}}),
                              Account::read({{"all.json", first + "\n" + second}})}) {
    CHECK(account.principals().size() == 2);
  }
  const Account half = Account::read({{"1.json", first}});
  REQUIRE(half.problems().size() == 1);
  CHECK(half.problems()[0].error.message.find("IsTruncated") != std::string::npos);
}

TEST_CASE("a group's policies and boundaries count for its members") {
  const std::string groups =
      R"(, "GroupDetailList": [{"GroupName": "dev", "Arn": "arn:aws:iam::111122223333:group/dev",
          "GroupPolicyList": [{"PolicyName": "g", "PolicyDocument": )" +
      allow("s3:*", "*") + R"(}]}], "Policies": [{"PolicyName": "cap",
          "Arn": "arn:aws:iam::111122223333:policy/cap", "DefaultVersionId": "v2",
          "PolicyVersionList": [{"VersionId": "v1", "Document": )" +
      allow("*", "*") + R"(}, {"VersionId": "v2", "Document": )" + allow("s3:Get*", "*") + "}]}]";
  const std::string nothing = R"({"Statement": []})";
  const Account account =
      read_dump(dump(user("alice", nothing, R"(, "GroupList": ["dev"], "PermissionsBoundary": {
          "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/cap"})"),
                     "", groups));
  REQUIRE(account.problems().empty());
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == kAllowed);
  CHECK(decide(account, "alice", "s3:PutObject", kObject).cause == DecisionCause::kNoBoundaryAllow);
}

TEST_CASE("an AWS managed policy that the dump does not bring is taken from the catalogue") {
  const Account account =
      read_dump(dump(user("alice", "{\"Statement\": []}", R"(, "AttachedManagedPolicies": [
          {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}])")));
  REQUIRE(account.problems().empty());
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == kAllowed);
}

TEST_CASE("names, ARNs and sessions all name a principal") {
  const std::string path_role =
      R"({"RoleName": "ci", "RoleId": "AROACI", "Arn": "arn:aws:iam::111122223333:role/app/ci",
          "AssumeRolePolicyDocument": )" +
      trust(R"({"AWS": "111122223333"})") + "}";
  const Account account = read_dump(dump(user("alice", "{\"Statement\": []}"), path_role));
  const auto principal = [&](const std::string& text) {
    const Result<Caller> caller = account.find_principal(text);
    return caller ? caller->principal : caller.error().message;
  };
  const std::string role = "arn:aws:iam::111122223333:role/app/ci";
  const std::string session = "arn:aws:sts::111122223333:assumed-role/ci/run7";
  for (const std::string text : {"alice", "user/alice", "arn:aws:iam::111122223333:user/alice"})
    CHECK(principal(text) == user_arn("alice"));
  for (const std::string text :
       {"ci", "role/ci", "role/app/ci", "arn:aws:iam::111122223333:role/app/ci"})
    CHECK(principal(text) == role);
  for (const std::string text : {"assumed-role/ci/run7", "role/ci/run7", "ci/run7",
                                 "arn:aws:sts::111122223333:assumed-role/ci/run7"}) {
    CHECK(principal(text) == session);
    CHECK(account.find_principal(text)->role_arn == role);
  }
  CHECK(principal("ec2.amazonaws.com") == "ec2.amazonaws.com");
  CHECK(principal("444455556666") == "arn:aws:iam::444455556666:root");
}

TEST_CASE("an unknown principal is an error with the nearest name") {
  const Account account = read_dump(dump(user("alice", "{\"Statement\": []}")));
  for (const std::string text : {"alcie", "user/alcie", "arn:aws:iam::111122223333:user/alcie"}) {
    const Result<Caller> caller = account.find_principal(text);
    REQUIRE(!caller);
    CHECK(caller.error().code == ErrorCode::kUnknownName);
    CHECK(caller.error().help == "did you mean `user/alice`?");
  }
}

TEST_CASE("a name of a user and of a role is asked back") {
  const Account account =
      read_dump(dump(user("ci", "{\"Statement\": []}"), role("ci", trust(R"("*")"), "{}")));
  REQUIRE(!account.find_principal("ci"));
  CHECK(account.find_principal("ci").error().code == ErrorCode::kInvalidArgument);
  CHECK(account.find_principal("user/ci"));
}

TEST_CASE("tags and unique ids of the dump are keys of the request") {
  const std::string condition =
      R"(, "Condition": {"StringEquals": {"aws:PrincipalTag/team": "web"},
          "StringLike": {"aws:userid": "AIDAalice"}})";
  const std::string tag = R"(, "Tags": [{"Key": "team", "Value": "web"}])";
  const Account account = read_dump(dump(user("alice", allow("s3:*", "*", condition), tag)));
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == kAllowed);
  SECTION("a value that the asker gives wins") {
    Context other;
    other.set("aws:PrincipalTag/team", "data");
    CHECK(decide(account, "alice", "s3:GetObject", kObject, other).kind == kImplicitlyDenied);
  }
  SECTION("a tag that a user does not have is absent, not unknown, in ask mode") {
    const Account bare = read_dump(dump(user("alice", allow("s3:*", "*", condition))));
    CHECK(decide(bare, "alice", "s3:GetObject", kObject, Context(Context::Mode::kAsk)).kind ==
          kImplicitlyDenied);
  }
}

TEST_CASE("the userid of a session is the role's id and the session's name") {
  const std::string condition = R"(, "Condition": {"StringEquals": {"aws:userid": "AROAci:run7"}})";
  const Account account = read_dump(
      dump("", role("ci", trust(R"({"AWS": "111122223333"})"), allow("s3:*", "*", condition))));
  CHECK(decide(account, "ci/run7", "s3:GetObject", kObject).kind == kAllowed);
  CHECK(decide(account, "ci/other", "s3:GetObject", kObject).kind == kImplicitlyDenied);
  // Without a session's name nobody knows the rest.
  CHECK(decide(account, "ci", "s3:GetObject", kObject).kind == kUndecided);
}

TEST_CASE("a bucket's policy decides about its objects, a table's about its indexes") {
  const std::string resource =
      R"({"arn": "arn:aws:s3:::b", "account": "111122223333", "policy": {"Version": "2012-10-17",
          "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                        "Resource": "arn:aws:s3:::b/secret/*"}}})";
  const Account account =
      Account::read({{"dump.json", dump(user("alice", allow("*", "*")))}, {"b.json", resource}});
  REQUIRE(account.problems().empty());
  CHECK(decide(account, "alice", "s3:GetObject", "arn:aws:s3:::b/secret/x").kind ==
        kExplicitlyDenied);
  CHECK(decide(account, "alice", "s3:GetObject", kObject).kind == kAllowed);
  CHECK(decide(account, "alice", "s3:GetObject", "arn:aws:s3:::bb/secret/x").kind == kAllowed);
}

TEST_CASE("a key whose policy is not in the snapshot leaves the answer open") {
  const std::string key = "arn:aws:kms:eu-west-1:111122223333:key/1";
  const Account account = read_dump(dump(user("alice", allow("kms:*", "*"))));
  CHECK(decide(account, "alice", "kms:Decrypt", key).kind == kUndecided);
}

TEST_CASE("a trust policy decides about becoming the role, and about nothing else") {
  const Account account = read_dump(
      dump(user("alice", allow("iam:PassRole", "*")),
           role("ci", trust(R"({"AWS": ")" + user_arn("alice") + "\"}"), "{\"Statement\": []}")));
  CHECK(decide(account, "alice", "sts:AssumeRole", role_arn("ci")).kind == kAllowed);
  CHECK(decide(account, "alice", "iam:PassRole", role_arn("ci")).kind == kAllowed);
  CHECK(decide(account, "alice", "iam:GetRole", role_arn("ci")).kind == kImplicitlyDenied);
  // However wide its Action is written.
  const std::string wide = R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
      "Principal": {"AWS": ")" +
                           user_arn("alice") + R"("}, "Action": "*"}]})";
  const Account open = read_dump(
      dump(user("alice", "{\"Statement\": []}"), role("ci", wide, "{\"Statement\": []}")));
  CHECK(decide(open, "alice", "sts:AssumeRole", role_arn("ci")).kind == kAllowed);
  CHECK(decide(open, "alice", "iam:GetRole", role_arn("ci")).kind == kImplicitlyDenied);
}

TEST_CASE("account: S10.2 each unit of a call brings the policies and tags of its own resource") {
  const Account account = Account::read(
      {{"dump.json", dump(user("alice", allow("*", "*", R"(, "Condition": {"StringEquals":
            {"aws:ResourceTag/stage": "test"}})")))},
       {"a.json", R"({"arn": "arn:aws:s3:::a", "account": "111122223333", "policy":
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal":
            {"AWS": "arn:aws:iam::111122223333:user/alice"}, "Action": "*", "Resource": "*"}}})"},
       {"b.json", R"({"arn": "arn:aws:s3:::b", "account": "111122223333",
            "tags": {"stage": "test"}, "policy": {"Version": "2012-10-17", "Statement":
            {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::b/k"}}})"}});
  REQUIRE(account.problems().empty());
  const Result<Caller> alice = account.find_principal("alice");
  REQUIRE(alice);
  const auto decide_call_on = [&](std::vector<std::string> resources) {
    Call call;
    for (const std::string& resource : resources) call.units.push_back({"s3:GetObject", resource});
    const auto units = account.ask_call(*alice, call, Catalogue::embedded());
    REQUIRE(units);
    return decide_units(*units, Catalogue::embedded());
  };
  const CallDecision copied = decide_call_on({"arn:aws:s3:::a/k", "arn:aws:s3:::b/k"});
  CHECK(copied.units[0].decision.cause == DecisionCause::kResourceAllow);
  CHECK(copied.kind == DecisionKind::kExplicitlyDenied);
  CHECK(copied.deciding_unit.value_or(9) == 1);
  // The tags of the bucket are those of no other unit.
  const CallDecision tagged = decide_call_on({"arn:aws:s3:::b", "arn:aws:s3:::c"});
  CHECK(tagged.units[0].decision.allowed());
  CHECK(tagged.kind == DecisionKind::kImplicitlyDenied);
  CHECK(tagged.deciding_unit.value_or(9) == 1);
  // Of each unit the same as of the question alone.
  CHECK(decide(account, "alice", "s3:GetObject", "arn:aws:s3:::a/k").cause ==
        copied.units[0].decision.cause);
}
