#include "iamcheck/action_list.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catalogue/pattern_candidates.h"
#include "catalogue/set_cover.h"
#include "catch.h"
#include "iamcheck/arn.h"
#include "iamcheck/policy.h"

using namespace iamcheck;

namespace {

const Catalogue& catalogue() { return Catalogue::embedded(); }

std::vector<std::string> names_of(const ActionRanges& ranges) {
  std::vector<std::string> names;
  for (const Action& action : actions_of(catalogue(), ranges)) names.push_back(action.full_name());
  return names;
}

std::set<std::string> slowly_expanded(const std::vector<std::string>& patterns) {
  std::set<std::string> names;
  for (const std::string& text : patterns) {
    const ActionPattern pattern(text);
    for (const Action action : catalogue().actions()) {
      if (pattern.matches(action.full_name())) names.insert(action.full_name());
    }
  }
  return names;
}

std::vector<std::string> minimized(const std::vector<std::string>& actions) {
  const Result<MinimizedActions> result = minimize_actions(catalogue(), actions);
  REQUIRE(result);
  CHECK(result->smallest);
  return result->patterns;
}

ExpandedPattern expanded(const std::string& pattern) {
  Result<ExpandedActions> result = expand_actions(catalogue(), {pattern});
  REQUIRE(result);
  return result->patterns[0];
}

PolicyActions policy_actions(const std::string& statements,
                             PolicyKind kind = PolicyKind::kIdentity) {
  const auto policy =
      parse_policy("p", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
  REQUIRE(policy);
  const Result<PolicyActions> result = expand_policy(catalogue(), *policy, kind);
  REQUIRE(result);
  return *result;
}

// Patterns with a fixed beginning, end, both, or middle that match none of the others.
std::vector<std::set<std::size_t>> all_covers(const std::vector<std::string>& wanted,
                                              const std::vector<std::string>& others) {
  std::set<std::string> patterns(wanted.begin(), wanted.end());
  for (const std::string& name : wanted) {
    for (std::size_t i = 0; i <= name.size(); ++i) {
      for (std::size_t j = i; j <= name.size(); ++j) {
        patterns.insert(name.substr(0, i) + "*" + name.substr(j));
        patterns.insert("*" + name.substr(i, j - i) + "*");
      }
    }
  }
  std::set<std::set<std::size_t>> covers;
  for (const std::string& text : patterns) {
    const Pattern pattern = Pattern::like(text, {.variables = false, .ignore_case = true});
    if (std::ranges::any_of(others, [&](const auto& name) { return pattern.matches(name); }))
      continue;
    std::set<std::size_t> cover;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (pattern.matches(wanted[i])) cover.insert(i);
    }
    covers.insert(cover);
  }
  return {covers.begin(), covers.end()};
}

bool can_cover(const std::vector<std::set<std::size_t>>& covers, std::set<std::size_t> open,
               std::size_t most) {
  if (open.empty()) return true;
  if (most == 0) return false;
  for (const auto& cover : covers) {
    if (!cover.contains(*open.begin())) continue;
    std::set<std::size_t> rest;
    std::ranges::set_difference(open, cover, std::inserter(rest, rest.end()));
    if (can_cover(covers, rest, most - 1)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("expand: S5: a pattern stands for the actions that the evaluator matches, sorted") {
  const std::vector<std::string> patterns = {"S3:get*acl", "iam:*Role", "s3:GetObject"};
  const auto result = expand_actions(catalogue(), patterns);
  REQUIRE(result);
  const std::vector<std::string> names = names_of(result->actions);
  CHECK(std::set<std::string>(names.begin(), names.end()) == slowly_expanded(patterns));
  CHECK(std::ranges::is_sorted(names));
  CHECK(count(result->actions) == names.size());
  CHECK(count(expanded("*").actions) == catalogue().actions().size());
}

TEST_CASE("expand: S5: what matches nothing says why, and what may have been meant") {
  CHECK(expanded("s4:Get*").reason == "there is no service `s4`");
  CHECK(expanded("ss3:GetObject").suggestions == std::vector<std::string>{"s3:GetObject"});
  CHECK(expanded("s3:GetObjct").reason == "there is no such action");
  CHECK(expanded("s3:GetObjct").suggestions.at(0) == "s3:GetObject");
  CHECK(expanded("s3:Zzz*").reason == "no action of `s3` matches");
  CHECK(expanded("s*:GetObject").reason.find("takes no wildcard") != std::string::npos);
  CHECK(expanded("GetObject").reason.find("no colon") != std::string::npos);
  CHECK(expanded("s3:").reason.find("no name") != std::string::npos);
  CHECK(expanded(":x").reason.find("no service") != std::string::npos);
  CHECK(expanded("s3:Get Object").reason.find("white space") != std::string::npos);
  CHECK(expanded("s3:GetObject").reason.empty());
}

TEST_CASE("expand: hostile patterns cost little") {
  std::string stars = "ec2:";
  for (int i = 0; i < 500'000; ++i) stars += "*a";
  CHECK(expanded(stars).actions.empty());
  CHECK(expanded("ec2:" + std::string(500'000, '*')).actions == expanded("ec2:*").actions);
  CHECK(expanded(std::string(500'000, 'x')).actions.empty());
  const auto many = expand_actions(catalogue(), std::vector<std::string>(kMaxActionEntries + 1));
  REQUIRE(!many);
  CHECK(many.error().code == ErrorCode::kLimitExceeded);
}

TEST_CASE(
    "expand: a policy's NotAction is every other action, and a Deny of every request counts") {
  const std::size_t all = catalogue().actions().size();
  const std::size_t s3 = count(expanded("s3:*").actions);
  const auto left = policy_actions(
      R"({"Effect": "Allow", "NotAction": "s3:*", "Resource": "arn:aws:s3:::b"},
         {"Effect": "Deny", "Action": "iam:*", "Resource": "*"})");
  CHECK(count(left.actions) == all - s3 - count(expanded("iam:*").actions));
  CHECK(left.denied == count(expanded("iam:*").actions));
  CHECK(left.partial_denies.empty());
}

TEST_CASE("expand: a Deny of some requests only takes nothing away, and is named") {
  const std::string allow = R"({"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"},)";
  for (const char* deny : {
           R"({"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"})",
           R"({"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::b/*"})",
           R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*",
               "Condition": {"Bool": {"aws:SecureTransport": "false"}}})",
           R"({"Effect": "Deny", "NotAction": ["iam:*", {"Ref": "Exempt"}], "Resource": "*"})",
           R"({"Effect": "Deny", "Action": "s3:*"})",
           R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "NotPrincipal": "*"})",
       }) {
    INFO(deny);
    const auto left = policy_actions(allow + deny);
    CHECK(left.actions == expanded("s3:Get*").actions);
    CHECK(left.denied == 0);
    CHECK(left.partial_denies == std::vector<std::size_t>{1});
  }
  const std::string some = R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*",
                               "Principal": {"AWS": "111122223333"}})";
  CHECK(policy_actions(allow + some, PolicyKind::kResource).partial_denies.size() == 1);
  // S2: Principal in an identity-based policy is ignored.
  CHECK(policy_actions(allow + some).actions.empty());
}

TEST_CASE("expand: of a policy, entries that match nothing and those of deploy time are told") {
  const auto left = policy_actions(
      R"({"Effect": "Allow", "Action": ["s3:GetObjct", {"Ref": "A"}, "s3:GetObject"],
          "Resource": "*"},
         {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"})");
  CHECK(names_of(left.actions) == std::vector<std::string>{"s3:GetObject"});
  REQUIRE(left.unmatched.size() == 1);
  CHECK(left.unmatched[0].pattern == "s3:GetObjct");
  CHECK(left.open_statements == std::vector<std::size_t>{0});
}

TEST_CASE("minimize: a service, the catalogue, one action") {
  CHECK(minimized({"s3:*"}) == std::vector<std::string>{"s3:*"});
  CHECK(minimized({"*"}) == std::vector<std::string>{"*"});
  CHECK(minimized({"S3:GETOBJECT"}) == std::vector<std::string>{"s3:GetObject"});
  CHECK(minimized({}).empty());
}

TEST_CASE("minimize: patterns are as narrow as the actions allow, and names where one is enough") {
  CHECK(minimized({"iam:*Role"}) == std::vector<std::string>{"iam:*Role"});
  CHECK(minimized({"s3:Get*Acl"}) == std::vector<std::string>{"s3:Get*Acl"});
  CHECK(minimized({"iam:PassRole", "s3:GetObject"}) ==
        std::vector<std::string>{"iam:PassRole", "s3:GetObject"});
}

TEST_CASE("minimize: unknown actions stay as they are, once") {
  const auto result =
      minimize_actions(catalogue(), {"s3:NotYetThere", "S3:notyetthere", "s3:GetObject"});
  REQUIRE(result);
  CHECK(result->patterns == std::vector<std::string>{"s3:GetObject", "s3:NotYetThere"});
  CHECK(result->unknown == std::vector<std::string>{"s3:NotYetThere"});
  CHECK(result->actions == 1);
}

TEST_CASE("minimize: random sets are covered exactly") {
  std::mt19937 random(20'261'121);
  for (int round = 0; round < 6; ++round) {
    std::vector<std::string> asked;
    const auto keep = 1 + random() % 9;
    for (const char* prefix : {"s3", "iam", "sqs", "lambda", "dynamodb"}) {
      const auto service = catalogue().find_service(prefix);
      REQUIRE(service);
      for (const Action action : service->actions()) {
        if (random() % 10 < keep) asked.push_back(action.full_name());
      }
    }
    const auto result = minimize_actions(catalogue(), asked);
    REQUIRE(result);
    CHECK(slowly_expanded(result->patterns) == std::set<std::string>(asked.begin(), asked.end()));
    CHECK(result->patterns.size() <= asked.size());
    // A pattern with a wildcard is there for two actions at least that no other one matches.
    for (const std::string& text : result->patterns) {
      if (text.find('*') == std::string::npos) continue;
      INFO(text);
      std::size_t own = 0;
      for (const std::string& name : asked) {
        if (!ActionPattern(text).matches(name)) continue;
        own += std::ranges::count_if(result->patterns,
                                     [&](const std::string& other) {
                                       return ActionPattern(other).matches(name);
                                     }) == 1
                   ? 1
                   : 0;
      }
      CHECK(own > 1);
    }
  }
}

TEST_CASE("minimize: of small sets of names no shorter list of such patterns exists") {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    std::set<std::string> names;
    while (names.size() < 9) {
      std::string name;
      for (std::size_t i = 0, size = 2 + random() % 4; i < size; ++i) name += "abB"[random() % 3];
      std::string lower = name;
      std::ranges::transform(lower, lower.begin(), [](char c) { return c == 'B' ? 'b' : c; });
      if (std::ranges::none_of(names, [&](std::string other) {
            std::ranges::replace(other, 'B', 'b');
            return other == lower;
          }))
        names.insert(name);
    }
    std::vector<std::string> wanted, others;
    for (const std::string& name : names) (random() % 3 == 0 ? others : wanted).push_back(name);
    if (wanted.empty() || others.empty()) continue;
    const std::vector<PatternCandidate> candidates =
        pattern_candidates({wanted.begin(), wanted.end()}, {others.begin(), others.end()});
    std::vector<BitSet> sets;
    for (const PatternCandidate& candidate : candidates) {
      sets.push_back(candidate.names);
      const Pattern pattern =
          Pattern::like(candidate.text, {.variables = false, .ignore_case = true});
      for (std::size_t i = 0; i < wanted.size(); ++i)
        CHECK(pattern.matches(wanted[i]) == candidate.names.has(i));
      for (const std::string& other : others) CHECK(!pattern.matches(other));
    }
    const Cover cover = smallest_cover(wanted.size(), sets, 100'000);
    REQUIRE(cover.smallest);
    std::set<std::size_t> all;
    for (std::size_t i = 0; i < wanted.size(); ++i) all.insert(i);
    const auto covers = all_covers(wanted, others);
    CHECK(can_cover(covers, all, cover.sets.size()));
    CHECK(!can_cover(covers, all, cover.sets.size() - 1));
  }
}

TEST_CASE("minimize: the cover of random sets is the smallest there is") {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    constexpr std::size_t kElements = 10, kSets = 11;
    std::vector<BitSet> sets(kSets, BitSet(kElements));
    for (std::size_t e = 0; e < kElements; ++e) {
      for (int i = 0; i < 2; ++i) sets[random() % kSets].add(e);
    }
    std::size_t least = kSets;
    for (std::size_t chosen = 0; chosen < (std::size_t{1} << kSets); ++chosen) {
      BitSet open(kElements);
      for (std::size_t e = 0; e < kElements; ++e) open.add(e);
      std::size_t number = 0;
      for (std::size_t set = 0; set < kSets; ++set) {
        if ((chosen >> set & 1U) == 0) continue;
        open.remove_all(sets[set]);
        ++number;
      }
      if (open.empty()) least = std::min(least, number);
    }
    const Cover cover = smallest_cover(kElements, sets, 10'000);
    CHECK(cover.smallest);
    CHECK(cover.sets.size() == least);
  }
}

TEST_CASE("minimize: a search that stops at its bound still covers, and says that it stopped") {
  // Three pairs of three names: two sets are enough, and greedy finds them; without steps nobody
  // knows.
  std::vector<BitSet> sets(3, BitSet(3));
  for (std::size_t i = 0; i < 3; ++i) {
    sets[i].add(i);
    sets[i].add((i + 1) % 3);
  }
  CHECK(smallest_cover(3, sets, 100).smallest);
  const Cover stopped = smallest_cover(3, sets, 0);
  CHECK(!stopped.smallest);
  CHECK(stopped.sets.size() == 2);
}
