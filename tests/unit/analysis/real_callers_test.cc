// Keys that AWS sets from who calls: with real callers they do not vary by themselves.
#include <algorithm>
#include <random>
#include <string>

#include "attack_world.h"
#include "catch.h"
#include "iamcheck/analysis.h"
#include "iamcheck/evaluate.h"

namespace iamcheck {
namespace {

using small_world::grants;

std::string allow(const std::string& principal, const std::string& condition = "") {
  std::string text = R"({"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*")";
  if (!principal.empty()) text += R"(, "Principal": {"AWS": ")" + principal + "\"}";
  if (!condition.empty()) text += R"(, "Condition": {)" + condition + "}";
  return text + "}";
}
std::string deny(const std::string& condition, bool principal = true) {
  return std::string(R"({"Effect": "Deny", "Action": "*", "Resource": "*", )") +
         (principal ? R"("Principal": "*", )" : "") + R"("Condition": {)" + condition + "}}";
}

AccessAnswer compare(const std::string& before, const std::string& after, PolicyKind kind,
                     bool real) {
  const auto parse = [](const std::string& statements) {
    auto policy =
        parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
    REQUIRE(policy);
    return *policy;
  };
  AnalysisOptions options;
  options.real_callers = real;
  return no_new_access(parse(before), parse(after), kind, options);
}

// Whether a Deny under the condition takes anything away from the Allow.
bool narrows(const std::string& principal, const std::string& condition, bool real = true) {
  const PolicyKind kind = principal.empty() ? PolicyKind::kIdentity : PolicyKind::kResource;
  const std::string own = allow(principal);
  const AccessAnswer answer =
      compare(own + "," + deny(condition, !principal.empty()), own, kind, real);
  CHECK(answer.verdict != Verdict::kUnknown);
  CHECK(answer.verdict != Verdict::kFailPossible);
  return answer.verdict == Verdict::kFailConfirmed;
}

constexpr const char* kRoot = "arn:aws:iam::111122223333:root";
constexpr const char* kUser = "arn:aws:iam::111122223333:user/ana";
constexpr const char* kRole = "arn:aws:iam::111122223333:role/ci";

std::string when(const std::string& op, const std::string& key, const std::string& value) {
  return "\"" + op + "\": {\"" + key + "\": \"" + value + "\"}";
}

TEST_CASE("aws:PrincipalAccount is the account of the caller") {
  const std::string other = when("StringNotEquals", "aws:PrincipalAccount", "111122223333");
  for (const char* caller : {kRoot, kUser, kRole}) {
    INFO(caller);
    CHECK_FALSE(narrows(caller, other));
    CHECK(narrows(caller, other, false));
    CHECK(narrows(caller, when("StringEquals", "aws:PrincipalAccount", "111122223333")));
  }
  CHECK(narrows("*", other));
  CHECK(narrows("*", when("StringEquals", "aws:PrincipalAccount", "222233334444")));
  CHECK_FALSE(narrows(kRoot, when("StringEquals", "aws:PrincipalAccount", "222233334444")));
  CHECK_FALSE(narrows(kUser, when("Null", "aws:PrincipalAccount", "true")));
}

TEST_CASE("aws:PrincipalArn is the ARN of the user or role") {
  // A session that the user got from GetFederationToken goes by its own ARN.
  const std::string user_or_federated = R"("ArnNotLike": {"aws:PrincipalArn": [")" +
                                        std::string(kUser) +
                                        R"(", "arn:aws:sts::111122223333:federated-user/*"]})";
  CHECK_FALSE(narrows(kUser, user_or_federated));
  CHECK(narrows(kUser, when("ArnNotLike", "aws:PrincipalArn", kUser)));
  CHECK_FALSE(narrows(kUser, when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/bob")));
  CHECK(narrows(kUser, when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/a*")));
  CHECK_FALSE(narrows(kRole, when("ArnLike", "aws:PrincipalArn", kUser)));
  CHECK(narrows(kRole, when("ArnEquals", "aws:PrincipalArn", kRole)));
  CHECK(narrows("arn:aws:sts::111122223333:assumed-role/ci/s",
                when("ArnEquals", "aws:PrincipalArn", kRole)));
  CHECK_FALSE(narrows(
      "arn:aws:sts::111122223333:assumed-role/ci/s",
      when("ArnEquals", "aws:PrincipalArn", "arn:aws:sts::111122223333:assumed-role/ci/s")));
  CHECK(narrows(kRoot, when("ArnEquals", "aws:PrincipalArn", kUser)));
  CHECK(narrows(kRoot, when("ArnEquals", "aws:PrincipalArn", kRoot)));
  CHECK_FALSE(narrows(kRoot, when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::222233334444:*")));
  CHECK(narrows("*", when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::222233334444:role/x")));
}

TEST_CASE("aws:PrincipalType and aws:username say what the caller is") {
  CHECK_FALSE(
      narrows(kUser, R"("StringNotEquals": {"aws:PrincipalType": ["User", "FederatedUser"]})"));
  CHECK(narrows(kUser, when("StringNotEquals", "aws:PrincipalType", "User")));
  CHECK_FALSE(narrows(kRole, when("StringEquals", "aws:PrincipalType", "User")));
  CHECK(narrows(kRoot, when("StringEquals", "aws:PrincipalType", "AssumedRole")));
  CHECK_FALSE(narrows(kUser, when("Null", "aws:username", "true") + "," +
                                 when("StringEquals", "aws:PrincipalType", "User")));
  CHECK_FALSE(narrows(kRole, when("Null", "aws:username", "false")));
  CHECK(narrows("*", when("Null", "aws:username", "false")));
}

TEST_CASE("identity-based policies: some user or role calls") {
  CHECK_FALSE(narrows("", when("Null", "aws:PrincipalArn", "true")));
  CHECK(narrows("", when("Null", "aws:PrincipalArn", "true"), false));
  CHECK(narrows("", when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::222233334444:role/x")));
  // One caller has both keys.
  CHECK_FALSE(narrows("", when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/x") +
                              "," + when("StringEquals", "aws:PrincipalType", "User")));
}

TEST_CASE("a request that shows new access has a caller whose keys are its own") {
  const AccessAnswer answer =
      compare(allow("*", when("StringEquals", "aws:PrincipalAccount", "222233334444")),
              allow("*", when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::333344445555:role/*")),
              PolicyKind::kResource, true);
  REQUIRE(answer.verdict == Verdict::kFailConfirmed);
  REQUIRE(answer.witness);
  RequestFields plain = *answer.witness;
  const Request given(plain);
  plain.context = Context();
  const Request derived(std::move(plain));
  for (const char* key : {"aws:PrincipalArn", "aws:PrincipalAccount"}) {
    INFO(key);
    const auto a = given.context().find(ContextKey(key));
    const auto b = derived.context().find(ContextKey(key));
    CHECK(std::ranges::equal(a.values, b.values));
  }
}

// Random pairs, each attacked by every caller of a small world, with the keys that follow from it.
TEST_CASE("what passes for real callers, no real caller gets") {
  const std::vector<std::string> principals = {"*",
                                               kRoot,
                                               kUser,
                                               kRole,
                                               "arn:aws:sts::111122223333:assumed-role/ci/s",
                                               "arn:aws:iam::222233334444:root",
                                               "arn:aws:sts::111122223333:federated-user/fed"};
  const std::vector<std::string> conditions = {
      when("StringEquals", "aws:PrincipalAccount", "111122223333"),
      when("StringNotEquals", "aws:PrincipalAccount", "111122223333"),
      when("StringLike", "aws:PrincipalAccount", "2222*"),
      when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/*"),
      when("ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:user/*"),
      when("StringLike", "aws:PrincipalArn", "*:root"),
      when("StringEquals", "aws:PrincipalType", "User"),
      when("StringNotEquals", "aws:PrincipalType", "AssumedRole"),
      when("Null", "aws:username", "true"),
      when("StringLike", "aws:username", "a*"),
      when("Null", "aws:PrincipalArn", "true")};
  const std::vector<std::string> callers = {kUser,
                                            "arn:aws:iam::111122223333:user/bob",
                                            kRole,
                                            kRoot,
                                            "arn:aws:iam::222233334444:user/ana",
                                            "arn:aws:iam::222233334444:role/path/ci",
                                            "arn:aws:iam::333344445555:root",
                                            "arn:aws:sts::111122223333:assumed-role/ci/s",
                                            "arn:aws:sts::111122223333:assumed-role/ci/t",
                                            "arn:aws:sts::111122223333:federated-user/fed",
                                            "ec2.amazonaws.com",
                                            "*anonymous*"};
  std::mt19937 random(20261122);
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[random() % from.size()];
  };
  const auto statements = [&] {
    std::string text;
    for (std::size_t i = 0, count = 1 + random() % 2; i < count; ++i) {
      std::string condition = random() % 4 == 0 ? "" : pick(conditions);
      const std::string second = pick(conditions);
      const std::string op = condition.substr(0, condition.find(':'));
      if (!condition.empty() && random() % 3 == 0 && op != second.substr(0, second.find(':')))
        condition += "," + second;
      text += (i == 0 ? "" : ",") + allow(pick(principals), condition);
    }
    if (random() % 3 == 0) text += "," + deny(pick(conditions));
    return text;
  };
  std::size_t passed = 0, shown = 0, dropped = 0;
  for (int round = 0; round < 1500; ++round) {
    const std::string before = statements(), after = statements();
    const AccessAnswer answer = compare(before, after, PolicyKind::kResource, true);
    INFO(before << "\n" << after);
    shown += answer.verdict == Verdict::kFailConfirmed ? 1 : 0;
    if (answer.verdict != Verdict::kPass) continue;
    ++passed;
    dropped +=
        compare(before, after, PolicyKind::kResource, false).verdict == Verdict::kPass ? 0 : 1;
    PolicySet old_set, new_set;
    for (const auto& [set, text] : {std::pair(&old_set, &before), {&new_set, &after}}) {
      auto policy =
          parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [)" + *text + "]}");
      REQUIRE(policy);
      set->add("policy", PolicyKind::kResource, *policy);
    }
    for (const std::string& caller : callers) {
      RequestFields fields;
      fields.principal = caller;
      fields.action = "sqs:SendMessage";
      fields.resource = "arn:aws:sqs:eu-west-1:111122223333:jobs";
      fields.resource_account = Principal::parse(caller).account;
      const Request request(std::move(fields));
      INFO(caller);
      CHECK_FALSE((grants(new_set, request) && !grants(old_set, request)));
    }
  }
  // The attack has power, and real callers make a difference.
  CHECK(passed > 100);
  CHECK(shown > 300);
  CHECK(dropped > 20);
}

}  // namespace
}  // namespace iamcheck
