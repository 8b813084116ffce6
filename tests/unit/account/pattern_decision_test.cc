// `resourceIsPattern`: an answer about a pattern holds for every resource that it matches. Every
// pattern over a small alphabet against the evaluator on every single resource.
#include "account/pattern_decision.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/arn.h"
#include "iamcheck/simulate.h"
#include "small_account.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

constexpr EvaluateOptions kQuick{.trace = false, .warnings = false};

std::vector<std::string> all_texts(std::string_view alphabet, std::size_t max_size) {
  std::vector<std::string> texts = {""};
  for (std::size_t begin = 0, size = 1; size <= max_size; ++size) {
    for (const std::size_t end = texts.size(); begin < end; ++begin) {
      for (const char c : alphabet) texts.push_back(texts[begin] + c);
    }
  }
  return texts;
}

std::string statement_of(const std::string& effect, const std::string& element,
                         const std::string& resource) {
  return R"({"Effect": ")" + effect + R"(", "Action": "*", ")" + element + R"(": ")" + resource +
         "\"}";
}

PolicySet set_of(const std::vector<std::string>& statements,
                 PolicyKind kind = PolicyKind::kIdentity) {
  std::string text = R"({"Version": "2012-10-17", "Statement": [)";
  for (const std::string& one : statements) text += (text.back() == '[' ? "" : ",") + one;
  PolicySet set;
  set.add("p", kind, *parse_policy("p", text + "]}"));
  return set;
}

bool allowed(DecisionKind kind) { return kind == DecisionKind::kAllowed; }

// Whether an answer about many holds for one of them.
bool holds(DecisionKind many, DecisionKind one) {
  if (many == DecisionKind::kUndecided) return true;
  if (many == DecisionKind::kExplicitlyDenied) return one == many;
  return one != DecisionKind::kUndecided && allowed(many) == allowed(one);
}

// Counts what was compared, so that a test that compares nothing fails.
struct Comparison {
  RequestFields fields;
  std::vector<std::string> resources;
  std::size_t decided = 0, undecided = 0, parts = 0, checked = 0;
  bool sound = true;

  void compare(const PolicySet& set, const std::string& asked) {
    if (!sound) return;
    RequestFields many = fields;
    many.resource = asked;
    const Result<PatternDecision> answer = decide_pattern(set, many, kQuick);
    REQUIRE(answer);
    ++(answer->decision.kind == DecisionKind::kUndecided ? undecided : decided);
    check(set, asked, answer->decision.kind);
    for (const PatternPart& part : answer->parts) {
      ++parts;
      check(set, part.pattern, part.decision);
    }
  }

  void check(const PolicySet& set, const std::string& asked, DecisionKind given) {
    const ResourcePattern pattern(asked, {false, ShortArnRule::kPad, true});
    for (const std::string& resource : resources) {
      if (pattern.match(resource, Context()) != Pattern::Outcome::kYes) continue;
      ++checked;
      RequestFields single = fields;
      single.resource = resource;
      const DecisionKind kind = evaluate(set, Request(std::move(single)), kQuick).kind;
      if (holds(given, kind)) continue;
      sound = false;
      std::string text;
      for (const AttachedPolicy& policy : set.policies()) text += policy.policy->source->text();
      FAIL_CHECK(asked << " is " << to_string(given) << ", " << resource << " is "
                       << to_string(kind) << " by " << text);
    }
  }
};

Comparison about_buckets() {
  Comparison comparison;
  comparison.fields.principal = user_arn("alice");
  comparison.fields.action = "s3:GetObject";
  for (const std::string& text : all_texts("ab/", 4))
    comparison.resources.push_back("arn:aws:s3:::" + text);
  return comparison;
}

std::vector<std::string> arns(std::vector<std::string> texts) {
  for (std::string& text : texts) text.insert(0, "arn:aws:s3:::");
  return texts;
}

nlohmann::json simulated(const std::string& members) {
  Simulator simulator;
  std::string line = R"({"principal": "arn:aws:iam::111122223333:user/alice", )" + members + "}";
  std::erase(line, '\n');
  std::string out = simulator.feed(line + "\n");
  out += simulator.finish();
  return nlohmann::json::parse(out);
}

}  // namespace

TEST_CASE("a pattern's answer holds for every resource: one entry, every pattern") {
  Comparison comparison = about_buckets();
  const std::string all = statement_of("Allow", "Resource", "*");
  for (const std::string& entry : arns(all_texts("a/*?", 3))) {
    const std::vector<PolicySet> sets = {
        set_of({statement_of("Allow", "Resource", entry)}),
        set_of({statement_of("Allow", "NotResource", entry)}),
        set_of({all, statement_of("Deny", "Resource", entry)}),
        set_of({all, statement_of("Deny", "NotResource", entry)}),
    };
    for (const std::string& asked : arns(all_texts("a*?", 3))) {
      if (!asks_about_many(asked)) continue;
      for (const PolicySet& set : sets) comparison.compare(set, asked);
    }
  }
  CHECK(comparison.decided > 4'000);
  CHECK(comparison.undecided > 1'000);
  CHECK(comparison.parts > 1'000);
  CHECK(comparison.checked > 100'000);
}

TEST_CASE("a pattern's answer holds for every resource: two entries, and layers") {
  Comparison comparison = about_buckets();
  for (const std::string& first : arns(all_texts("a*?", 2))) {
    for (const std::string& second : arns(all_texts("a/*", 2))) {
      PolicySet layers = set_of({statement_of("Allow", "Resource", first)});
      layers.add_shared(set_of({statement_of("Allow", "NotResource", second)}, PolicyKind::kScp), 0,
                        "scp");
      const std::vector<PolicySet> sets = {set_of({statement_of("Allow", "Resource", first),
                                                   statement_of("Deny", "Resource", second)}),
                                           set_of({statement_of("Allow", "NotResource", first),
                                                   statement_of("Allow", "Resource", second)}),
                                           layers};
      for (const char* asked : {"arn:aws:s3:::*", "arn:aws:s3:::a*", "arn:aws:s3:::a/*",
                                "arn:aws:s3:::?", "arn:aws:s3:::*a", "arn:aws:s3:::a?*"}) {
        for (const PolicySet& set : sets) comparison.compare(set, asked);
      }
    }
  }
  CHECK(comparison.decided > 500);
  CHECK(comparison.undecided > 500);
}

TEST_CASE("a pattern's answer holds where AWS has rules of its own for some resources") {
  const std::string iam = "arn:aws:iam::111122223333:", kms = "arn:aws:kms:eu-west-1:111122223333:";
  const std::string sqs = "arn:aws:sqs:eu-west-1:111122223333:";
  Comparison comparison;
  for (const char* rest : {"role/a", "role/aws-reserved/a", "role/aws-service-role/a", "user/a",
                           "policy/a", "ro", "role/b/aws-reserved/"})
    comparison.resources.push_back(iam + rest);
  for (const char* rest : {"key/a", "alias/a", "alias/aws/a", "k", "alias/aws"})
    comparison.resources.push_back(kms + rest);
  for (const char* rest : {"a", "a/k", "b", "a:b"})
    comparison.resources.push_back(std::string("arn:aws:s3:::") + rest);
  for (const char* rest : {"arn:aws:iam::aws:policy/a", "arn:aws-cn:s3:::a", "arn:aws:s3:x::a",
                           "arn:aws:sqs:eu-west-1:444455556666:q"})
    comparison.resources.emplace_back(rest);
  comparison.resources.push_back(sqs + "q");
  std::vector<std::string> asked = {"arn:aws:iam::*:policy/*",   "arn:aws:iam::aws:*",
                                    "arn:aws:iam::aws:p?licy/*", "arn:*:s3:::a",
                                    "arn:aws*:s3:::a*",          "arn:aws:*:::a",
                                    "arn:aws:s3:*::a",           "arn:aws:s3:::?",
                                    "arn:aws:s3:::a*",           "arn:aws:s3:::a?k",
                                    "arn:aws:s3:::a/*",          "arn:aws:s3:::*",
                                    "arn:aws:sqs:*:*:q",         "arn:aws:sqs:*:111122223333:*"};
  for (const char* rest : {"*", "r*", "role/*", "role/?", "role/aws*", "role/aws-reserved/*",
                           "?ole/aws-reserved/a", "role/*aws-reserved/*", "role/?*/a", "user/*"})
    asked.push_back(iam + rest);
  for (const char* rest : {"*", "k*", "key/*", "?ey/a", "alias/*", "alias/a*", "alias/aws/*"})
    asked.push_back(kms + rest);
  const std::string all = statement_of("Allow", "Resource", "*");
  const std::string deny = statement_of("Deny", "Resource", "*");
  std::vector<PolicySet> sets = {set_of({all}), set_of({deny}), set_of({all, deny})};
  const std::string open =
      R"({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})";
  const std::string shut =
      R"({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"})";
  for (const auto& [kind, text] :
       {std::pair{PolicyKind::kResource, open}, std::pair{PolicyKind::kResource, shut},
        std::pair{PolicyKind::kRcp, shut}, std::pair{PolicyKind::kScp, deny}}) {
    PolicySet both = set_of({all});
    both.add_shared(set_of({text}, kind), 0, "other");
    sets.push_back(both);
  }
  for (const char* action :
       {"iam:PassRole", "iam:TagRole", "iam:DeletePolicy", "sts:AssumeRole", "kms:Decrypt",
        "kms:DeleteAlias", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy", "sqs:SendMessage"}) {
    for (const std::string& principal :
         {user_arn("alice"), role_arn("ci"), std::string("arn:aws:iam::111122223333:root")}) {
      comparison.fields.action = action;
      comparison.fields.principal = principal;
      for (const PolicySet& set : sets) {
        for (const std::string& one : asked) comparison.compare(set, one);
      }
    }
  }
  CHECK(comparison.decided > 2'000);
  CHECK(comparison.undecided > 300);
}

TEST_CASE(
    "a variable without a value spoils the NotResource of an Allow for every pattern (S4.6)") {
  Comparison comparison = about_buckets();
  for (const char* effect : {"Allow", "Deny"}) {
    for (const char* entry : {"arn:aws:s3:::b/${aws:PrincipalTag/team}",
                              "arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::${*}"}) {
      for (const char* element : {"Resource", "NotResource"}) {
        const PolicySet set = set_of(
            {statement_of("Allow", "Resource", std::string(effect) == "Deny" ? "*" : "arn:aws:x"),
             statement_of(effect, element, entry)});
        for (const char* asked : {"arn:aws:s3:::a*", "arn:aws:s3:::*", "arn:aws:s3:::b/*"})
          comparison.compare(set, asked);
      }
    }
  }
  CHECK(comparison.decided >= 3);
}

TEST_CASE("simulate: a pattern is decided where all that matches gets one answer (S10.3)") {
  const auto ask = [](const std::string& resource, const std::string& more = "") {
    return simulated(R"("action": "s3:GetObject", "resourceIsPattern": true, "resource": ")" +
                     resource + R"(", "identityPolicies": [{"Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/open/*"},
        {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/shut/*"}]}])" +
                     more);
  };
  CHECK(ask("arn:aws:s3:::b/open/x*")["decision"] == "Allowed");
  CHECK(ask("arn:aws:s3:::b/shut/?")["decision"] == "ExplicitlyDenied");
  CHECK(ask("arn:aws:s3:::c*")["decision"] == "ImplicitlyDenied");
  CHECK_FALSE(ask("arn:aws:s3:::c*").contains("parts"));
  const nlohmann::json some = ask("arn:aws:s3:::b/*");
  CHECK(some["decision"] == "Undecided");
  CHECK(some["cause"] == "pattern-open");
  CHECK(some["parts"] == nlohmann::json::parse(R"([
      {"pattern": "arn:aws:s3:::b/open/*", "decision": "Allowed"},
      {"pattern": "arn:aws:s3:::b/shut/*", "decision": "ExplicitlyDenied"}])"));
  for (const nlohmann::json& warning : some["warnings"])
    CHECK(warning["code"] != "wildcard-in-resource");
  // Without wildcards, and for `*` alone (S6.5), it is a question like any.
  CHECK(ask("arn:aws:s3:::b/open/x")["decision"] == "Allowed");
  CHECK(ask("*")["decision"] == "ImplicitlyDenied");
  CHECK(ask("b*")["error"]["code"] == "invalid-argument");
  CHECK(ask("arn:aws:s3:::" + std::string(3000, '*'))["error"]["code"] == "limit-exceeded");
}
