// Laws that hold for every policy, hostile questions, and the two checks that are made of
// inclusions, against the evaluator.
#include <array>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "attack_world.h"
#include "catch.h"
#include "iamcheck/analysis.h"
#include "iamcheck/evaluate.h"

using namespace iamcheck;
using iamcheck::small_world::rounds;

namespace {

// Statements with all that a template may hold: functions in every place, conditions that cannot be
// read, short ARNs, variables with and without defaults.
constexpr auto kStatements = std::to_array<std::string_view>({
    R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})",
    R"({"Effect": "Allow", "Action": ["s3:Get*", {"Ref": "Action"}], "Resource": "arn:aws:s3:::b/*"})",
    R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]}})",
    R"({"Effect": "Allow", "NotAction": {"Ref": "Action"}, "NotResource": {"Ref": "Bucket"}})",
    R"({"Effect": {"Ref": "Effect"}, "Action": "s3:*", "NotResource": "arn:aws:s3:::b/*"})",
    R"({"Effect": {"Ref": "Effect"}, "Action": "s3:Put*", "NotResource": "short"})",
    R"({"Fn::If": ["Prod", {"Ref": "A"}, {"Ref": "B"}]})",
    R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": "broken"})",
    R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": "broken"})",
    R"({"Effect": "Allow", "Action": "s3:*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": {"Ref": "Org"}}}})",
    R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": ["o-a", {"Ref": "Org"}]}}})",
    R"({"Effect": "Deny", "Action": "s3:*", "Resource": "*",
        "Condition": {"NumericLessThan": {"s3:max-keys": {"Ref": "Most"}}}})",
    R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:username}/*"})",
    R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:username, 'all'}"})",
    R"({"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::b/${aws:username}*"})",
    R"({"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:${aws:x}:::b"})",
    R"({"Effect": "Deny", "Action": "s3:Delete*", "NotResource": ["arn:aws:s3:*", "arn:aws:s3:::b"]})",
    R"({"Effect": "Allow", "Action": "ec2:*", "Resource": "arn:aws:ec2:*:instance/*"})",
    R"({"Effect": "Allow", "Action": ["", "s3", "s*:Get", "s3:Get Object", "S3:GETOBJECT"],
        "Resource": ["", "arn:aws:s3:::B", "ARN:aws:s3:::b"]})",
    R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
        "Bool": {"aws:SecureTransport": ["${aws:x}", "true"]},
        "ForAllValues:StringLikeIfExists": {"aws:TagKeys": ["", "a${aws:username}"]}}})",
    R"({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
        "ForAnyValue:ArnNotLikeIfExists": {"x:y": ["arn:aws:*", "${aws:SourceArn}"]}}})",
    R"({"Effect": "Allow", "Action": [], "Resource": [], "Condition": {}})",
    R"({"Effect": "Perhaps", "Action": "*", "Resource": "*"})",
});

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }
  std::vector<std::string> some() {
    std::vector<std::string> statements;
    for (std::size_t i = below(4) + 1; i > 0; --i)
      statements.emplace_back(kStatements[below(kStatements.size())]);
    return statements;
  }
  std::vector<std::string> shuffled(std::vector<std::string> statements) {
    std::shuffle(statements.begin(), statements.end(), random_);
    return statements;
  }

 private:
  std::mt19937 random_;
};

Policy policy(const std::vector<std::string>& statements, const std::string& version) {
  std::string text = "{" + version + R"("Statement": [)";
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (i > 0) text += ", ";
    text += statements[i];
  }
  return *parse_policy("p.json", text + "]}");
}
Policy policy(const std::string& statement) {
  return policy(std::vector<std::string>{statement}, R"("Version": "2012-10-17", )");
}

Verdict ask(const Policy& before, const Policy& after, PolicyKind kind = PolicyKind::kIdentity) {
  return no_new_access(before, after, kind).verdict;
}

bool fails(Verdict verdict) {
  return verdict == Verdict::kFailConfirmed || verdict == Verdict::kFailPossible;
}

}  // namespace

TEST_CASE("every policy is within itself, in any order, and an Allow only adds") {
  Dice dice(41);
  for (int round = 0; round < rounds(400); ++round) {
    const std::string version =
        std::array<std::string, 4>{R"("Version": "2012-10-17", )", R"("Version": "2008-10-17", )",
                                   "", R"("Version": {"Ref": "V"}, )"}[dice.below(4)];
    const std::vector<std::string> a = dice.some(), b = dice.some(), c = dice.some();
    const Policy pa = policy(a, version), pb = policy(b, version), pc = policy(c, version);
    INFO(pa.source->text() << "\n" << pb.source->text() << "\n" << pc.source->text());
    CHECK(ask(pa, pa) == Verdict::kPass);
    CHECK(ask(pa, policy(dice.shuffled(a), version)) == Verdict::kPass);
    for (std::vector<std::string> more = a; const std::string& one : b) {
      const Policy less = policy(more, version);
      more.push_back(one);
      const bool adds = one.starts_with(R"({"Effect": "Allow")");
      const bool takes = one.starts_with(R"({"Effect": "Deny")");
      if (adds) CHECK(ask(policy(more, version), less) == Verdict::kPass);
      if (takes) CHECK(ask(less, policy(more, version)) == Verdict::kPass);
    }
    if (ask(pc, pb) == Verdict::kPass && ask(pb, pa) == Verdict::kPass)
      CHECK(ask(pc, pa) == Verdict::kPass);
  }
}

TEST_CASE("what a template leaves open proves nothing") {
  const std::string none = R"({"Effect": "Deny", "Action": "*", "Resource": "*"})";
  const std::string all = R"({"Effect": "Allow", "Action": "*", "Resource": "*"})";
  for (const char* open : {R"({"Effect": {"Ref": "E"}, "Action": "*", "Resource": "*"})",
                           R"({"Effect": "Allow", "Action": {"Ref": "A"}, "Resource": "*"})",
                           R"({"Effect": "Allow", "Action": "*", "Resource": {"Ref": "R"}})",
                           R"({"Effect": "Allow", "NotAction": {"Ref": "A"}, "Resource": "*"})",
                           R"({"Effect": "Allow", "Action": "*", "NotResource": {"Ref": "R"}})",
                           R"({"Fn::If": ["C", {"Ref": "S"}, {"Ref": "T"}]})"}) {
    CAPTURE(open);
    CHECK(fails(ask(policy(none), policy(open))));
    CHECK(fails(ask(policy(open), policy(all))));
  }
  // A Deny that may not be one.
  const auto with = [&](const std::string& deny) {
    return policy({all, deny}, R"("Version": "2012-10-17", )");
  };
  const Policy denied = with(none);
  for (const char* open :
       {R"({"Effect": {"Ref": "E"}, "Action": "*", "Resource": "*"})",
        R"({"Effect": {"Ref": "E"}, "Action": "*", "NotResource": "short"})",
        R"({"Effect": "Deny", "Action": {"Ref": "A"}, "Resource": "*"})",
        R"({"Effect": "Deny", "NotAction": {"Ref": "A"}, "Resource": "*"})",
        R"({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": "broken"})",
        R"({"Effect": "Deny", "Action": "*", "NotResource": {"Ref": "R"}})"}) {
    CAPTURE(open);
    CHECK(fails(ask(denied, with(open))));
    CHECK(fails(ask(with(open), policy(all))));
  }
}

TEST_CASE("conditions that always, never or perhaps hold are told apart") {
  const std::string none = R"({"Effect": "Deny", "Action": "*", "Resource": "*"})";
  const std::string all = R"({"Effect": "Allow", "Action": "*", "Resource": "*"})";
  const auto when = [](const std::string& condition) {
    return policy(R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": )" +
                  condition + "}");
  };
  CHECK(ask(when(R"({"Null": {"x:y": ["true", "false"]}})"), policy(all)) == Verdict::kPass);
  CHECK(ask(policy(all), when(R"({"Null": {"x:y": ["true", "false"]}})")) == Verdict::kPass);
  for (const char* never :
       {R"({"NullIfExists": {"x:y": "true"}})", R"({"StringSame": {"x:y": "a"}})",
        R"({"Null": {"x:y": "maybe"}})", R"({"BoolIfExists": {"x:y": []}, "Bool": {"x:y": []}})"})
    CHECK(ask(policy(none), when(never)) == Verdict::kPass);
  for (const char* open :
       {R"({"Fn::If": ["C", {"Ref": "A"}, {"Ref": "B"}]})",
        R"({"StringEquals": {"Fn::If": ["C", {"Ref": "A"}, {"Ref": "B"}]}})",
        R"({"NumericEquals": {"x:y": {"Ref": "N"}}})", R"({"Bool": {"x:y": "${aws:x}"}})",
        R"({"Null": {"x:y": {"Ref": "N"}}})", R"({"StringEquals": {"x:y": {"Ref": "N"}}})"}) {
    CAPTURE(open);
    CHECK(fails(ask(policy(none), when(open))));
    CHECK(fails(ask(when(open), policy(all))));
  }
}

TEST_CASE("statements that match nothing grant nothing and deny nothing") {
  struct Row {
    PolicyKind kind;
    std::string rest;
  };
  const std::string everyone = R"("Principal": "*", )";
  for (const auto& [kind, rest] : std::vector<Row>{
           {PolicyKind::kIdentity, R"("Resource": "*"})"},
           {PolicyKind::kIdentity, R"("Action": "*"})"},
           {PolicyKind::kIdentity, R"("Action": ["s*:GetObject", "s3:Get Object", "s3:", "x"],
               "Resource": "*"})"},
           {PolicyKind::kIdentity, R"("NotPrincipal": "*", "Action": "*", "Resource": "*"})"},
           {PolicyKind::kIdentity, R"("Action": "*", "Resource": ["", "short", "*x"]})"},
           {PolicyKind::kResource, R"("Action": "*", "Resource": "*"})"},
           {PolicyKind::kResource, everyone + R"("Action": "*", "Resource": "arn:aws:s3"})"},
           {PolicyKind::kTrust, R"("NotPrincipal": {"AWS": "111122223333"}, "Action": "*"})"}}) {
    CAPTURE(rest);
    const bool resource = kind != PolicyKind::kIdentity;
    const std::string all = R"({"Effect": "Allow", )" + (resource ? everyone : std::string()) +
                            R"("Action": "*", "Resource": "*"})";
    const Policy none = policy(R"({"Effect": "Deny", )" + (resource ? everyone : std::string()) +
                               R"("Action": "*", "Resource": "*"})");
    CHECK(ask(none, policy(R"({"Effect": "Allow", )" + rest), kind) == Verdict::kPass);
    const Policy both =
        policy({all, R"({"Effect": "Deny", )" + rest}, R"("Version": "2012-10-17", )");
    CHECK(ask(both, policy(all), kind) == Verdict::kPass);
  }
  const Policy none = policy(R"({"Effect": "Deny", "Action": "*", "Resource": "*"})");
  for (const char* allow :
       {R"({"Effect": "Allow", "Action": "*", "NotResource": "short"})",
        R"({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": "broken"})"})
    CHECK(ask(none, policy(allow)) == Verdict::kPass);
  CHECK(
      fails(ask(none, policy(R"({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3"})"))));
}

TEST_CASE("variables work in one Version, are texts in the other, and open where nobody knows") {
  const std::vector<std::string> dollar = {
      R"({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/$*"})"};
  const std::vector<std::string> variable = {
      R"({"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${aws:username}"})"};
  const auto within = [&](const std::string& version) {
    return ask(policy(dollar, version), policy(variable, version));
  };
  CHECK(within(R"("Version": "2008-10-17", )") == Verdict::kPass);
  CHECK(within("") == Verdict::kPass);
  CHECK(within(R"("Version": "2012-10-17", )") == Verdict::kFailConfirmed);
  CHECK(within(R"("Version": {"Ref": "V"}, )") == Verdict::kFailPossible);
  const auto excluding = [](const std::string& value) {
    return policy(R"({"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::b/)" +
                  value + "\"}");
  };
  const Policy elsewhere =
      policy(R"({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::c/*"})");
  CHECK(ask(excluding("${aws:username}"), elsewhere) == Verdict::kFailConfirmed);
  CHECK(ask(excluding("${aws:username, 'x'}"), elsewhere) == Verdict::kPass);
  CHECK(ask(excluding("${*}"), elsewhere) == Verdict::kPass);
  CHECK(fails(ask(excluding("${aws:TagKeys, 'x'}"), elsewhere)));
}

TEST_CASE("access-not-granted and the evaluator agree on every action and resource asked about") {
  Dice dice(42);
  const std::vector<std::string> actions = {"s3:GetObject", "s3:Put*", "ec2:*", "*"};
  const std::vector<std::string> resources = {"arn:aws:s3:::b/*", "arn:aws:s3:::c", "*"};
  int passed = 0;
  for (int round = 0; round < rounds(300); ++round) {
    const Policy document = policy(dice.some(), R"("Version": "2012-10-17", )");
    AccessQuestion access;
    if (dice.below(4) != 0) access.actions = {actions[dice.below(actions.size())]};
    if (dice.below(4) != 0 || access.actions.empty())
      access.resources = {resources[dice.below(resources.size())]};
    const AccessAnswer answer = access_not_granted(document, {&access, 1}, PolicyKind::kIdentity);
    if (answer.verdict != Verdict::kPass) continue;
    ++passed;
    PolicySet set;
    set.add("p", PolicyKind::kIdentity, document);
    for (const char* action : {"s3:GetObject", "s3:PutObject", "ec2:RunInstances"}) {
      for (const char* resource : {"arn:aws:s3:::b/k", "arn:aws:s3:::b/alice/k", "arn:aws:s3:::c",
                                   "arn:aws:ec2:us-east-1:111122223333:instance/i"}) {
        RequestFields fields;
        fields.principal = "arn:aws:iam::111122223333:user/alice";
        fields.action = action;
        fields.resource = resource;
        const bool asked =
            (access.actions.empty() || ActionPattern(access.actions[0]).matches(action)) &&
            (access.resources.empty() || Pattern::like(access.resources[0], {}).matches(resource));
        INFO(document.source->text() << "\n" << action << " on " << resource);
        if (asked) CHECK_FALSE(evaluate(set, Request(fields)).allowed());
      }
    }
  }
  CHECK(passed > 20);
}

TEST_CASE("hostile questions end within their limits, and never in a proof they did not find") {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  const auto statement = [](const std::string& effect, const std::string& actions,
                            const std::string& resources, const std::string& conditions) {
    return R"({"Effect": ")" + effect + R"(", "Action": [)" + actions + R"(], "Resource": [)" +
           resources + R"(], "Condition": {)" + conditions + "}}";
  };
  std::string stars = "\"arn:aws:s3:::", choices = "\"arn:aws:s3:::*a";
  for (int i = 0; i < 40; ++i) stars += "*a*b";
  for (int i = 0; i < 40; ++i) choices += "?";
  const Policy before = policy(statement("Allow", "\"*\"", choices + "\"", ""));
  const Policy after = policy(statement("Allow", "\"*\"", stars + "\"", ""));
  CHECK(ask(before, after) != Verdict::kPass);

  // Each state of the search is about thousands of patterns.
  std::string covering = "\"arn:aws:s3:::\"";
  for (int i = 0; i < 28; ++i) {
    covering.append(", \"arn:aws:s3:::*").append(i % 2 == 0 ? "a" : "b");
    covering.append(static_cast<std::size_t>(i) / 2, '?').append("\"");
  }
  std::mt19937 letters(3);
  for (int i = 0; i < 3000; ++i) {
    covering += ", \"arn:aws:s3:::*";
    for (int j = 0; j < 8; ++j) covering.append(1, static_cast<char>('c' + letters() % 20)) += '*';
    covering.append(20 + letters() % 100, '?').append("\"");
  }
  CHECK(ask(policy(statement("Allow", "\"*\"", covering, "")),
            policy(statement("Allow", "\"*\"", "\"arn:aws:s3:::*a?????????????*a?b*\"", ""))) ==
        Verdict::kUnknown);

  std::string actions, sets;
  for (int i = 0; i < 3000; ++i) {
    if (i > 0) actions += ", ";
    actions.append("\"s3:*a").append(std::to_string(i)).append("*\"");
  }
  for (int i = 0; i < 64; ++i) {
    if (i > 0) sets += ", ";
    sets.append(R"("ForAllValues:StringNotLike": {"x:k)").append(std::to_string(i));
    sets += R"(": ["a*", "*b"]})";
  }
  const Policy many = policy(statement("Allow", actions, "\"*\"", ""));
  CHECK(ask(many, many) == Verdict::kPass);
  const Policy chain = policy(statement("Allow", "\"*\"", "\"*\"", sets));
  CHECK(fails(ask(chain, policy(statement("Allow", "\"*\"", "\"*\"", "")))));

  // Random clauses over keys that are there or not, near the threshold where they are hardest.
  std::mt19937 random(7);
  std::vector<std::string> clauses;
  for (int i = 0; i < 420; ++i) {
    std::string block = R"("Null": {)";
    for (int j = 0; j < 3; ++j) {
      if (j > 0) block += ", ";
      block.append("\"x:k").append(std::to_string(random() % 100)).append("\": \"");
      block.append(random() % 2 == 0 ? "true" : "false").append("\"");
    }
    clauses.push_back(statement("Allow", "\"*\"", "\"*\"", block + "}"));
  }
  const Policy dnf = policy(clauses, R"("Version": "2012-10-17", )");
  const Verdict hard = ask(dnf, policy(statement("Allow", "\"*\"", "\"*\"", "")));
  CHECK(hard != Verdict::kFailPossible);
  AnalysisOptions small;
  small.max_steps = 100;
  small.max_states = 10;
  CHECK(no_new_access(dnf, policy(statement("Allow", "\"*\"", "\"*\"", "")), PolicyKind::kIdentity,
                      small)
            .verdict != Verdict::kPass);
  CHECK(Clock::now() - begin < std::chrono::seconds(60));
}
