// Random sets of policies that decide together: what is proved is attacked with whole decisions.
#include <array>
#include <cstdlib>
#include <random>
#include <string>

#include "attack_world.h"
#include "catch.h"
#include "iamcheck/analysis.h"
#include "iamcheck/evaluate.h"

using namespace iamcheck;
using iamcheck::small_world::policy;
using iamcheck::small_world::rounds;

namespace {

constexpr std::string_view kAccount = "111122223333";
constexpr auto kActions = std::to_array<std::string_view>(
    {"*", "s3:*", "s3:GetObject", "ec2:*", "sts:AssumeRole", "kms:*", "kms:RetireGrant"});
constexpr auto kResources = std::to_array<std::string_view>(
    {"*", "arn:aws:s3:::b/*", "arn:aws:kms:*:111122223333:key/*", "arn:aws:iam::*:role/*"});
constexpr auto kPrincipals = std::to_array<std::string_view>(
    {R"("*")", R"({"AWS": "111122223333"})", R"({"AWS": "arn:aws:iam::111122223333:user/alice"})",
     R"({"AWS": "arn:aws:iam::111122223333:role/ci"})",
     R"({"AWS": "arn:aws:sts::111122223333:assumed-role/ci/session"})",
     R"({"Service": "ec2.amazonaws.com"})"});

constexpr auto kCallers = std::to_array<std::string_view>(
    {"arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:user/bob",
     "arn:aws:sts::111122223333:assumed-role/ci/session",
     "arn:aws:sts::111122223333:assumed-role/ci/other",
     "arn:aws:sts::111122223333:assumed-role/dev/x", "arn:aws:iam::111122223333:role/ci",
     "ec2.amazonaws.com", "sns.amazonaws.com", "*anonymous*"});
constexpr auto kAskedActions = std::to_array<std::string_view>(
    {"s3:GetObject", "s3:PutObject", "ec2:RunInstances", "sts:AssumeRole", "sts:GetFederationToken",
     "kms:Decrypt", "kms:RetireGrant"});
constexpr auto kAskedResources = std::to_array<std::string_view>(
    {"arn:aws:s3:::b/k", "arn:aws:s3:::c/k", "arn:aws:kms:us-east-1:111122223333:key/1",
     "arn:aws:iam::111122223333:role/target", "arn:aws:ec2:us-east-1:111122223333:instance/i-1"});

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  bool one_in(unsigned n) { return random_() % n == 0; }
  template <typename List>
  auto pick(const List& list) {
    return list[random_() % list.size()];
  }

  Policy policy(PolicyKind kind) {
    std::string text = R"({"Version": "2012-10-17", "Statement": [)";
    for (std::size_t i = random_() % 2 + 1; i > 0; --i) {
      text += one_in(4) ? R"({"Effect": "Deny")" : R"({"Effect": "Allow")";
      const bool principal = info(kind).takes_principal;
      if (kind == PolicyKind::kRcp) {
        text += R"(, "Principal": "*")";
      } else if (principal) {
        text += one_in(6) ? R"(, "NotPrincipal": )" : R"(, "Principal": )";
        text += pick(kPrincipals);
      }
      text.append(one_in(6) ? R"(, "NotAction": ")" : R"(, "Action": ")").append(pick(kActions));
      text.append(R"(", "Resource": ")").append(one_in(2) ? "*" : pick(kResources));
      text += i > 1 ? "\"}, " : "\"}";
    }
    return *parse_policy("p.json", text + "]}");
  }

  // The kinds of both sides; now and then one side lacks what the other has.
  struct Shape {
    bool identity, boundary, session, resource, endpoint;
    unsigned scps, rcps;
  };
  Shape shape() {
    return {!one_in(4),         one_in(3), one_in(3),
            one_in(2),          one_in(4), one_in(3) ? static_cast<unsigned>(random_() % 2 + 1) : 0,
            one_in(3) ? 1U : 0U};
  }
  PolicySet set(const Shape& shape) {
    PolicySet set;
    const auto add = [&](bool wanted, PolicyKind kind) {
      if (wanted != one_in(12)) set.add("p", kind, policy(kind));
    };
    add(shape.identity, PolicyKind::kIdentity);
    add(shape.boundary, PolicyKind::kBoundary);
    add(shape.session, PolicyKind::kSession);
    add(shape.resource, PolicyKind::kResource);
    add(shape.endpoint, PolicyKind::kEndpoint);
    for (unsigned level = 0; level < shape.scps; ++level) {
      set.add_level(PolicyKind::kScp, "level");
      if (!one_in(8)) set.add("p", PolicyKind::kScp, policy(PolicyKind::kScp));
    }
    for (unsigned level = 0; level < shape.rcps; ++level) {
      set.add_level(PolicyKind::kRcp, "level");
      if (!one_in(4)) set.add("p", PolicyKind::kRcp, policy(PolicyKind::kRcp));
    }
    return set;
  }

 private:
  std::mt19937 random_;
};

std::string words(const PolicySet& set) {
  std::string text;
  for (const AttachedPolicy& one : set.policies()) {
    text.append(info(one.kind).title).append(" ").append(std::to_string(one.level)).append(": ");
    text.append(one.policy->source->text()).append("\n");
  }
  for (const PolicyKind kind : {PolicyKind::kScp, PolicyKind::kRcp})
    text += std::to_string(set.levels(kind).size()) + " levels\n";
  return text;
}

struct Tally {
  int passed = 0, confirmed = 0, possible = 0, unknown = 0;
};

Tally attack(unsigned seed, int rounds) {
  Dice dice(seed);
  Tally tally;
  for (int round = 0; round < rounds; ++round) {
    const Dice::Shape shape = dice.shape();
    const PolicySet before = dice.set(shape), after = dice.set(shape);
    // Guardrails asked about alone are compared as they are: the evaluator allows nothing there.
    const AccessAnswer answer = no_new_access(before, after);
    if (answer.verdict == Verdict::kFailConfirmed) ++tally.confirmed;
    if (answer.verdict == Verdict::kFailPossible) ++tally.possible;
    if (answer.verdict == Verdict::kUnknown) ++tally.unknown;
    if (answer.verdict != Verdict::kPass) continue;
    ++tally.passed;
    // One policy on each side is asked about as a document, in which an account covers its users.
    if (before.policies().size() == 1 && after.policies().size() == 1) continue;
    // Where a role is meant, its own policy is a trust policy, which knows no NotPrincipal: a
    // stated assumption.
    const bool no_roles = (words(before) + words(after)).find("NotPrincipal") != std::string::npos;
    bool broken = false;
    for (const std::string_view caller : kCallers) {
      for (const std::string_view action : kAskedActions) {
        for (const std::string_view resource : kAskedResources) {
          if (no_roles && resource.find(":role/") != std::string_view::npos) continue;
          RequestFields fields;
          fields.principal = caller;
          fields.action = action;
          fields.resource = resource;
          fields.resource_account = kAccount;
          const Request request(fields);
          if (broken || !evaluate(after, request).allowed() || evaluate(before, request).allowed())
            continue;
          broken = true;
          INFO(words(before) << "----\n" << words(after));
          INFO(caller << " " << action << " on " << resource);
          CHECK_FALSE(broken);
        }
      }
    }
  }
  return tally;
}

std::string allow(const std::string& action, const std::string& more = {}) {
  return R"({"Effect": "Allow", "Action": ")" + action + R"(", "Resource": "*")" + more + "}";
}
std::string deny(const std::string& action, const std::string& more = {}) {
  return R"({"Effect": "Deny", "Action": ")" + action + R"(", "Resource": "*")" + more + "}";
}
PolicySet set_of(std::initializer_list<std::pair<PolicyKind, std::string>> policies) {
  PolicySet set;
  for (const auto& [kind, statements] : policies) set.add("p", kind, policy(statements));
  return set;
}

}  // namespace

TEST_CASE("no decision gets past a proof about policies that decide together") {
  const int count = rounds(1500);
  const Tally tally = attack(31, count);
  CHECK(tally.passed > count / 6);
  CHECK(tally.confirmed > count / 6);
  CHECK(tally.unknown == 0);
  CHECK(tally.possible < count / 12);
}

TEST_CASE("a boundary limits the sessions of a role that the resource's policy names") {
  using enum PolicyKind;
  const std::string role = R"(, "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"})";
  const PolicySet limited = set_of({{kIdentity, allow("ec2:*")},
                                    {kBoundary, allow("ec2:*")},
                                    {kResource, allow("s3:GetObject", role)}});
  const PolicySet free = set_of({{kIdentity, allow("ec2:*")},
                                 {kBoundary, allow("*")},
                                 {kResource, allow("s3:GetObject", role)}});
  CHECK(no_new_access(limited, free).verdict == Verdict::kFailConfirmed);
  CHECK(no_new_access(free, limited).verdict == Verdict::kPass);
}

TEST_CASE("an account in the resource's policy leaves the grant to identity-based policies") {
  using enum PolicyKind;
  const std::string account = R"(, "Principal": {"AWS": "111122223333"})";
  const PolicySet delegated =
      set_of({{kIdentity, allow("ec2:*")}, {kResource, allow("s3:GetObject", account)}});
  const PolicySet used =
      set_of({{kIdentity, allow("s3:*")}, {kResource, allow("s3:GetObject", account)}});
  CHECK(no_new_access(delegated, used).verdict == Verdict::kFailConfirmed);
}

TEST_CASE("a key's own policy must agree") {
  using enum PolicyKind;
  const std::string account = R"(, "Principal": {"AWS": "111122223333"})";
  const PolicySet closed =
      set_of({{kIdentity, allow("kms:Decrypt")}, {kResource, allow("kms:Encrypt", account)}});
  const PolicySet open =
      set_of({{kIdentity, allow("kms:Decrypt")}, {kResource, allow("kms:*", account)}});
  CHECK(no_new_access(closed, open).verdict == Verdict::kFailConfirmed);
  CHECK(no_new_access(open, closed).verdict == Verdict::kPass);
}

TEST_CASE("SCPs do not stop services, and RCPs only services that they cover") {
  using enum PolicyKind;
  const std::string all = R"(, "Principal": "*")";
  const std::string service = R"(, "Principal": {"Service": "ec2.amazonaws.com"})";
  const PolicySet nobody = set_of({{kScp, allow("*")}, {kResource, deny("s3:*", all)}});
  const PolicySet by_service =
      set_of({{kScp, deny("*")}, {kResource, allow("s3:GetObject", service)}});
  CHECK(no_new_access(nobody, by_service).verdict == Verdict::kFailConfirmed);
  const PolicySet none = set_of({{kIdentity, deny("*")}, {kRcp, allow("*", all)}});
  const PolicySet uncovered = set_of({{kIdentity, allow("ec2:*")}, {kRcp, deny("*", all)}});
  CHECK(no_new_access(none, uncovered).verdict == Verdict::kFailConfirmed);
  const PolicySet covered = set_of({{kIdentity, allow("s3:*")}, {kRcp, deny("*", all)}});
  CHECK(no_new_access(none, covered).verdict == Verdict::kPass);
}

TEST_CASE(
    "without identity-based policies a boundary allows nothing, where the other side has them") {
  using enum PolicyKind;
  const PolicySet guard = set_of({{kBoundary, allow("s3:*")}, {kScp, allow("*")}});
  const PolicySet grant =
      set_of({{kIdentity, allow("s3:*")}, {kBoundary, allow("s3:*")}, {kScp, allow("*")}});
  CHECK(no_new_access(guard, grant).verdict == Verdict::kFailConfirmed);
}

TEST_CASE(
    "a trust policy must agree, and an account in it leaves the grant to its identity policies") {
  using enum PolicyKind;
  const auto trust = [](const std::string& action) {
    return R"({"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": ")" + action +
           "\"}";
  };
  const PolicySet closed =
      set_of({{kIdentity, allow("sts:AssumeRole")}, {kTrust, trust("sts:TagSession")}});
  const PolicySet open =
      set_of({{kIdentity, allow("sts:AssumeRole")}, {kTrust, trust("sts:AssumeRole")}});
  const PolicySet unused =
      set_of({{kIdentity, allow("sts:TagSession")}, {kTrust, trust("sts:AssumeRole")}});
  CHECK(no_new_access(closed, open).verdict == Verdict::kFailConfirmed);
  CHECK(no_new_access(unused, open).verdict == Verdict::kFailConfirmed);
  CHECK(no_new_access(open, unused).verdict == Verdict::kFailConfirmed);
  CHECK(no_new_access(open, closed).verdict == Verdict::kPass);
}

TEST_CASE("a session of GetFederationToken needs a session policy") {
  using enum PolicyKind;
  const std::string all = R"(, "Principal": {"AWS": "444455556666"})";
  const PolicySet without = set_of({{kIdentity, allow("s3:*")}, {kResource, allow("s3:*", all)}});
  const PolicySet with = set_of(
      {{kIdentity, allow("s3:*")}, {kSession, allow("s3:*")}, {kResource, allow("s3:*", all)}});
  CHECK(no_new_access(without, with).verdict == Verdict::kFailConfirmed);
}

TEST_CASE("NotPrincipal in a Deny meets everybody who has a boundary") {
  using enum PolicyKind;
  const std::string open =
      allow("s3:*", R"(, "Principal": "*")") + ", " + deny("s3:*", R"(, "NotPrincipal": {"AWS": [
                               "arn:aws:iam::111122223333:user/alice", "111122223333"]})");
  const PolicySet bounded =
      set_of({{kIdentity, allow("*")}, {kBoundary, allow("*")}, {kResource, open}});
  const PolicySet free = set_of({{kIdentity, allow("*")}, {kResource, open}});
  CHECK(no_new_access(bounded, free).verdict == Verdict::kFailConfirmed);
  CHECK(no_new_access(free, bounded).verdict == Verdict::kPass);
}

TEST_CASE("RCPs leave the keys of AWS alone") {
  using enum PolicyKind;
  const auto keys = [](const std::string& alias) {
    return set_of({{kIdentity, R"({"Effect": "Allow", "Action": "kms:DescribeKey", "Resource":
                       "arn:aws:kms:us-east-1:111122223333:alias/)" +
                                   alias + "\"}"},
                   {kRcp, deny("*", R"(, "Principal": "*")")}});
  };
  const PolicySet none = set_of({{kIdentity, deny("*")}, {kRcp, allow("*")}});
  CHECK(no_new_access(none, keys("aws/s3")).verdict == Verdict::kFailConfirmed);
  CHECK(no_new_access(none, keys("mine")).verdict == Verdict::kPass);
}

TEST_CASE("guardrails asked about alone are compared as they are, and confirmed") {
  using enum PolicyKind;
  const PolicySet narrow = set_of({{kScp, allow("s3:GetObject")}});
  const PolicySet wide = set_of({{kScp, allow("s3:*")}});
  CHECK(no_new_access(narrow, wide).verdict == Verdict::kFailConfirmed);
  CHECK(no_new_access(wide, narrow).verdict == Verdict::kPass);
}

TEST_CASE(
    "every statement of a guardrail that lets more through is a reason, beyond the last piece") {
  using enum PolicyKind;
  const PolicySet narrow = set_of({{kScp, allow("s3:GetObject")}});
  const PolicySet wide = set_of({{kScp, allow("ec2:*") + ", " + allow("iam:*")}});
  AnalysisOptions options;
  for (const std::size_t pieces : {std::size_t{0}, std::size_t{1}, std::size_t{20}}) {
    options.max_pieces = pieces;
    const AccessAnswer answer = no_new_access(narrow, wide, options);
    CAPTURE(pieces);
    CHECK(answer.verdict == Verdict::kFailConfirmed);
    CHECK(answer.reasons.size() == 2);
  }
}
