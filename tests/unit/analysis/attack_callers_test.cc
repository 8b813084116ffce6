// Random resource-based and trust policies: what is proved is attacked with callers of every kind.
#include <array>
#include <cstdlib>
#include <random>
#include <string>

#include "attack_world.h"
#include "catch.h"
#include "iamcheck/analysis.h"
#include "iamcheck/evaluate.h"

using namespace iamcheck;
using iamcheck::small_world::grants;
using iamcheck::small_world::policy;
using iamcheck::small_world::rounds;

namespace {

// Entries of Principal, as `"type": "value"`.
constexpr auto kEntries = std::to_array<std::string_view>(
    {R"("AWS": "*")",
     R"("AWS": "111122223333")",
     R"("AWS": "arn:aws:iam::111122223333:root")",
     R"("AWS": "arn:aws-cn:iam::111122223333:root")",
     R"("AWS": "arn:aws-iso:iam::111122223333:root")",
     R"("AWS": "444455556666")",
     R"("AWS": "arn:aws:iam::111122223333:user/alice")",
     R"("AWS": "arn:aws:iam::111122223333:user/someone")",
     R"("AWS": ["arn:aws:iam::111122223333:user/alice", "111122223333"])",
     R"("AWS": ["arn:aws-cn:iam::111122223333:user/alice", "111122223333"])",
     R"("AWS": "arn:aws:iam::111122223333:role/ci")",
     R"("AWS": "arn:aws:iam::111122223333:role/dev")",
     R"("AWS": "arn:aws:sts::111122223333:assumed-role/ci/session")",
     R"("AWS": "arn:aws:sts::111122223333:assumed-role/ci/")",
     R"("AWS": ["arn:aws:sts::111122223333:assumed-role/ci/session",
                "arn:aws:iam::111122223333:role/ci", "111122223333"])",
     R"("AWS": "arn:aws:sts::111122223333:federated-user/fed")",
     R"("AWS": ["arn:aws:sts::111122223333:federated-user/fed", "111122223333"])",
     R"("AWS": "arn:aws:iam::111122223333:group/staff")",
     R"("AWS": "arn:aws:iam::111122223333:user/*")",
     R"("AWS": "AIDACKCEVSQ6C2EXAMPLE")",
     R"("Service": "ec2.amazonaws.com")",
     R"("Service": ["ec2.amazonaws.com", "sns.amazonaws.com"])",
     R"("Service": "sns.amazonaws.com")",
     R"("Federated": "accounts.google.com")",
     R"("Federated": "arn:aws:iam::111122223333:saml-provider/Corp")",
     R"("CanonicalUser": "0123abcd")",
     R"("AWS": [])"});

struct Caller {
  std::string_view principal;
  std::string_view issuer = {};
};
constexpr auto kCallers = std::to_array<Caller>(
    {{"arn:aws:iam::111122223333:user/alice"},
     {"arn:aws:iam::111122223333:user/bob"},
     {"arn:aws:iam::111122223333:user/someone"},
     {"arn:aws:iam::111122223333:root"},
     {"arn:aws:iam::111122223333:role/ci"},
     {"arn:aws:iam::111122223333:role/dev"},
     {"arn:aws:sts::111122223333:assumed-role/ci/session"},
     {"arn:aws:sts::111122223333:assumed-role/ci/other"},
     {"arn:aws:sts::111122223333:assumed-role/dev/session"},
     {"arn:aws:sts::111122223333:federated-user/fed"},
     {"arn:aws:sts::111122223333:federated-user/fed", "arn:aws:iam::111122223333:user/alice"},
     {"arn:aws:sts::111122223333:federated-user/bob", "arn:aws:iam::111122223333:user/alice"},
     {"arn:aws:sts::111122223333:federated-user/fed", "arn:aws:iam::111122223333:user/bob"},
     {"arn:aws-cn:iam::111122223333:user/alice"},
     {"arn:aws-cn:iam::111122223333:root"},
     {"arn:aws-iso:iam::111122223333:root"},
     {"arn:aws-iso:iam::111122223333:user/alice"},
     {"arn:aws:iam::444455556666:user/alice"},
     {"arn:aws:iam::444455556666:root"},
     {"arn:aws:iam::999988887777:user/someone"},
     {"ec2.amazonaws.com"},
     {"sns.amazonaws.com"},
     {"lambda.amazonaws.com"},
     {"accounts.google.com"},
     {"graph.facebook.com"},
     {"arn:aws:iam::111122223333:saml-provider/Corp"},
     {"*anonymous*"}});

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  bool one_in(unsigned n) { return random_() % n == 0; }
  template <typename List>
  auto pick(const List& list) {
    return list[random_() % list.size()];
  }

  std::string element() {
    if (one_in(8)) return R"("*")";
    std::string text = "{" + std::string(pick(kEntries));
    const bool aws = text.starts_with(R"({"AWS")");
    if (one_in(3)) {
      const std::string more(pick(kEntries));
      if (more.starts_with(R"("AWS")") != aws) text += ", " + more;
    }
    return text + "}";
  }

  std::string statements(bool trust) {
    std::string text;
    for (std::size_t i = random_() % 3 + 1; i > 0; --i) {
      text += one_in(3) ? R"({"Effect": "Deny", )" : R"({"Effect": "Allow", )";
      text += one_in(4) ? R"("NotPrincipal": )" : R"("Principal": )";
      text += element() + R"(, "Action": ")" + (one_in(4) ? "sts:*" : "sts:AssumeRole") + "\"";
      if (!trust) text += R"(, "Resource": "*")";
      text += i > 1 ? "}, " : "}";
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

struct Tally {
  int passed = 0, confirmed = 0, possible = 0, unknown = 0;
};

Tally attack(unsigned seed, int rounds, PolicyKind kind) {
  Dice dice(seed);
  Tally tally;
  for (int round = 0; round < rounds; ++round) {
    const std::string before = dice.statements(kind == PolicyKind::kTrust);
    const std::string after = dice.statements(kind == PolicyKind::kTrust);
    INFO(before << "\n" << after);
    const Policy old_policy = policy(before), new_policy = policy(after);
    const AccessAnswer answer = no_new_access(old_policy, new_policy, kind);
    PolicySet old_set, new_set;
    old_set.add("p", kind, old_policy);
    new_set.add("p", kind, new_policy);
    bool broken = false;
    for (const Caller& caller : kCallers) {
      for (const std::string_view action : {"sts:AssumeRole", "sts:TagSession"}) {
        RequestFields fields;
        fields.principal = caller.principal;
        fields.issuer_arn = caller.issuer;
        fields.action = action;
        fields.resource = kind == PolicyKind::kTrust ? "arn:aws:iam::111122223333:role/target"
                                                     : "arn:aws:sns:us-east-1:111122223333:t";
        const Request request(fields);
        const bool differs = grants(new_set, request) && !grants(old_set, request);
        broken = broken || differs;
        INFO(caller.principal << " issued by " << caller.issuer << ": " << action);
        if (answer.verdict == Verdict::kPass) CHECK_FALSE(differs);
      }
    }
    if (answer.verdict == Verdict::kPass) ++tally.passed;
    if (answer.verdict == Verdict::kFailConfirmed) ++tally.confirmed;
    if (answer.verdict == Verdict::kUnknown) ++tally.unknown;
    if (answer.verdict != Verdict::kFailPossible) continue;
    ++tally.possible;
    // The evaluator knows no canonical users; nobody else may be left as possible.
    const bool canonical = (before + after).find("Canonical") != std::string::npos;
    CHECK(canonical);
  }
  return tally;
}

AccessAnswer compare(const std::string& before, const std::string& after,
                     PolicyKind kind = PolicyKind::kResource) {
  return no_new_access(policy(before), policy(after), kind);
}
std::string statement(std::string_view effect, const std::string& principal) {
  return R"({"Effect": ")" + std::string(effect) + "\", " + principal +
         R"(, "Action": "s3:GetObject", "Resource": "*"})";
}

}  // namespace

TEST_CASE("no caller gets past a proof about a resource-based policy") {
  const Tally tally = attack(11, rounds(1500), PolicyKind::kResource);
  CHECK(tally.passed > 200);
  CHECK(tally.confirmed > 200);
  CHECK(tally.unknown == 0);
}

TEST_CASE("no caller gets past a proof about a trust policy") {
  const Tally tally = attack(12, rounds(1500), PolicyKind::kTrust);
  CHECK(tally.passed > 200);
  CHECK(tally.confirmed > 200);
  CHECK(tally.unknown == 0);
}

TEST_CASE("a partition is another place: an account of any partition is somebody") {
  const std::string nobody = statement("Deny", R"("Principal": "*")");
  for (const std::string partition : {"aws", "aws-cn", "aws-iso", "aws-eusc"}) {
    CAPTURE(partition);
    const std::string somebody = statement(
        "Allow", R"("Principal": {"AWS": "arn:)" + partition + R"(:iam::111122223333:root"})");
    CHECK(compare(nobody, somebody).verdict == Verdict::kFailConfirmed);
  }
}

TEST_CASE("a Deny leaves every service alone that its NotPrincipal lists") {
  const std::string all = statement("Allow", R"("Principal": "*")");
  const std::string two = statement(
      "Deny", R"("NotPrincipal": {"Service": ["ec2.amazonaws.com", "sns.amazonaws.com"]})");
  const std::string one = statement("Deny", R"("NotPrincipal": {"Service": "sns.amazonaws.com"})");
  CHECK(compare(all + ", " + one, all + ", " + two).verdict == Verdict::kFailConfirmed);
}

TEST_CASE("a NotPrincipal known only at deploy time may leave anybody alone") {
  const std::string all = statement("Allow", R"("Principal": "*")");
  const std::string open = statement("Deny", R"("NotPrincipal": {"AWS": {"Ref": "Role"}})");
  const std::string none = statement("Deny", R"("Principal": "*")");
  CHECK(compare(none, all + ", " + open).verdict == Verdict::kFailPossible);
  CHECK(compare(all + ", " + open, all + ", " + open).verdict == Verdict::kPass);
}

TEST_CASE("a session issued by a user is denied as its user is") {
  const std::string session =
      statement("Allow", R"("Principal": {"AWS": "arn:aws:sts::111122223333:federated-user/fed"})");
  const std::string user =
      statement("Deny", R"("Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"})");
  CHECK(compare(session + ", " + user, session).verdict == Verdict::kFailConfirmed);
  CHECK(compare(session, session + ", " + user).verdict == Verdict::kPass);
}
