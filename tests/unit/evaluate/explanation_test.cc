#include "iamcheck/explanation.h"

#include "asked.h"

using namespace iamcheck;
using iamcheck::test::Asked;
using iamcheck::test::granted_to;
using iamcheck::test::kAlice;
using iamcheck::test::kAllowAll;

namespace {

// The note about the one statement of an identity-based policy that did not decide.
StatementNote missed(const std::string& statement, const std::string& action = "s3:GetObject") {
  const Explanation explanation = Asked(kAlice, action).identity(statement).explained();
  REQUIRE(explanation.others.size() == 1);
  return explanation.others[0];
}

}  // namespace

TEST_CASE("explanation: the sentence names caller, action and resource, and the answer") {
  Asked asked(kAlice, "s3:GetObject");
  CHECK(asked.explained().sentence == "user/alice cannot s3:GetObject on arn:aws:s3:::b/k");
  CHECK(asked.explained().verdict == "denied");
  asked.identity(kAllowAll);
  CHECK(asked.explained().sentence == "user/alice can s3:GetObject on arn:aws:s3:::b/k");
  CHECK(asked.explained().verdict == "allowed");
}

TEST_CASE("explanation: an anonymous caller and a service are called by what they are") {
  CHECK(
      Asked("*anonymous*", "s3:GetObject").explained().sentence.starts_with("an anonymous caller"));
  CHECK(Asked("ec2.amazonaws.com", "s3:GetObject")
            .explained()
            .sentence.starts_with("ec2.amazonaws.com cannot"));
}

TEST_CASE("explanation: the deciding statement points at the resource entry that matched") {
  const Explanation explanation =
      Asked(kAlice, "s3:GetObject")
          .identity(R"({"Sid": "Read", "Effect": "Allow", "Action": ["s3:List*", "s3:Get*"],)"
                    R"( "Resource": ["arn:aws:s3:::other/*", "arn:aws:s3:::b/*"]})")
          .explained();
  REQUIRE(explanation.deciding.size() == 1);
  CHECK(explanation.deciding[0].sid == "Read");
  CHECK(explanation.deciding[0].layer == "identity");
  CHECK(explanation.deciding[0].text == "allowed");
  CHECK(Asked::pointed_at(explanation.deciding[0]) == "\"arn:aws:s3:::b/*\"");
}

TEST_CASE("explanation: an action that does not match is named first and pointed at") {
  const StatementNote note =
      missed(R"({"Effect": "Allow", "Action": "s3:Put*", "Resource": "arn:aws:s3:::other/*"})");
  CHECK(note.text == "does not apply: the action does not match");
  CHECK(Asked::pointed_at(note) == "\"s3:Put*\"");
}

TEST_CASE("explanation: a NotAction that covers the action is the element that failed") {
  const StatementNote note =
      missed(R"({"Effect": "Allow", "NotAction": ["iam:*", "s3:*"], "Resource": "*"})");
  CHECK(note.text == "does not apply: the action does not match");
  CHECK(Asked::pointed_at(note) == R"(["iam:*", "s3:*"])");
}

TEST_CASE("explanation: a resource that does not match is pointed at") {
  const StatementNote note = missed(
      R"({"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::x", "arn:aws:s3:::y"]})");
  CHECK(note.text == "does not apply: the resource does not match");
  CHECK(Asked::pointed_at(note) == R"(["arn:aws:s3:::x", "arn:aws:s3:::y"])");
}

TEST_CASE("explanation: a principal that does not match is pointed at") {
  const Explanation explanation =
      Asked(kAlice, "s3:GetObject").resource(granted_to(R"({"AWS": "444455556666"})")).explained();
  REQUIRE(explanation.others.size() == 1);
  CHECK(explanation.others[0].text == "does not apply: the principal does not match");
  CHECK(explanation.others[0].layer == "resource");
  CHECK(Asked::pointed_at(explanation.others[0]) == R"({"AWS": "444455556666"})");
}

TEST_CASE("explanation: of several conditions the first that failed is named with its key") {
  const StatementNote note = missed(
      R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {)"
      R"("StringEquals": {"aws:username": "alice"}, "Bool": {"aws:SecureTransport": "true"}}})");
  CHECK(note.text.starts_with("does not apply: `Bool` on `aws:SecureTransport` does not hold: "));
  CHECK(note.text.find("the request does not have the key") != std::string::npos);
  CHECK(Asked::pointed_at(note) == "\"aws:SecureTransport\"");
}

TEST_CASE("explanation: a value that differs is told apart from a key that is missing") {
  const StatementNote note = missed(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*",)"
                                    R"( "Condition": {"StringEquals": {"aws:username": "bob"}}})");
  CHECK(note.text.find("does not have the key") == std::string::npos);
  CHECK(note.text.starts_with("does not apply: `StringEquals` on `aws:username` does not hold"));
}

TEST_CASE("explanation: an unreadable statement never applies and says so") {
  const StatementNote note = missed(R"({"Effect": "allow", "Action": "s3:*", "Resource": "*"})");
  CHECK(note.text.starts_with("never applies"));
}

TEST_CASE("explanation: an undecided answer names the keys it hangs on and the open condition") {
  Asked asked(kAlice, "s3:GetObject");
  asked.identity(
      R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:PrincipalTag/team}",)"
      R"( "Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}})");
  asked.fields.context.set_mode(Context::Mode::kAsk);
  const Decision decision = asked.decide(true);
  CHECK(decision.kind == DecisionKind::kUndecided);
  CHECK(decision.missing_context ==
        std::vector<std::string>{"aws:PrincipalTag/team", "aws:SourceIp"});
  const Explanation explanation = asked.explained();
  CHECK(explanation.verdict == "undecided");
  CHECK(explanation.sentence == "user/alice may or may not s3:GetObject on arn:aws:s3:::b/k");
  REQUIRE(explanation.others.size() == 1);
  CHECK(explanation.others[0].text == "may apply: the resource hangs on unknown keys");
}

TEST_CASE("trace: one entry a statement, in order, with the answer of every element") {
  const Decision decision =
      Asked(kAlice, "s3:GetObject")
          .identity(
              R"({"Effect": "Allow", "Action": "s3:Put*", "Resource": "*"},)"
              R"({"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::other"},)" +
              kAllowAll)
          .resource(granted_to("\"" + std::string("*") + "\""))
          .decide(true);
  REQUIRE(decision.trace.size() == 4);
  CHECK(decision.trace[0].action == Truth::kFalse);
  CHECK(decision.trace[0].resource == Truth::kTrue);
  CHECK(decision.trace[1].action == Truth::kTrue);
  CHECK(decision.trace[1].resource == Truth::kFalse);
  CHECK(decision.trace[2].truth == Truth::kTrue);
  CHECK(decision.trace[3].principal_match == PrincipalMatch::kDirect);
  CHECK(decision.trace[3].statement == StatementRef{1, 0});
}

TEST_CASE("trace: without asking there is none, and the decision is the same") {
  const Asked asked = Asked(kAlice, "s3:GetObject").identity(kAllowAll);
  CHECK(asked.decide(false).trace.empty());
  CHECK(asked.decide(false).kind == asked.decide(true).kind);
  CHECK(asked.decide(false).decided_by == asked.decide(true).decided_by);
}

TEST_CASE("trace: an unknown key of a condition is listed with the condition") {
  Asked asked(kAlice, "s3:GetObject");
  asked.identity(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*",)"
                 R"( "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}})");
  asked.fields.context.set_mode(Context::Mode::kAsk);
  const Decision decision = asked.decide(true);
  REQUIRE(decision.trace.size() == 1);
  REQUIRE(decision.trace[0].conditions.size() == 1);
  CHECK(decision.trace[0].conditions[0].truth == Truth::kUnknown);
  CHECK(decision.trace[0].conditions[0].unknown_keys == std::vector<std::string>{"aws:SourceVpce"});
}

TEST_CASE("explanation: the reason why a condition does not hold is its own") {
  const auto miss = [](const std::string& condition, const std::string& value = "") {
    Asked asked =
        Asked(kAlice, "s3:GetObject")
            .identity(R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": )" +
                      condition + "}");
    if (!value.empty()) asked.fields.context.set("a:B", value);
    return asked.explained().others.at(0).text;
  };
  const std::string head = "does not apply: ";
  CHECK(miss(R"({"Bool": {"a:B": "true"}})") ==
        head + "`Bool` on `a:B` does not hold: the request does not have the key");
  CHECK(miss(R"({"Null": {"a:B": "true"}})", "x") ==
        head + "`Null` on `a:B` does not hold: the request has the key");
  CHECK(miss(R"({"Null": {"a:B": "false"}})") ==
        head + "`Null` on `a:B` does not hold: the request does not have the key");
}

TEST_CASE("S9.4: a Deny that the repair of a bucket policy passes by is named") {
  const Asked asked =
      Asked("arn:aws:iam::111122223333:root", "s3:PutBucketPolicy", "arn:aws:s3:::b")
          .resource(R"({"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                                        "Resource": "*"})");
  const Explanation explanation = asked.explained();
  CHECK(explanation.verdict == "allowed");
  REQUIRE(explanation.nearest.size() == 1);
  CHECK(explanation.nearest[0].text.ends_with("explicit deny"));
  CHECK(Asked::pointed_at(explanation.nearest[0]) == "\"Deny\"");
  // Another Allow has nothing to tell.
  CHECK(Asked(kAlice, "s3:GetObject").identity(kAllowAll).explained().nearest.empty());
}
