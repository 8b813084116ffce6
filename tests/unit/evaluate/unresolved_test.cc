// What CloudFormation fills in later leaves the answer open, where the answer hangs on it.
#include <string>

#include "asked.h"

namespace iamcheck::test {
namespace {

constexpr DecisionKind kOpen = DecisionKind::kUndecided;

DecisionKind asked_identity(const std::string& statements) {
  const Asked asked = Asked(kAlice, "s3:GetObject").identity(statements);
  const DecisionKind kind = asked.decide().kind;
  CHECK(asked.decide(true).kind == kind);
  CHECK(asked.decide().missing_context.empty());
  CHECK_FALSE(asked.explained().sentence.empty());
  return kind;
}

std::string deny(const std::string& members) {
  return kAllowAll + R"(, {"Effect": "Deny", "Action": "s3:*", "Resource": "*", )" + members + "}";
}

}  // namespace

TEST_CASE("an Effect that is known at deploy time may allow and may deny") {
  const std::string open = R"({"Effect": {"Ref": "E"}, "Action": "s3:*", "Resource": "*"})";
  CHECK(asked_identity(open) == kOpen);
  CHECK(asked_identity(kAllowAll + "," + open) == kOpen);
  CHECK(asked_identity(kDenyAll + "," + open) == DecisionKind::kExplicitlyDenied);
  CHECK(asked_identity(kAllowAll +
                       R"(, {"Effect": {"Ref": "E"}, "Action": "ec2:*", "Resource": "*"})") ==
        DecisionKind::kAllowed);
  CHECK(asked_identity(R"({"Effect": {"Ref": "E"}, "NotAction": "s3:*", "Resource": "*"})") ==
        DecisionKind::kImplicitlyDenied);
}

TEST_CASE("a statement that is known at deploy time may say anything") {
  const std::string open = R"({"Fn::If": ["P", {"Effect": "Deny"}, {"Ref": "AWS::NoValue"}]})";
  CHECK(asked_identity(open) == kOpen);
  CHECK(asked_identity(kAllowAll + "," + open) == kOpen);
  CHECK(asked_identity(kDenyAll + "," + open) == DecisionKind::kExplicitlyDenied);
  CHECK(Asked(kAlice, "s3:GetObject").resource(open).decide().kind == kOpen);
  CHECK(Asked(kAlice, "s3:GetObject")
            .identity(kAllowAll)
            .with(PolicyKind::kScp, open)
            .decide()
            .kind == kOpen);
  CHECK(Asked(kAlice, "s3:GetObject").identity(kAllowAll).resource(open).decide().kind == kOpen);
}

TEST_CASE("unresolved actions, resources and conditions leave a statement open") {
  CHECK(asked_identity(R"({"Effect": "Allow", "Action": {"Ref": "A"}, "Resource": "*"})") == kOpen);
  CHECK(asked_identity(
            R"({"Effect": "Allow", "Action": "*", "Resource": {"Fn::GetAtt": ["B", "Arn"]}})") ==
        kOpen);
  CHECK(asked_identity(deny(R"("Condition": {"Fn::If": ["P", {}, {}]})")) == kOpen);
  CHECK(asked_identity(deny(R"("Condition": {"Bool": {"Fn::If": ["P", {}, {}]}})")) == kOpen);
  const std::string team =
      deny(R"("Condition": {"StringEquals": {"aws:PrincipalTag/team": {"Ref": "T"}}})");
  CHECK(asked_identity(team) == DecisionKind::kAllowed);  // the request has no such key
  Asked tagged = Asked(kAlice, "s3:GetObject").identity(team);
  tagged.fields.context.set("aws:PrincipalTag/team", "a");
  CHECK(tagged.decide().kind == kOpen);
}

TEST_CASE("the explanation says that a statement hangs on the deployment") {
  auto note = [](const std::string& statement) {
    const Explanation explanation = Asked(kAlice, "s3:GetObject").identity(statement).explained();
    REQUIRE(explanation.others.size() == 1);
    return explanation.others[0].text + " | " + Asked::pointed_at(explanation.others[0]);
  };
  CHECK(note(R"({"Fn::If": []})") ==
        R"(may apply: it is known only at deploy time | {"Fn::If": []})");
  CHECK(note(R"({"Effect": {"Ref": "E"}, "Action": "*", "Resource": "*"})") ==
        R"(may apply: whether it allows or denies is known only at deploy time | {"Ref": "E"})");
  CHECK(note(R"({"Effect": "Allow", "Action": {"Ref": "A"}, "Resource": "*"})") ==
        R"(may apply: the action is known only at deploy time | {"Ref": "A"})");
  CHECK(note(R"({"Effect": "Allow", "Action": "*", "Resource": {"Ref": "R"}})") ==
        R"(may apply: the resource is known only at deploy time | {"Ref": "R"})");
  CHECK(note(R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Ref": "C"}})") ==
        R"(may apply: the condition is known only at deploy time | {"Ref": "C"})");
}

TEST_CASE("nothing would be allowed if a Deny went away that is not the only one perhaps") {
  auto misses = [](const std::string& more) {
    Asked asked =
        Asked(kAlice, "s3:GetObject")
            .identity(deny(R"("Condition": {"Bool": {"aws:SecureTransport": "false"}})") + more);
    asked.fields.context.set("aws:SecureTransport", "false");
    return asked.explained().nearest.size();
  };
  CHECK(misses("") == 1);
  CHECK(misses(R"(, {"Effect": {"Ref": "E"}, "Action": "s3:*", "Resource": "*"})") == 0);
}

TEST_CASE("an unresolved principal may be anybody") {
  for (const char* principal :
       {R"({"Ref": "P"})", R"({"AWS": {"Fn::Sub": "arn:aws:iam::${A}:root"}})"}) {
    INFO(principal);
    CHECK(Asked(kAlice, "s3:GetObject").resource(granted_to(principal)).decide().kind == kOpen);
  }
}

TEST_CASE("under an unresolved version a variable may be a variable and may be plain text") {
  auto decide = [](const std::string& version, const std::string& resource) {
    auto policy =
        parse_policy("p", R"({"Version": )" + version +
                              R"(, "Statement": {"Effect": "Allow", "Action": "*", "Resource": ")" +
                              resource + "\"}}");
    REQUIRE(policy);
    Asked asked(kAlice, "s3:GetObject");
    asked.policies.add("p", PolicyKind::kIdentity, *std::move(policy));
    return asked.decide().kind;
  };
  CHECK(decide(R"({"Ref": "V"})", "arn:aws:s3:::b/${aws:username}") == kOpen);
  CHECK(decide(R"({"Ref": "V"})", "arn:aws:s3:::b/k") == DecisionKind::kAllowed);
  CHECK(decide(R"("2012-10-17")", "arn:aws:s3:::b/${aws:username}") ==
        DecisionKind::kImplicitlyDenied);
}

}  // namespace iamcheck::test
