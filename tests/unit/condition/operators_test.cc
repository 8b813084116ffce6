// S7.1 to S7.8 and S4.6: how operators are put together, each rule in both directions.
#include <string>

#include "catch.h"
#include "question.h"

using iamcheck::ConditionReason;
using iamcheck::Context;
using iamcheck::Truth;
using iamcheck::question::explain;
using iamcheck::question::holds;
using iamcheck::question::list;
using iamcheck::question::missing;
using iamcheck::question::single;
using iamcheck::question::unknown;

TEST_CASE("S7.1: a missing key fails positive operators and satisfies negated ones and IfExists") {
  CHECK_FALSE(holds("StringEquals", {"a"}, missing()));
  CHECK(holds("StringNotEquals", {"a"}, missing()));
  CHECK(holds("StringEqualsIfExists", {"a"}, missing()));
  CHECK(holds("StringNotEqualsIfExists", {"a"}, missing()));
  CHECK_FALSE(holds("StringEquals", {"a"}, list({})));  // an empty list is a missing key
  CHECK(holds("StringNotEquals", {"a"}, list({})));
  CHECK(holds("StringLikeIfExists", {"a"}, list({})));
  CHECK(explain("StringEquals", {"a"}, missing()).reason == ConditionReason::kKeyMissing);
  CHECK(explain("StringEqualsIfExists", {"a"}, missing()).reason ==
        ConditionReason::kKeyMissingIfExists);
}

TEST_CASE("S7.1: IfExists does not help a key that is there") {
  CHECK_FALSE(holds("StringEqualsIfExists", {"a"}, single("b")));
  CHECK_FALSE(holds("StringEqualsIfExists", {"a"}, single("")));
  CHECK_FALSE(holds("StringNotEqualsIfExists", {"a"}, single("a")));
  CHECK(holds("StringNotEqualsIfExists", {"a"}, single("b")));
}

TEST_CASE("S7.2: several policy values are OR for positive, NOR for negated operators") {
  CHECK(holds("StringEquals", {"a", "b"}, single("b")));
  CHECK_FALSE(holds("StringEquals", {"a", "b"}, single("c")));
  CHECK(holds("StringNotEquals", {"a", "b"}, single("c")));
  CHECK_FALSE(holds("StringNotEquals", {"a", "b"}, single("b")));
  CHECK(explain("StringEquals", {"a", "b"}, single("b")).policy_value == 1);
  CHECK(explain("StringNotEquals", {"a", "b"}, single("b")).policy_value == 1);
  CHECK_FALSE(holds("StringEquals", {}, single("a")));
  CHECK(holds("StringNotEquals", {}, single("a")));
  CHECK(holds("NumericNotEquals", {}, single("a")));
}

TEST_CASE("S7.3: a list without a set operator never matches") {
  CHECK_FALSE(holds("StringEquals", {"a"}, list({"a"})));
  CHECK_FALSE(holds("StringNotEquals", {"a"}, list({"b"})));
  CHECK_FALSE(holds("StringEqualsIfExists", {"a"}, list({"a", "b"})));
  CHECK_FALSE(holds("StringLike", {"*"}, list({"a"})));
  CHECK(holds("StringEquals", {"a"}, single("a")));
  auto why = explain("StringNotEquals", {"a"}, list({"b"}));
  CHECK(why.reason == ConditionReason::kListWithoutSet);
  CHECK(why.weakens_deny);
}

TEST_CASE("S7.4 ForAllValues: every value of the request, against the whole policy list") {
  CHECK(holds("ForAllValues:StringEquals", {"a", "b"}, list({"a", "b", "a"})));
  CHECK_FALSE(holds("ForAllValues:StringEquals", {"a", "b"}, list({"a", "c"})));
  CHECK(holds("ForAllValues:StringEquals", {"a"}, missing()));
  CHECK(holds("ForAllValues:StringEquals", {"a"}, list({})));
  CHECK(holds("ForAllValues:StringEqualsIfExists", {"a"}, missing()));
  CHECK(holds("ForAllValues:StringEquals", {"a"}, single("a")));
  CHECK_FALSE(holds("ForAllValues:StringEquals", {"a"}, single("b")));
  CHECK(holds("ForAllValues:StringNotLike", {"x*", "y*"}, list({"a", "b"})));
  CHECK_FALSE(holds("ForAllValues:StringNotLike", {"x*", "y*"}, list({"a", "y1"})));
  CHECK(explain("ForAllValues:StringEquals", {"a"}, list({"a", "c"})).request_value == 1);
}

TEST_CASE("S7.4 ForAnyValue: at least one value of the request") {
  CHECK(holds("ForAnyValue:StringEquals", {"a", "b"}, list({"c", "b"})));
  CHECK_FALSE(holds("ForAnyValue:StringEquals", {"a", "b"}, list({"c", "d"})));
  CHECK_FALSE(holds("ForAnyValue:StringEquals", {"a"}, missing()));
  CHECK_FALSE(holds("ForAnyValue:StringEquals", {"a"}, list({})));
  CHECK(holds("ForAnyValue:StringEquals", {"a"}, single("a")));
  CHECK(explain("ForAnyValue:StringEquals", {"a", "b"}, list({"c", "b"})).request_value == 1);
}

TEST_CASE("S7.4: a negated operator is applied per value, not to the set") {
  // Some value is neither a nor b.
  CHECK(holds("ForAnyValue:StringNotEquals", {"a", "b"}, list({"a", "c"})));
  CHECK_FALSE(holds("ForAnyValue:StringNotEquals", {"a", "b"}, list({"a", "b"})));
  // A missing key satisfies StringNotEquals, but there is no value in the set.
  CHECK_FALSE(holds("ForAnyValue:StringNotEquals", {"a"}, missing()));
  CHECK_FALSE(holds("ForAllValues:StringNotEquals", {"a", "b"}, list({"a", "c"})));
  CHECK(holds("ForAllValues:StringNotEquals", {"a", "b"}, list({"c", "d"})));
}

TEST_CASE("S7.5: IfExists does not help ForAnyValue over a missing key") {
  for (const char* name :
       {"ForAnyValue:StringEqualsIfExists", "ForAnyValue:StringNotLikeIfExists"}) {
    CAPTURE(name);
    CHECK_FALSE(holds(name, {"a"}, missing()));
    auto why = explain(name, {"a"}, missing());
    CHECK(why.reason == ConditionReason::kForAnyIfExists);
    CHECK(why.weakens_deny);
  }
  CHECK(holds("ForAnyValue:StringEqualsIfExists", {"a"}, list({"a"})));
  CHECK_FALSE(holds("ForAnyValue:StringEqualsIfExists", {"a"}, list({"b"})));
}

TEST_CASE("S7.6 Null: true asks for a missing key, false for a present one") {
  CHECK(holds("Null", {"true"}, missing()));
  CHECK_FALSE(holds("Null", {"true"}, single("x")));
  CHECK(holds("Null", {"FALSE"}, single("x")));
  CHECK_FALSE(holds("Null", {"false"}, missing()));
  CHECK(holds("Null", {"true", "false"}, missing()));
  CHECK(holds("Null", {"true", "false"}, single("x")));
  CHECK(holds("Null", {"true"}, list({})));
  CHECK(holds("Null", {"false"}, list({"a", "b"})));
  CHECK_FALSE(holds("Null", {}, missing()));
  CHECK_FALSE(holds("Null", {"yes"}, missing()));
  CHECK_FALSE(holds("Null", {"yes"}, single("x")));
}

TEST_CASE("S7.6: a set prefix on Null is ignored, IfExists on it never matches") {
  for (const char* name : {"ForAllValues:Null", "ForAnyValue:Null"}) {
    CAPTURE(name);
    CHECK(holds(name, {"true"}, missing()));
    CHECK_FALSE(holds(name, {"true"}, list({"a"})));
    CHECK(holds(name, {"false"}, list({"a", "b"})));
    CHECK_FALSE(holds(name, {"false"}, missing()));
  }
  CHECK_FALSE(holds("NullIfExists", {"true"}, missing()));
  CHECK_FALSE(holds("NullIfExists", {"false"}, single("x")));
}

TEST_CASE("S7.6: an empty text is null for Null and ForAllValues, and a value for the others") {
  for (const Context& empty : {single(""), list({""})}) {
    CHECK(holds("Null", {"true"}, empty));
    CHECK_FALSE(holds("Null", {"false"}, empty));
    CHECK(holds("ForAllValues:StringEquals", {"a"}, empty));
    CHECK(holds("ForAllValues:StringNotEquals", {""}, empty));
  }
  CHECK(holds("StringEquals", {"", "home/"}, single("")));
  CHECK_FALSE(holds("StringEquals", {"home/"}, single("")));
  CHECK(holds("ForAnyValue:StringEquals", {""}, list({""})));
  CHECK_FALSE(holds("ForAllValues:StringEquals", {"a"}, list({"", "a"})));
}

TEST_CASE("S7.7: a wrong type never matches, negated operators included") {
  struct Row {
    const char* positive;
    const char* negated;
    const char* policy;
    const char* request;
    const char* wrong;
  };
  const Row rows[] = {{"NumericEquals", "NumericNotEquals", "5", "6", "10abc"},
                      {"DateEquals", "DateNotEquals", "2026-11", "2026-12", "tomorrow"},
                      {"IpAddress", "NotIpAddress", "10.0.0.0/8", "192.0.2.1", "localhost"},
                      {"ArnLike", "ArnNotLike", "arn:aws:s3:::a", "arn:aws:s3:::b", "s3:::b"}};
  for (const Row& row : rows) {
    CAPTURE(row.positive);
    CHECK(holds(row.negated, {row.policy}, single(row.request)));
    CHECK_FALSE(holds(row.positive, {row.policy}, single(row.wrong)));
    CHECK_FALSE(holds(row.negated, {row.policy}, single(row.wrong)));
    auto why = explain(row.negated, {row.policy}, single(row.wrong));
    CHECK(why.reason == ConditionReason::kMistyped);
    CHECK(why.weakens_deny);
    if (std::string(row.positive) == "ArnLike") continue;  // S7.7 names only its request value
    CHECK_FALSE(holds(row.positive, {row.wrong}, single(row.request)));
    CHECK_FALSE(holds(row.negated, {row.wrong}, single(row.request)));
    CHECK_FALSE(holds(row.negated, {row.policy, row.wrong}, single(row.request)));
    CHECK(holds(row.positive, {row.wrong, row.request}, single(row.request)));
    CHECK(explain(row.negated, {row.policy, row.wrong}, single(row.request)).policy_value == 1);
  }
  CHECK_FALSE(holds("NumericNotEquals", {"5"}, single("")));
}

TEST_CASE("S7.7: an Arn policy value without six parts equals nothing") {
  CHECK_FALSE(holds("ArnLike", {"*"}, single("arn:aws:s3:::b")));
  CHECK_FALSE(holds("ArnLike", {"arn:aws:s3"}, single("arn:aws:s3:::b")));
  CHECK(holds("ArnNotLike", {"arn:aws:s3"}, single("arn:aws:s3:::b")));
  CHECK_FALSE(holds("ArnNotLike", {"arn:aws:s3", "arn:aws:s3:::*"}, single("arn:aws:s3:::b")));
}

TEST_CASE("S7.8: an unknown operator never matches") {
  for (const char* name :
       {"StringMatches", "", "IfExists", "ForAllValues:", "ForAnyValues:StringLike",
        "StringEqualsIfExistsIfExists", " StringEquals", "BoolNot"}) {
    CAPTURE(name);
    CHECK_FALSE(holds(name, {"a"}, single("a")));
    CHECK_FALSE(holds(name, {"a"}, missing()));
    CHECK_FALSE(holds(name, {"a"}, unknown()));
    CHECK(explain(name, {"a"}, single("a")).reason == ConditionReason::kUnknownOperator);
  }
  CHECK(holds("forallvalues:STRINGEQUALSifexists", {"a"}, single("a")));
}

TEST_CASE("S4.6: a variable without a value equals nothing, so negated operators match") {
  Context context = single("x");
  CHECK_FALSE(holds("StringEquals", {"${aws:username}"}, context));
  CHECK(holds("StringNotEquals", {"${aws:username}"}, context));
  CHECK_FALSE(holds("StringLike", {"*${aws:username}"}, context));
  CHECK(holds("StringNotLike", {"*${aws:username}"}, context));
  CHECK(holds("StringNotEqualsIgnoreCase", {"${aws:username}"}, context));
  CHECK(holds("StringEquals", {"${aws:username}", "x"}, context));
  CHECK_FALSE(holds("StringNotEquals", {"${aws:username}", "x"}, context));
  CHECK(explain("StringNotEquals", {"${aws:username}"}, context).reason ==
        ConditionReason::kNoVariableValue);
  Context arn = single("arn:aws:iam::111122223333:user/x");
  CHECK_FALSE(holds("ArnLike", {"arn:aws:iam::*:user/${aws:username}"}, arn));
  CHECK(holds("ArnNotLike", {"arn:aws:iam::*:user/${aws:username}"}, arn));
}

TEST_CASE("S4.3, S4.4: lists and empty texts have no value for a variable, defaults stand in") {
  Context context = single("x");
  context.set_list("tags", {"x"});
  context.set("empty", "");
  CHECK_FALSE(holds("StringEquals", {"${tags}"}, context));
  CHECK(holds("StringNotEquals", {"${tags}"}, context));
  CHECK(holds("StringEquals", {"${nobody, 'x'}"}, context));
  CHECK_FALSE(holds("StringNotEquals", {"${nobody, 'x'}"}, context));
  CHECK(holds("StringEquals", {"${empty, 'x'}"}, context));
  CHECK(holds("StringNotEquals", {"${empty}"}, single("")));
}

TEST_CASE("S7: keys ignore case, also behind the slash of tag keys") {
  iamcheck::ConditionValue value{"Blue", false};
  iamcheck::Condition condition("StringEquals", "AWS:principaltag/TEAM", {&value, 1}, {});
  Context context;
  context.set("aws:PrincipalTag/Team", "Blue");
  CHECK(condition.evaluate(context) == Truth::kTrue);
  Context other;
  other.set("aws:PrincipalTag/Teams", "Blue");
  CHECK(condition.evaluate(other) == Truth::kFalse);
}
