// Three-valued answers: a definite answer holds whatever the unknown turns out to be.
#include <random>
#include <string>

#include "catch.h"
#include "question.h"

using iamcheck::Condition;
using iamcheck::ConditionReason;
using iamcheck::ConditionValue;
using iamcheck::Context;
using iamcheck::kConditionOperators;
using iamcheck::Truth;
using iamcheck::question::ask;
using iamcheck::question::compile;
using iamcheck::question::explain;
using iamcheck::question::holds;
using iamcheck::question::list;
using iamcheck::question::missing;
using iamcheck::question::single;
using iamcheck::question::unknown;

namespace {

// Values of every type, right and wrong. Each policy value has texts that it matches and texts that
// it does not.
const std::vector<std::string> kPolicyTexts = {"a",
                                               "*",
                                               "",
                                               "5",
                                               "5x",
                                               "true",
                                               "FALSE",
                                               "2026-11-20",
                                               "10.0.0.0/8",
                                               "QQ==",
                                               "arn:aws:s3:::a*",
                                               "arn:aws"};

const std::vector<std::string> kTexts = {"",
                                         "a",
                                         "A",
                                         "b*",
                                         "*",
                                         "5",
                                         "6",
                                         "1",
                                         "5x",
                                         "1700000000",
                                         "2030-01-01",
                                         "true",
                                         "FALSE",
                                         "no",
                                         "2026-11-20",
                                         "10.1.1.1",
                                         "11.0.0.1",
                                         "::1",
                                         "10.0.0.0/8",
                                         "QQ==",
                                         "Qg==",
                                         "a*",
                                         "arn:aws",
                                         "arn:aws:s3:::a",
                                         "arn:aws:s3:::a*",
                                         "arn:aws:iam::1:x"};

std::vector<std::string> spellings() {
  std::vector<std::string> names;
  for (const auto& row : kConditionOperators) {
    for (const char* prefix : {"", "ForAllValues:", "ForAnyValue:"}) {
      for (const char* suffix : {"", "IfExists"}) {
        names.push_back(prefix + std::string(row.name) + suffix);
      }
    }
  }
  return names;
}

// Everything that an unknown `key` may turn out to be: absent, a text, a list.
std::vector<Context> substitutions(const Context& context, const std::string& key) {
  std::vector<Context> all;
  all.push_back(context);
  all.back().set_absent(key);
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    all.push_back(context);
    all.back().set(key, kTexts[i]);
    all.push_back(context);
    all.back().set_list(key, {kTexts[i]});
    all.push_back(context);
    all.back().set_list(key, {kTexts[i], kTexts[(i * 7 + 3) % kTexts.size()]});
  }
  return all;
}

}  // namespace

TEST_CASE(
    "ask mode: the answer for an unknown key is definite exactly when the key cannot matter") {
  const std::vector<Context> contexts = substitutions(Context(), "k");
  std::vector<std::vector<std::string>> lists = {{}};
  for (const auto& a : kPolicyTexts) {
    lists.push_back({a});
    for (const auto& b : kPolicyTexts) lists.push_back({a, b});
  }
  for (const std::string& name : spellings()) {
    for (const auto& values : lists) {
      Condition condition = compile(name, values);
      bool some_true = false;
      bool some_false = false;
      for (const Context& context : contexts) {
        Truth truth = condition.evaluate(context);
        if (truth == Truth::kUnknown) FAIL(name << " is unknown with nothing unknown");
        (truth == Truth::kTrue ? some_true : some_false) = true;
      }
      Truth expected =
          some_true && some_false ? Truth::kUnknown : (some_true ? Truth::kTrue : Truth::kFalse);
      Truth got = condition.evaluate(unknown());
      if (got != expected) {
        std::string first = values.empty() ? "" : values[0];
        FAIL(name << " over " << values.size() << " values, first `" << first
                  << "`: " << to_string(got) << ", not " << to_string(expected));
      }
    }
  }
}

TEST_CASE("ask mode: a definite answer beside unknown variables holds for every value of theirs") {
  std::mt19937 random(20261120);
  auto below = [&](std::size_t n) { return random() % n; };
  const std::vector<std::string> names = spellings();
  const std::vector<std::string> policy = {
      "${v}", "a${v}", "${v, 'a'}", "arn:aws:s3:::${v}", "arn:${v}:s3:::a", "a",
      "*",    "5",     "5x",        "${w}${v}"};
  int definite = 0;
  int open = 0;
  for (int round = 0; round < 4000; ++round) {
    std::vector<std::string> values;
    std::vector<ConditionValue> compiled;
    for (std::size_t i = below(3) + 1; i > 0; --i) values.push_back(policy[below(policy.size())]);
    for (const std::string& value : values) compiled.push_back({value, false});
    const std::string& name = names[below(names.size())];
    Condition condition(name, "k", compiled, {true, false});
    Context context(Context::Mode::kAsk);
    if (below(2) == 0) context.set("w", "a");
    switch (below(4)) {
      case 0:
        break;  // `k` is unknown as well
      case 1:
        context.set_list("k", {kTexts[below(kTexts.size())], kTexts[below(kTexts.size())]});
        break;
      default:
        context.set("k", kTexts[below(kTexts.size())]);
    }
    Truth truth = condition.evaluate(context);
    if (truth == Truth::kUnknown) {
      ++open;
      CHECK_FALSE(condition.unknown_keys(context).empty());
      continue;
    }
    ++definite;
    for (const Context& known_v : substitutions(context, "v")) {
      Context without_w = known_v;
      if (!known_v.has("w")) without_w.set("w", "a");
      if (condition.evaluate(known_v) != truth || condition.evaluate(without_w) != truth) {
        FAIL(name << " over `" << values[0] << "` was " << to_string(truth) << " too early");
      }
    }
  }
  CHECK(definite > 500);  // both kinds were met
  CHECK(open > 500);
}

TEST_CASE("ask mode: a variable whose key is unknown is Kleene-combined with the other values") {
  Context context = unknown();
  context.set("k", "x");
  CHECK(ask("StringEquals", {"${v}"}, context) == Truth::kUnknown);
  CHECK(ask("StringEquals", {"${v}", "x"}, context) == Truth::kTrue);
  CHECK(ask("StringNotEquals", {"${v}", "x"}, context) == Truth::kFalse);
  CHECK(ask("StringNotEquals", {"${v}"}, context) == Truth::kUnknown);
  CHECK(explain("StringEquals", {"${v}"}, context).reason == ConditionReason::kUnknownVariable);
  CHECK(compile("StringEquals", {"${v}", "${w}${V}"}).unknown_keys(context) ==
        std::vector<std::string>{"v", "w"});
  context.set_list("k", {"x", "y"});
  CHECK(ask("ForAnyValue:StringEquals", {"${v}", "y"}, context) == Truth::kTrue);
  CHECK(ask("ForAnyValue:StringEquals", {"${v}", "z"}, context) == Truth::kUnknown);
  CHECK(ask("ForAllValues:StringEquals", {"${v}", "y"}, context) == Truth::kUnknown);
  CHECK(ask("StringEquals", {"${v}"}, context) == Truth::kFalse);  // S7.3
  Context arn = unknown();
  arn.set("k", "arn:aws:s3:::b");
  CHECK(ask("ArnLike", {"arn:aws:s3:::${v}"}, arn) == Truth::kUnknown);
  CHECK(ask("ArnLike", {"arn:aws:sns:::${v}"}, arn) == Truth::kFalse);
}

TEST_CASE("a key can be absent in ask mode, and unknown in strict mode") {
  Context context = unknown();
  context.set_absent("K");
  CHECK_FALSE(holds("StringEquals", {"a"}, context));
  CHECK(holds("Null", {"true"}, context));
  Context strict;
  strict.set_unknown("k");
  CHECK(ask("StringEquals", {"a"}, strict) == Truth::kUnknown);
  CHECK(ask("Null", {"true"}, strict) == Truth::kUnknown);
  CHECK(ask("Null", {"true", "false"}, strict) == Truth::kTrue);
}

TEST_CASE("a policy value known only at deploy time may be anything") {
  auto with = [](const char* name, const Context& context) {
    std::vector<ConditionValue> values = {{"${aws_s3_bucket.b.arn}", true}, {"5", false}};
    return Condition(name, "k", values, {true, false}).evaluate(context);
  };
  CHECK(with("StringEquals", single("5")) == Truth::kTrue);
  CHECK(with("StringEquals", single("6")) == Truth::kUnknown);
  CHECK(with("StringNotEquals", single("5")) == Truth::kFalse);
  CHECK(with("StringNotEquals", single("6")) == Truth::kUnknown);
  CHECK(with("NumericNotEquals", single("6")) == Truth::kUnknown);
  CHECK(with("NumericNotEquals", single("no number")) == Truth::kFalse);  // S7.7
  CHECK(with("StringEquals", list({"6"})) == Truth::kFalse);              // S7.3
  CHECK(with("StringNotEquals", missing()) == Truth::kTrue);              // S7.1
  CHECK(with("ForAnyValue:StringEquals", list({"6", "5"})) == Truth::kTrue);
  CHECK(with("ForAllValues:StringEquals", list({"6", "5"})) == Truth::kUnknown);
  CHECK(with("Null", missing()) == Truth::kUnknown);
}

TEST_CASE("an operator or key known only at deploy time leaves the answer open") {
  ConditionValue value{"a", false};
  Condition condition("StringEquals", "k", {&value, 1}, {false, true});
  iamcheck::ConditionExplanation why;
  CHECK(condition.evaluate(single("a"), &why) == Truth::kUnknown);
  CHECK(why.reason == ConditionReason::kUnresolvedText);
}

TEST_CASE("ask mode: blocks that leave no address out decide NotIpAddress for every value (S7)") {
  const auto asked = [](const std::vector<std::string>& blocks) {
    return ask("ForAnyValue:NotIpAddress", blocks, unknown());
  };
  CHECK(asked({"::/0", "0.0.0.0/0"}) == Truth::kFalse);
  CHECK(asked({"0.0.0.0/1", "::/1", "128.0.0.0/2", "8000::/1", "192.0.0.0/2"}) == Truth::kFalse);
  CHECK(asked({"10.0.0.0/8", "0.0.0.0/0", "0.0.0.0/0", "::/0", "2001:db8::/32"}) == Truth::kFalse);
  CHECK(asked({"0.0.0.0/0"}) == Truth::kUnknown);  // an IPv6 address is none of these
  CHECK(asked({"::/0"}) == Truth::kUnknown);
  CHECK(asked({"::/0", "0.0.0.0/1", "128.0.0.0/2"}) == Truth::kUnknown);
  CHECK(asked({"::/0", "0.0.0.0/1", "0.0.0.0/1"}) == Truth::kUnknown);
  // A key that is missing makes the negated operator true, a text that is no address false.
  CHECK(ask("NotIpAddress", {"::/0", "0.0.0.0/0"}, unknown()) == Truth::kUnknown);
  CHECK(ask("ForAllValues:IpAddress", {"::/0", "0.0.0.0/0"}, unknown()) == Truth::kUnknown);
}
