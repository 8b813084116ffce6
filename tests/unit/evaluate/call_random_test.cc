// Random calls, decided twice: by `decide_call`, and by a loop that is S10.2 word for word. The
// loop asks `evaluate` about each unit alone, and reads what AWS sends with a unit from the text
// files of the catalogue, which the library does not read.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "../catalogue/text_files.h"
#include "asked.h"
#include "iamcheck/call.h"
#include "iamcheck/catalogue.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

using Texts = std::vector<std::string>;

const Texts kActions = {"ec2:RunInstances", "ec2:StartInstances",    "iam:PassRole", "s3:GetObject",
                        "s3:PutObject",     "lambda:CreateFunction", "corp:Invented"};
const Texts kResources = {"arn:aws:ec2:eu-west-1:111122223333:instance/i",
                          "arn:aws:ec2:eu-west-1:111122223333:subnet/s",
                          "arn:aws:ec2:eu-west-1::image/ami",
                          "arn:aws:ec2:eu-west-1:111122223333:volume/v",
                          "arn:aws:iam::111122223333:role/r",
                          "arn:aws:s3:::b/k",
                          "arn:aws:lambda:eu-west-1:111122223333:function:f",
                          "*"};
const Texts kTypes = {"instance", "subnet", "image", "volume", "role", "object", "function", ""};
const Texts kKeys = {"ec2:InstanceType", "ec2:SubnetID",        "ec2:Region",    "ec2:VolumeType",
                     "ec2:Vpc",          "iam:PassedToService", "lambda:VpcIds", "s3:x-amz-acl",
                     "s3:signatureAge",  "aws:SourceIp",        "corp:Key"};
const Texts kOperators = {"StringEquals", "StringNotEquals", "StringEqualsIfExists",
                          "StringNotEqualsIfExists", "Null"};

// What AWS sends with an action: its own keys, and those of each resource type.
struct ActionText {
  std::set<std::string> own;
  std::map<std::string, std::set<std::string>> types;
};

std::optional<ActionText> read_action(const std::string& name) {
  ActionText out;
  for (const catalogue_texts::Fields& row : catalogue_texts::read("actions.txt")) {
    if (row[0] != name) continue;
    for (const std::string& key : catalogue_texts::names(row[3])) out.own.insert(key);
    std::string types = row[2] == "-" ? "" : row[2];
    while (!types.empty()) {
      const std::size_t end = std::min(types.find(", "), types.size());
      std::string one = types.substr(0, end);
      types.erase(0, std::min(end + 2, types.size()));
      std::set<std::string> keys;
      if (const std::size_t open = one.find('('); open != std::string::npos) {
        for (const auto& key : catalogue_texts::names(one.substr(open + 1, one.size() - open - 2)))
          keys.insert(key);
        one.erase(open);
      }
      if (one.ends_with('!')) one.pop_back();
      for (const catalogue_texts::Fields& type : catalogue_texts::read("resource-types.txt")) {
        if (type[0] != name.substr(0, name.find(':')) || type[1] != one) continue;
        for (const std::string& key : catalogue_texts::names(type[3])) keys.insert(key);
      }
      out.types[one] = keys;
    }
    return out;
  }
  return std::nullopt;
}

const std::map<std::string, std::optional<ActionText>>& action_texts() {
  static const auto texts = [] {
    std::map<std::string, std::optional<ActionText>> all;
    for (const std::string& action : kActions) all[action] = read_action(action);
    return all;
  }();
  return texts;
}

bool lists(const std::string& action, const std::string& key) {
  const auto& text = action_texts().at(action);
  if (!text.has_value()) return false;
  if (text->own.contains(key)) return true;
  return std::ranges::any_of(text->types,
                             [&](const auto& one) { return one.second.contains(key); });
}

// "A key of one type is missing for the others."
bool is_missing(const std::string& written, const CallUnit& unit,
                const std::vector<CallUnit>& units) {
  const std::string key = catalogue_texts::lower(written);
  if (units.size() == 1 || key.starts_with("aws:") || key.starts_with("corp:")) return false;
  const auto& text = action_texts().at(unit.action);
  if (!text.has_value() || text->own.contains(key)) return false;
  const auto at = std::ranges::find(kResources, unit.resource) - kResources.begin();
  const auto type = text->types.find(kTypes[static_cast<std::size_t>(at)]);
  if (type == text->types.end() ? lists(unit.action, key) : type->second.contains(key))
    return false;
  for (const CallUnit& one : units) {
    if (lists(one.action, key)) return true;
  }
  return false;
}

class RandomCall {
 public:
  explicit RandomCall(std::uint32_t seed) : engine_(seed) {
    for (std::size_t i = 1 + dice(2); i > 0; --i) add_policy(PolicyKind::kIdentity);
    if (dice(4) == 0) add_policy(PolicyKind::kBoundary);
    if (dice(4) == 0) add_policy(PolicyKind::kScp);
    call.fields.principal = kAlice;
    call.fields.context = Context(dice(2) == 0 ? Context::Mode::kAsk : Context::Mode::kStrict);
    for (std::size_t i = dice(5); i > 0; --i) call.fields.context.set(pick(kKeys), value());
    const std::string main = pick(kActions);
    for (std::size_t i = 1 + dice(4); i > 0; --i) {
      CallUnit unit{dice(3) == 0 ? pick(kActions) : main, pick(kResources)};
      if (dice(4) == 0) unit.context.set(pick(kKeys), value());
      if (dice(8) == 0) unit.context.set_absent(pick(kKeys));
      call.units.push_back(std::move(unit));
    }
  }

  PolicySet policies;
  Call call;

 private:
  std::size_t dice(std::size_t sides) { return engine_() % sides; }
  std::string pick(const Texts& texts) { return texts[dice(texts.size())]; }
  std::string value() { return dice(2) == 0 ? "true" : "x"; }

  std::string statement() {
    std::string out = R"({"Effect": ")";
    out += dice(4) == 0 ? "Deny" : "Allow";
    out += R"(", "Action": ")" + (dice(4) > 0 ? std::string("*") : pick(kActions));
    out += R"(", "Resource": ")" + (dice(4) > 0 ? std::string("*") : pick(kResources)) + '"';
    if (dice(2) == 0) {
      out += R"(, "Condition": {")" + pick(kOperators) + R"(": {")" + pick(kKeys) + R"(": ")" +
             value() + "\"}}";
    }
    return out + "}";
  }

  void add_policy(PolicyKind kind) {
    std::string text = R"({"Version": "2012-10-17", "Statement": [)" + statement();
    for (std::size_t i = dice(3); i > 0; --i) text += ", " + statement();
    auto policy = parse_policy("p", text + "]}");
    REQUIRE(policy);
    policies.add("p", kind, *std::move(policy));
  }

  std::mt19937 engine_;
};

struct Answer {
  DecisionKind kind = DecisionKind::kAllowed;
  std::optional<std::size_t> deciding;
  Texts missing;
  std::vector<DecisionKind> units;
  friend bool operator==(const Answer&, const Answer&) = default;
};

Answer slow(const PolicySet& policies, const Call& call) {
  Answer answer;
  std::vector<Decision> decisions;
  for (const CallUnit& unit : call.units) {
    RequestFields fields = call.fields;
    fields.action = unit.action;
    fields.resource = unit.resource;
    // Every key there is, so that the unit lacks what it must lack in ask mode too.
    for (const std::string& key : kKeys) {
      if (is_missing(key, unit, call.units)) fields.context.set_absent(key);
    }
    for (const Context::Entry& own : unit.context.entries()) {
      if (own.state == ContextValue::State::kAbsent) fields.context.set_absent(own.key.name());
      if (own.state == ContextValue::State::kSingle) fields.context.set(own.key.name(), own.single);
    }
    decisions.push_back(evaluate(policies, Request(fields)));
    answer.units.push_back(decisions.back().kind);
  }
  bool explicitly = false, implicitly = false, undecided = false;
  for (const Decision& one : decisions) {
    explicitly = explicitly || one.kind == DecisionKind::kExplicitlyDenied;
    implicitly = implicitly || one.kind == DecisionKind::kImplicitlyDenied;
    undecided = undecided || one.kind == DecisionKind::kUndecided;
  }
  if (undecided) answer.kind = DecisionKind::kUndecided;
  if (implicitly) answer.kind = DecisionKind::kImplicitlyDenied;
  if (explicitly) answer.kind = DecisionKind::kExplicitlyDenied;
  if (!explicitly && !implicitly && !undecided) return answer;
  std::set<std::string> missing;
  for (std::size_t i = decisions.size(); i > 0; --i) {
    if (decisions[i - 1].kind == answer.kind) answer.deciding = i - 1;
    if (answer.kind == DecisionKind::kUndecided)
      missing.insert(decisions[i - 1].missing_context.begin(),
                     decisions[i - 1].missing_context.end());
  }
  answer.missing.assign(missing.begin(), missing.end());
  return answer;
}

Answer fast(const PolicySet& policies, const Call& call) {
  const auto decision = decide_call(policies, call, Catalogue::embedded(), {.warnings = false});
  REQUIRE(decision);
  Answer answer{decision->kind, decision->deciding_unit, decision->missing_context, {}};
  for (const UnitDecision& unit : decision->units) answer.units.push_back(unit.decision.kind);
  return answer;
}

}  // namespace

TEST_CASE("S10.2: random calls get the answer of a loop over separate questions") {
  constexpr std::uint32_t kCalls = 20'000;
  std::map<DecisionKind, int> seen;
  int left_out = 0;
  for (std::uint32_t seed = 1; seed <= kCalls; ++seed) {
    const RandomCall random(seed);
    const Answer expected = slow(random.policies, random.call);
    INFO("seed " << seed);
    REQUIRE(fast(random.policies, random.call) == expected);
    ++seen[expected.kind];
    for (const CallUnit& unit : random.call.units) {
      for (const Context::Entry& entry : random.call.fields.context.entries())
        left_out += is_missing(entry.key.name(), unit, random.call.units) ? 1 : 0;
    }
  }
  // Every answer is frequent, and so is a key that is left out.
  REQUIRE(seen.size() == 4);
  for (const auto& [kind, count] : seen) CHECK(count > static_cast<int>(kCalls / 50));
  CHECK(left_out > static_cast<int>(kCalls / 4));
}
