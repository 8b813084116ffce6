// who_can and what_can: all of it, some of it, none, or an honest "cannot tell".
#include "iamcheck/access.h"

#include <algorithm>

#include "catch.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

Reach reach(const Account& account, const std::string& who, const std::string& action,
            const std::string& resource) {
  const Result<WhoCan> answer = who_can(account, action, resource);
  if (!answer) return Reach::kUndecided;
  for (const Access& access : answer->principals) {
    if (access.principal == user_arn(who)) return access.reach;
  }
  return Reach::kNone;
}

Account one(const std::string& policy) { return read_dump(dump(user("alice", policy))); }

std::string two(const std::string& first, const std::string& second) {
  const auto body = [](const std::string& policy) {
    const std::size_t begin = policy.find('[') + 1;
    return policy.substr(begin, policy.rfind(']') - begin);
  };
  return R"({"Version": "2012-10-17", "Statement": [)" + body(first) + ", " + body(second) + "]}";
}

}  // namespace

TEST_CASE("who_can says through which statement, and what the undecided hang on") {
  const std::string mfa = R"(, "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}})";
  const Account account = read_dump(dump(user("alice", allow("s3:Get*", "arn:aws:s3:::b/*")) + "," +
                                         user("bob", allow("s3:*", "*", mfa)) + "," +
                                         user("carol", allow("s3:Put*", "*"))));
  const Result<WhoCan> answer = who_can(account, "s3:GetObject", "arn:aws:s3:::b/k");
  REQUIRE(answer);
  CHECK(answer->asked == 3);
  REQUIRE(answer->principals.size() == 2);
  CHECK(answer->principals[0].reach == Reach::kAll);
  REQUIRE(answer->principals[0].through.size() == 1);
  CHECK(answer->principals[0].through[0].policy == "p, inline of user/alice");
  CHECK(answer->principals[1].reach == Reach::kUndecided);
  CHECK(answer->principals[1].missing_context ==
        std::vector<std::string>{"aws:MultiFactorAuthPresent"});
  SECTION("in strict mode a key that is not given is absent") {
    AccessOptions strict;
    strict.context = Context(Context::Mode::kStrict);
    CHECK(who_can(account, "s3:GetObject", "arn:aws:s3:::b/k", strict)->principals.size() == 1);
  }
}

TEST_CASE("a pattern of resources is all, some or none (S10.3)") {
  const std::string all = "arn:aws:s3:::b/*";
  CHECK(reach(one(allow("s3:*", "*")), "alice", "s3:GetObject", all) == Reach::kAll);
  CHECK(reach(one(allow("s3:*", "arn:aws:s3:::b*")), "alice", "s3:GetObject", all) == Reach::kAll);
  CHECK(reach(one(allow("s3:*", "arn:aws:s3:::b/x/*")), "alice", "s3:GetObject", all) ==
        Reach::kSome);
  CHECK(reach(one(allow("s3:*", "arn:aws:s3:::c/*")), "alice", "s3:GetObject", all) ==
        Reach::kNone);
  // Neither pattern lies in the other, and b/x is in both.
  CHECK(reach(one(allow("s3:*", "arn:aws:s3:::*/x")), "alice", "s3:GetObject", all) ==
        Reach::kSome);
}

TEST_CASE("a Deny of a part leaves some, a Deny of all leaves none, one elsewhere leaves all") {
  const std::string all = "arn:aws:s3:::b/*";
  const std::string grant = allow("s3:*", "*");
  const auto with_deny = [&](const std::string& resource) {
    return reach(one(two(grant, statement("Deny", "s3:*", resource))), "alice", "s3:GetObject",
                 all);
  };
  CHECK(with_deny("arn:aws:s3:::b/secret/*") == Reach::kSome);
  CHECK(with_deny("arn:aws:s3:::b/*") == Reach::kNone);
  CHECK(with_deny("arn:aws:s3:::c/*") == Reach::kAll);
}

TEST_CASE("NotResource is read against the whole pattern") {
  const auto without = [&](const std::string& effect, const std::string& resource) {
    const std::string policy = R"({"Version": "2012-10-17", "Statement": [{"Effect": ")" + effect +
                               R"(", "Action": "s3:*", "NotResource": ")" + resource + "\"}]}";
    const Account account = one(effect == "Allow" ? policy : two(allow("s3:*", "*"), policy));
    return reach(account, "alice", "s3:GetObject", "arn:aws:s3:::b/*");
  };
  CHECK(without("Allow", "arn:aws:s3:::c/*") == Reach::kAll);
  CHECK(without("Allow", "arn:aws:s3:::b/*") == Reach::kNone);
  CHECK(without("Allow", "arn:aws:s3:::b/x/*") == Reach::kSome);
  CHECK(without("Deny", "arn:aws:s3:::b*") == Reach::kAll);
  CHECK(without("Deny", "arn:aws:s3:::c/*") == Reach::kNone);
}

TEST_CASE("a resource inside the pattern has a policy of its own that counts") {
  const std::string bucket =
      R"({"arn": "arn:aws:s3:::b", "account": "111122223333", "policy": {"Version": "2012-10-17",
          "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
                        "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}}})";
  const Account account =
      Account::read({{"dump.json", dump(user("alice", allow("s3:*", "*")))}, {"b.json", bucket}});
  CHECK(reach(account, "alice", "s3:GetObject", "arn:aws:s3:::b/*") == Reach::kNone);
  CHECK(reach(account, "alice", "s3:GetObject", "arn:aws:s3:::*") == Reach::kSome);
  CHECK(reach(account, "alice", "s3:GetObject", "arn:aws:s3:::c/*") == Reach::kAll);
}

namespace {

Account with_bucket(const std::string& policy, const std::string& principal,
                    const std::string& effect) {
  const std::string bucket =
      R"({"arn": "arn:aws:s3:::b", "account": "111122223333", "policy": {"Version": "2012-10-17",
          "Statement": [{"Sid": "Other", "Effect": "Deny", "Principal": "*",
                         "Action": "s3:PutBucketPolicy", "Resource": "arn:aws:s3:::b"},
                        {"Sid": "Own", "Effect": ")" +
      effect + R"(", "Principal": )" + principal +
      R"(, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}})";
  return Account::read({{"dump.json", dump(user("alice", policy))}, {"b.json", bucket}});
}

const ActionAccess* find_action(const WhatCan& answer, const std::string& action) {
  const auto found = std::ranges::find(answer.actions, action, &ActionAccess::action);
  return found == answer.actions.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("the policy of a resource inside the pattern is named where it decides") {
  const Account account = with_bucket(
      allow("sqs:*", "*"), R"({"AWS": "arn:aws:iam::111122223333:user/alice"})", "Allow");
  const Result<WhoCan> answer = who_can(account, "s3:GetObject", "arn:aws:s3:::*");
  REQUIRE(answer);
  REQUIRE(answer->principals.size() == 1);
  CHECK(answer->principals[0].reach == Reach::kSome);
  REQUIRE(answer->principals[0].through.size() == 1);
  CHECK(answer->principals[0].through[0].sid == "Own");
}

TEST_CASE("what somebody can do includes what only a resource's policy allows") {
  const Account account = with_bucket(
      allow("sqs:*", "*"), R"({"AWS": "arn:aws:iam::111122223333:user/alice"})", "Allow");
  const Result<WhatCan> answer = what_can(account, *account.find_principal("alice"), "");
  REQUIRE(answer);
  const ActionAccess* access = find_action(*answer, "s3:GetObject");
  REQUIRE(access != nullptr);
  CHECK(access->reach == Reach::kSome);
  REQUIRE(access->parts.size() == 1);
  CHECK(access->parts[0].pattern == "arn:aws:s3:::b/*");
  CHECK(access->parts[0].reach == Reach::kAll);
  CHECK(find_action(*answer, "s3:PutObject") == nullptr);
}

TEST_CASE("what somebody can do anywhere is not all where a resource's policy denies it") {
  const Account account = with_bucket(allow("s3:*", "*"), "\"*\"", "Deny");
  const Result<WhatCan> answer = what_can(account, *account.find_principal("alice"), "");
  REQUIRE(answer);
  const ActionAccess* read = find_action(*answer, "s3:GetObject");
  REQUIRE(read != nullptr);
  CHECK(read->reach == Reach::kSome);
  REQUIRE(read->exact.pieces.size() == 1);
  CHECK(read->exact.pieces[0].resources.empty());
  CHECK(read->exact.pieces[0].resources_except == std::vector<std::string>{"arn:aws:s3:::b/*"});
  CHECK(read->exact.complete);
  const ActionAccess* write = find_action(*answer, "s3:PutObject");
  REQUIRE(write != nullptr);
  CHECK(write->reach == Reach::kAll);
}

TEST_CASE("what somebody can do hangs on the keys of a resource's policy too") {
  // Sessions in Principal are nothing that can be proved: the evaluator's answer stays.
  const std::string bucket =
      R"({"arn": "arn:aws:s3:::b", "account": "111122223333", "policy": {"Version": "2012-10-17",
          "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
                         "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"},
                         "Condition": {"StringEquals": {"aws:RequestedRegion": "r"}}},
                        {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*",
                         "Principal": {"AWS": "arn:aws:sts::111122223333:assumed-role/r/s"}}]}})";
  const Account account =
      Account::read({{"dump.json", dump(user("alice", allow("sqs:*", "*")))}, {"b.json", bucket}});
  const Result<WhatCan> answer = what_can(account, *account.find_principal("alice"), "");
  REQUIRE(answer);
  const ActionAccess* read = find_action(*answer, "s3:GetObject");
  REQUIRE(read != nullptr);
  CHECK(read->reach == Reach::kUndecided);
  CHECK(read->missing_context == std::vector<std::string>{"aws:RequestedRegion"});
}

TEST_CASE("a pattern of actions counts the actions") {
  const Account account = one(allow("s3:GetObject", "*"));
  const Result<WhoCan> answer = who_can(account, "s3:Get*", "arn:aws:s3:::b/k");
  REQUIRE(answer);
  REQUIRE(answer->principals.size() == 1);
  CHECK(answer->principals[0].reach == Reach::kSome);
  CHECK(answer->principals[0].actions == std::vector<std::string>{"s3:GetObject"});
  CHECK(answer->principals[0].actions_asked > 50);
  CHECK(who_can(account, "s4:Get*", "*").error().code == ErrorCode::kUnknownName);
}

TEST_CASE("all and none hold for every resource, some has a witness") {
  // Small patterns, every resource of the pattern up to three letters, the evaluator as the judge.
  const std::vector<std::string> entries = {"*", "a*", "*a", "a", "?", "b?", "a*b", "", "??"};
  std::vector<std::string> names = {""};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].size() < 3) {
      names.push_back(names[i] + "a");
      names.push_back(names[i] + "b");
    }
  }
  const auto arn = [](const std::string& name) { return "arn:aws:s3:::" + name; };
  for (const std::string& granted : entries) {
    for (const std::string& denied : entries) {
      const Account account =
          one(two(allow("s3:*", arn(granted)), statement("Deny", "s3:*", arn(denied))));
      for (const std::string asked : {"a*", "*", "?b", "*b*"}) {
        const Reach answer = reach(account, "alice", "s3:ListBucket", arn(asked));
        const Pattern pattern = Pattern::like(asked, {});
        std::size_t allowed = 0, all = 0;
        for (const std::string& name : names) {
          if (!pattern.matches(name)) continue;
          ++all;
          if (decide(account, "alice", "s3:ListBucket", arn(name)).allowed()) ++allowed;
        }
        INFO(granted << " but not " << denied << ", asked " << asked);
        if (answer == Reach::kAll) CHECK(allowed == all);
        if (answer == Reach::kNone) CHECK(allowed == 0);
        if (allowed > 0) CHECK(answer != Reach::kNone);
      }
    }
  }
}

TEST_CASE("roles that AWS manages are no part of what an administrator can pass (S9.9)") {
  const Account account = one(allow("*", "*"));
  const Result<WhoCan> answer = who_can(account, "iam:TagRole", role_arn("*"));
  REQUIRE(answer);
  REQUIRE(answer->principals.size() == 1);
  const Access& access = answer->principals[0];
  CHECK(access.reach == Reach::kSome);
  std::vector<std::string> refused;
  for (const AccessPart& part : access.parts) {
    if (part.reach == Reach::kNone) refused.push_back(part.pattern);
  }
  CHECK(refused == std::vector<std::string>{role_arn("aws-reserved/*")});
  CHECK(reach(account, "alice", "iam:TagRole", role_arn("aws-reserved/*")) == Reach::kNone);
  CHECK(reach(account, "alice", "iam:TagRole", role_arn("app-*")) == Reach::kAll);
  const Result<WhatCan> all = what_can(account, *account.find_principal("alice"), "");
  REQUIRE(all);
  const auto tag = std::ranges::find(all->actions, "iam:TagRole", &ActionAccess::action);
  REQUIRE(tag != all->actions.end());
  CHECK(tag->reach == Reach::kSome);
}

TEST_CASE("a pattern that leaves the account open is never all of it") {
  const Account account = one(allow("*", "*"));
  CHECK(reach(account, "alice", "iam:GetRole", "arn:aws:iam::*:role/*") != Reach::kAll);
  CHECK(reach(account, "alice", "sqs:SendMessage", "arn:aws:sqs:*:*:*") != Reach::kAll);
}

TEST_CASE("more resources with policies than are looked at leave a pattern open") {
  std::vector<AccountFile> files = {{"dump.json", dump(user("alice", allow("s3:*", "*")))}};
  std::string list;
  for (int i = 0; i < 1'500; ++i) {
    const std::string effect = i == 1'499 ? "Deny" : "Allow";
    list += (i == 0 ? "" : ",") + std::string(R"({"arn": "arn:aws:s3:::b)") +
            std::to_string(100'000 + i) + R"(", "account": ")" + kAccount +
            R"(", "policy": {"Version": "2012-10-17", "Statement": [{"Effect": ")" + effect +
            R"(", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}})";
  }
  files.push_back({"resources/all.json", "[" + list + "]"});
  const Account account = Account::read(files);
  REQUIRE(account.problems().empty());
  CHECK_FALSE(decide(account, "alice", "s3:GetObject", "arn:aws:s3:::b101499/k").allowed());
  CHECK(reach(account, "alice", "s3:GetObject", "arn:aws:s3:::b10*") == Reach::kSome);
}

TEST_CASE("all and none hold on both sides of the borders of AWS's own rules (S9)") {
  const std::string iam = "arn:aws:iam::111122223333:", kms = "arn:aws:kms:eu-west-1:111122223333:";
  const std::vector<std::string> resources = {iam + "role/a",
                                              iam + "role/aws-reserved/a",
                                              iam + "role/aws-service-role/a",
                                              iam + "user/a",
                                              iam + "policy/a",
                                              iam + "role/b/aws-reserved/",
                                              kms + "key/a",
                                              kms + "alias/a",
                                              kms + "alias/aws/a",
                                              "arn:aws:s3:::a",
                                              "arn:aws:s3:::a/k",
                                              "arn:aws:s3:::b"};
  const std::vector<std::string> asked = {iam + "*",
                                          iam + "role/*",
                                          iam + "r*",
                                          iam + "role/aws*",
                                          iam + "role/aws-reserved/*",
                                          iam + "role/?*/a",
                                          kms + "*",
                                          kms + "key/*",
                                          kms + "alias/*",
                                          kms + "alias/aws/*",
                                          "arn:aws:s3:::*",
                                          "arn:aws:s3:::a*"};
  std::size_t decided = 0;
  for (const std::string& policy :
       {allow("*", "*"), two(allow("*", "*"), statement("Deny", "*", iam + "role/*"))}) {
    const Account account = one(policy);
    for (const char* action :
         {"iam:PassRole", "iam:TagRole", "iam:DeletePolicy", "sts:AssumeRole", "kms:Decrypt",
          "kms:DeleteAlias", "s3:GetBucketPolicy", "s3:GetObject"}) {
      for (const std::string& wide : asked) {
        const Reach answer = reach(account, "alice", action, wide);
        const Pattern pattern = Pattern::like(wide, {});
        for (const std::string& resource : resources) {
          if (!pattern.matches(resource)) continue;
          const bool allowed = decide(account, "alice", action, resource).allowed();
          INFO(action << " on " << wide << ", of which " << resource);
          if (answer == Reach::kAll) CHECK(allowed);
          if (answer == Reach::kNone) CHECK_FALSE(allowed);
          decided += answer == Reach::kAll || answer == Reach::kNone;
        }
      }
    }
  }
  CHECK(decided > 100);
}

TEST_CASE("what_can lists actions with the resources they are allowed on") {
  const Account account = read_dump(
      dump(user("alice", two(allow("s3:GetObject", "arn:aws:s3:::b/*"), allow("sqs:*", "*")))));
  const Result<WhatCan> answer = what_can(account, *account.find_principal("alice"), "");
  REQUIRE(answer);
  const auto find = [&](const std::string& action) {
    const auto found = std::ranges::find(answer->actions, action, &ActionAccess::action);
    return found == answer->actions.end() ? ActionAccess{} : *found;
  };
  CHECK(find("s3:GetObject").reach == Reach::kSome);
  REQUIRE(find("s3:GetObject").parts.size() == 1);
  CHECK(find("s3:GetObject").parts[0].pattern == "arn:aws:s3:::b/*");
  CHECK(find("sqs:SendMessage").reach == Reach::kAll);
  CHECK(find("s3:PutObject").reach == Reach::kNone);
  const Result<WhatCan> on =
      what_can(account, *account.find_principal("alice"), "arn:aws:s3:::b/k");
  REQUIRE(on);
  REQUIRE(on->actions.size() == 1);
  CHECK(on->actions[0].reach == Reach::kAll);
}

TEST_CASE("names that the catalogue lacks are said, with the nearest one") {
  const Account account = read_dump(
      dump(user("alice", allow("s3:GetObjekt", "*")) + "," + user("bob", allow("s3:Get*", "*"))));
  AccessOptions options;
  options.context.set("aws:SourceIpp", "192.0.2.1");
  const auto who = who_can(account, "s3:GetObjekt", "arn:aws:s3:::b/k", options);
  REQUIRE(who);
  REQUIRE(who->warnings.size() == 2);
  CHECK(who->warnings[0].code == "unknown-action");
  CHECK(who->warnings[0].message.find("did you mean `s3:GetObject`?") != std::string::npos);
  CHECK(who->warnings[1].code == "unknown-context-key");
  CHECK(who_can(account, "s3:Get*", "*")->warnings.empty());
  CHECK(who_can(account, "zz:Get", "*")->warnings.at(0).code == "unknown-service");
  const auto what = what_can(account, *account.find_principal("alice"), "");
  REQUIRE(what);
  REQUIRE(what->warnings.size() == 1);
  CHECK(what->warnings[0].message.find("`s3:GetObjekt`") != std::string::npos);
  CHECK(what_can(account, *account.find_principal("bob"), "")->warnings.empty());
}
