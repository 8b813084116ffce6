// S10.3: what is said of a pattern holds for every single request of it. Random policies, and each
// answer against the evaluator on every action, resource and value of a small world.
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "iamcheck/account_report.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/pattern.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

const std::string kAction = "s3:GetObjectT*";
const std::string kPattern = "arn:aws:s3:::b/*";

using Words = std::vector<std::string>;
const Words kResources = {"arn:aws:s3:::b/a", "arn:aws:s3:::b/a/x", "arn:aws:s3:::b/ann/x",
                          "arn:aws:s3:::b/z", "arn:aws:s3:::other/a"};
const std::string kAbsent = "(absent)";
const Words kMfa = {kAbsent, "true", "false"};
const Words kRegions = {kAbsent, "r1", "r2"};

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  bool once_in(std::uint32_t n) { return engine_() % n == 0; }
  const std::string& one_of(const Words& words) { return words[engine_() % words.size()]; }

 private:
  std::mt19937 engine_;
};

std::string random_statement(Random& random, const std::string& effect) {
  static const Words kActions = {"s3:GetObjectTagging", "s3:GetObjectT*", "s3:*", "*",
                                 "s3:GetObjectTorrent", "ec2:*"};
  static const Words kEntries = {"*",
                                 "arn:aws:s3:::b/*",
                                 "arn:aws:s3:::b/a*",
                                 "arn:aws:s3:::b/a/x",
                                 "arn:aws:s3:::*",
                                 "arn:aws:s3:::b/${aws:username}/*",
                                 "arn:aws:s3:::b/?",
                                 "arn:aws:s3:::other/*"};
  static const Words kConditions = {R"("Bool": {"aws:MultiFactorAuthPresent": "true"})",
                                    R"("BoolIfExists": {"aws:MultiFactorAuthPresent": "false"})",
                                    R"("Null": {"aws:MultiFactorAuthPresent": "true"})",
                                    R"("StringEquals": {"aws:RequestedRegion": "r1"})",
                                    R"("StringNotEquals": {"aws:RequestedRegion": "r1"})",
                                    R"("StringEqualsIfExists": {"aws:RequestedRegion": "r2"})",
                                    R"("StringEquals": {"aws:username": "ann"})"};
  std::string text = R"({"Effect": ")" + effect + "\", \"";
  text += random.once_in(6) ? "NotAction" : "Action";
  text += R"(": ")" + random.one_of(kActions) + "\", \"";
  text += random.once_in(5) ? "NotResource" : "Resource";
  text += R"(": ")" + random.one_of(kEntries) + "\"";
  if (random.once_in(2)) text += R"(, "Condition": {)" + random.one_of(kConditions) + "}";
  return text + "}";
}

std::string random_policy(Random& random, const std::string& principal = "") {
  std::string text = R"({"Version": "2012-10-17", "Statement": [)";
  for (int i = 0; i < 3; ++i) {
    std::string one = random_statement(random, i > 0 && random.once_in(3) ? "Deny" : "Allow");
    if (!principal.empty()) one.insert(1, R"("Principal": )" + principal + ", ");
    text += (i == 0 ? "" : ",") + one;
  }
  return text + "]}";
}

Account random_account(Random& random, bool& describes_bucket) {
  std::vector<AccountFile> files;
  describes_bucket = false;
  files.push_back({"dump.json", dump(user("ann", random_policy(random)),
                                     role("ci", trust(R"({"Service": "ec2.amazonaws.com"})"),
                                          random_policy(random)))});
  if (random.once_in(3)) {
    const std::string scp = random_policy(random);
    files.push_back({"organization.json",
                     R"({"id": "o-1", "managementAccount": "999999999999", "root": {"id": "r-1",
                         "serviceControlPolicies": [{"name": "s", "policy": )" +
                         scp + R"(}], "units": [], "accounts": [{"id": "111122223333",
                         "serviceControlPolicies": ["FullAWSAccess"]}]}})"});
  }
  if (random.once_in(3)) {
    static const Words kPrincipals = {R"({"AWS": "111122223333"})", "\"*\"",
                                      R"({"AWS": "arn:aws:iam::111122223333:user/ann"})",
                                      R"({"AWS": "arn:aws:iam::111122223333:role/ci"})"};
    describes_bucket = true;
    files.push_back({"bucket.json", R"({"arn": "arn:aws:s3:::b", "account": "111122223333",
                                         "policy": )" +
                                        random_policy(random, random.one_of(kPrincipals)) + "}"});
  }
  return Account::read(std::move(files));
}

// The words of a piece, read as people do.
bool fits(const Words& in, const Words& out, const std::string& text) {
  const auto among = [&](const Words& patterns) {
    return std::ranges::any_of(patterns, [&](const std::string& one) {
      return Pattern::like(one, {.ignore_case = true}).matches(text);
    });
  };
  Words group;
  for (const std::string& one : in) {
    if (one.starts_with("and within ")) {
      if (!among(group)) return false;
      group.clear();
    }
    group.push_back(one.starts_with("and within ") ? one.substr(11) : one);
  }
  return (group.empty() || among(group)) && !among(out);
}

bool holds(const std::string& phrase, const std::string& value) {
  const bool absent = value == kAbsent;
  const auto behind = [&](std::string_view start) { return phrase.substr(start.size()); };
  if (phrase == "is absent") return absent;
  if (phrase == "is present") return !absent;
  if (phrase.starts_with("is absent or not "))
    return absent || value != behind("is absent or not ");
  if (phrase.starts_with("is absent or ")) return absent || value == behind("is absent or ");
  if (phrase.starts_with("has a value other than "))
    return !absent && value != behind("has a value other than ");
  if (phrase.starts_with("is ")) return !absent && value == behind("is ");
  FAIL("an unknown phrase: " << phrase);
  return false;
}

struct World {
  std::size_t all = 0, some = 0, undecided = 0, none = 0, inside = 0, completed = 0, described = 0;
  bool describes_bucket = false;
  Words actions;

  World() {
    for (const ActionRange& range : Catalogue::embedded().expand(kAction)) {
      for (std::uint32_t i = range.begin; i < range.end; ++i)
        actions.push_back(Catalogue::embedded().actions()[i].full_name());
    }
  }

  template <typename Check>
  void each_request(const Account& account, const Caller& caller, const std::string& pattern,
                    Check check) const {
    for (const std::string& action : actions) {
      for (const std::string& resource : kResources) {
        if (!Pattern::like(pattern, {}).matches(resource)) continue;
        for (const std::string& mfa : kMfa) {
          for (const std::string& region : kRegions) {
            RequestFields fields;
            fields.action = action;
            fields.resource = resource;
            fields.context = Context(Context::Mode::kAsk);
            set(fields.context, "aws:MultiFactorAuthPresent", mfa);
            set(fields.context, "aws:RequestedRegion", region);
            const AccountQuestion question = account.ask(caller, std::move(fields));
            const Decision decision = evaluate(question.policies, question.request);
            REQUIRE(decision.kind != DecisionKind::kUndecided);
            check(action, resource, mfa, region, decision.allowed());
          }
        }
      }
    }
  }

  static void set(Context& context, const std::string& key, const std::string& value) {
    if (value == kAbsent) return context.set_absent(key);
    context.set(key, value);
  }

  static bool in_pieces(const ExactAccess& exact, const std::string& action,
                        const std::string& resource, const std::string& mfa,
                        const std::string& region) {
    return std::ranges::any_of(exact.pieces, [&](const AccessPiece& piece) {
      return fits(piece.actions, piece.actions_except, action) &&
             fits(piece.resources, piece.resources_except, resource) &&
             std::ranges::all_of(piece.conditions, [&](const AccessCondition& one) {
               return holds(one.phrase, one.key == "aws:RequestedRegion" ? region : mfa);
             });
    });
  }

  void check(const Account& account, const std::string& who, const std::string& pattern,
             Reach reach, const ExactAccess& exact) {
    const Result<Caller> caller = account.find_principal(who);
    REQUIRE(caller);
    all += static_cast<std::size_t>(reach == Reach::kAll);
    none += static_cast<std::size_t>(reach == Reach::kNone);
    some += static_cast<std::size_t>(reach == Reach::kSome);
    undecided += static_cast<std::size_t>(reach == Reach::kUndecided);
    completed += static_cast<std::size_t>(exact.complete);
    described +=
        static_cast<std::size_t>(exact.complete && describes_bucket && pattern != kPattern);
    each_request(account, *caller, pattern,
                 [&](const std::string& action, const std::string& resource, const std::string& mfa,
                     const std::string& region, bool allowed) {
                   if (reach == Reach::kAll) CHECK(allowed);
                   if (reach == Reach::kNone) CHECK(!allowed);
                   const bool told = in_pieces(exact, action, resource, mfa, region);
                   inside += static_cast<std::size_t>(told);
                   INFO(action << " on " << resource << ", " << mfa << ", " << region);
                   // A piece is allowed; and where they are complete, nothing else is.
                   if (told) CHECK(allowed);
                   if (exact.complete && !told) CHECK(!allowed);
                 });
  }
};

}  // namespace

TEST_CASE("S10.3: an answer about a pattern holds for every single request") {
  World world;
  REQUIRE(world.actions.size() == 2);
  for (std::uint32_t seed = 1; seed <= 800; ++seed) {
    Random random(seed);
    const Account account = random_account(random, world.describes_bucket);
    REQUIRE(account.problems().empty());
    const std::string pattern = seed % 4 == 0 ? "arn:aws:s3:::*" : kPattern;
    const Result<WhoCan> answer = who_can(account, kAction, pattern);
    REQUIRE(answer);
    INFO("seed " << seed << "\n" << render_text(*answer));
    for (const std::string who : {"user/ann", "role/ci"}) {
      const auto found = std::ranges::find_if(answer->principals, [&](const Access& access) {
        return access.principal.ends_with(who);
      });
      const bool none = found == answer->principals.end();
      world.check(account, who, pattern, none ? Reach::kNone : found->reach,
                  none ? ExactAccess{} : found->exact);
    }
  }
  INFO(world.all << " " << world.some << " " << world.undecided << " " << world.none << " "
                 << world.completed << " " << world.inside);
  CHECK(world.all > 20);
  CHECK(world.some > 100);
  CHECK(world.undecided > 100);
  CHECK(world.none > 100);
  CHECK(world.completed > 300);
  CHECK(world.inside > 2000);
  CHECK(world.described > 50);
}

TEST_CASE("S10.3: what somebody can do anywhere holds for every single resource") {
  World world;
  const Words actions = std::exchange(world.actions, {});
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    Random random(seed);
    const Account account = random_account(random, world.describes_bucket);
    for (const std::string who : {"user/ann", "role/ci"}) {
      const Result<Caller> caller = account.find_principal(who);
      REQUIRE(caller);
      const Result<WhatCan> answer = what_can(account, *caller, "");
      REQUIRE(answer);
      for (const std::string& action : actions) {
        const auto found = std::ranges::find(answer->actions, action, &ActionAccess::action);
        const bool none = found == answer->actions.end();
        INFO("seed " << seed << ", " << who << ", " << action << "\n" << render_text(*answer));
        world.actions = {action};
        world.check(account, who, "arn:aws:s3:::*/*", none ? Reach::kNone : found->reach,
                    none ? ExactAccess{} : found->exact);
      }
    }
  }
  INFO(world.all << " " << world.some << " " << world.undecided << " " << world.none << " "
                 << world.completed << " " << world.inside << " " << world.described);
  CHECK(world.all > 2);
  CHECK(world.some > 10);
  CHECK(world.undecided > 5);
  CHECK(world.none > 5);
  CHECK(world.completed > 15);
  CHECK(world.inside > 300);
  CHECK(world.described > 3);
}
