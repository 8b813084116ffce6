// Every operator of the table, with every prefix and suffix: one true and one false case each.
#include <map>
#include <set>
#include <string>

#include "catch.h"
#include "question.h"

using iamcheck::kConditionOperators;
using iamcheck::Truth;
using iamcheck::question::ask;
using iamcheck::question::holds;
using iamcheck::question::list;
using iamcheck::question::missing;
using iamcheck::question::single;
using iamcheck::question::unknown;

namespace {

struct Row {
  const char* policy;
  const char* yes;  // a request value that satisfies the operator
  const char* no;   // one that does not
};

const std::map<std::string, Row> kRows = {
    {"StringEquals", {"a", "a", "A"}},
    {"StringNotEquals", {"a", "A", "a"}},
    {"StringEqualsIgnoreCase", {"a", "A", "b"}},
    {"StringNotEqualsIgnoreCase", {"a", "b", "A"}},
    {"StringLike", {"a*", "ab", "ba"}},
    {"StringNotLike", {"a*", "ba", "ab"}},
    {"NumericEquals", {"5", "5.0", "6"}},
    {"NumericNotEquals", {"5", "6", "5.0"}},
    {"NumericLessThan", {"5", "4", "5"}},
    {"NumericLessThanEquals", {"5", "5", "6"}},
    {"NumericGreaterThan", {"5", "6", "5"}},
    {"NumericGreaterThanEquals", {"5", "5", "4"}},
    {"DateEquals", {"2026-11-20", "2026-11-20T00:00Z", "2026-11-21"}},
    {"DateNotEquals", {"2026-11-20", "2026-11-21", "2026-11-20T00:00Z"}},
    {"DateLessThan", {"2026-11-20", "2026-11-19", "2026-11-20"}},
    {"DateLessThanEquals", {"2026-11-20", "2026-11-20", "2026-11-21"}},
    {"DateGreaterThan", {"2026-11-20", "2026-11-21", "2026-11-20"}},
    {"DateGreaterThanEquals", {"2026-11-20", "2026-11-20", "2026-11-19"}},
    {"Bool", {"true", "True", "false"}},
    {"BinaryEquals", {"QQ==", "QQ==", "Qg=="}},
    {"IpAddress", {"10.0.0.0/8", "10.1.1.1", "11.1.1.1"}},
    {"NotIpAddress", {"10.0.0.0/8", "11.1.1.1", "10.1.1.1"}},
    {"ArnEquals", {"arn:aws:s3:::a*", "arn:aws:s3:::ab", "arn:aws:s3:::b"}},
    {"ArnLike", {"arn:aws:s3:::a*", "arn:aws:s3:::ab", "arn:aws:s3:::b"}},
    {"ArnNotEquals", {"arn:aws:s3:::a*", "arn:aws:s3:::b", "arn:aws:s3:::ab"}},
    {"ArnNotLike", {"arn:aws:s3:::a*", "arn:aws:s3:::b", "arn:aws:s3:::ab"}},
};

}  // namespace

TEST_CASE("S7: the table has the 27 documented operators, once each") {
  std::set<std::string> names;
  for (const auto& row : kConditionOperators) names.emplace(row.name);
  CHECK(names.size() == 27);
  for (const auto& [name, row] : kRows) CHECK(names.count(name) == 1);
  CHECK(names.count("Null") == 1);
}

TEST_CASE("S7: every operator has a true and a false case, alone and with IfExists (S12)") {
  for (const auto& row : kConditionOperators) {
    std::string name(row.name);
    CAPTURE(name);
    if (name == "Null") continue;  // S7.6 has its own test
    REQUIRE(kRows.count(name) == 1);
    const Row& test = kRows.at(name);
    for (const std::string& suffix : {std::string(), std::string("IfExists")}) {
      CAPTURE(suffix);
      CHECK(holds(name + suffix, {test.policy}, single(test.yes)));
      CHECK_FALSE(holds(name + suffix, {test.policy}, single(test.no)));
      CHECK_FALSE(holds(name + suffix, {test.policy}, list({test.yes})));
      CHECK(holds(name + suffix, {test.policy}, missing()) == (!suffix.empty() || row.negated));
      CHECK(ask(name + suffix, {test.policy}, unknown()) == Truth::kUnknown);
    }
  }
}

TEST_CASE("S7.4, S12: every operator under both set prefixes, alone and with IfExists") {
  for (const auto& row : kConditionOperators) {
    std::string name(row.name);
    CAPTURE(name);
    if (name == "Null") continue;
    const Row& test = kRows.at(name);
    for (const std::string& suffix : {std::string(), std::string("IfExists")}) {
      CAPTURE(suffix);
      std::string all = "ForAllValues:" + name + suffix;
      CHECK(holds(all, {test.policy}, list({test.yes, test.yes})));
      CHECK_FALSE(holds(all, {test.policy}, list({test.yes, test.no})));
      CHECK(holds(all, {test.policy}, missing()));
      CHECK(ask(all, {test.policy}, unknown()) == Truth::kUnknown);
      std::string any = "ForAnyValue:" + name + suffix;
      CHECK(holds(any, {test.policy}, list({test.no, test.yes})));
      CHECK_FALSE(holds(any, {test.policy}, list({test.no, test.no})));
      CHECK_FALSE(holds(any, {test.policy}, missing()));
      CHECK(ask(any, {test.policy}, unknown()) == Truth::kUnknown);
    }
  }
}

TEST_CASE("every spelling reads back, in any case, and in its documented form") {
  using iamcheck::SetQualifier;
  for (const auto& row : kConditionOperators) {
    for (auto set :
         {SetQualifier::kNone, SetQualifier::kForAllValues, SetQualifier::kForAnyValue}) {
      for (bool if_exists : {false, true}) {
        std::string name = to_string(iamcheck::ConditionOperator{&row, set, if_exists});
        CAPTURE(name);
        std::string shouted = name;
        for (char& c : shouted) {
          if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        }
        auto read = iamcheck::parse_condition_operator(shouted);
        REQUIRE(read);
        CHECK(read->base == &row);
        CHECK(read->set == set);
        CHECK(read->if_exists == if_exists);
        CHECK(to_string(*read) == name);
      }
    }
  }
}

TEST_CASE("the rows of the reasons stand in the order of their enumeration, and have names") {
  std::set<std::string> names;
  for (std::size_t i = 0; i < iamcheck::condition_reasons().size(); ++i) {
    const auto& row = iamcheck::condition_reasons()[i];
    CHECK(static_cast<std::size_t>(row.reason) == i);
    CHECK_FALSE(row.sentence.empty());
    names.emplace(row.name);
  }
  CHECK(names.size() == iamcheck::condition_reasons().size());
  CHECK(iamcheck::condition_reasons().back().reason == iamcheck::ConditionReason::kUnresolvedText);
}

TEST_CASE("a misspelt operator is answered with the nearest documented spelling") {
  CHECK(iamcheck::suggest_condition_operator("StringEqual") == "StringEquals");
  CHECK(iamcheck::suggest_condition_operator("ForAnyValues:StringLike") ==
        "ForAnyValue:StringLike");
  CHECK(iamcheck::suggest_condition_operator("stringlikeIfExist") == "StringLikeIfExists");
  CHECK(iamcheck::suggest_condition_operator("ArnNotLikes") == "ArnNotLike");
  CHECK(iamcheck::suggest_condition_operator("Contains").empty());
}
