#include "iamcheck/context.h"

#include <string>

#include "catch.h"

using iamcheck::Context;
using iamcheck::ContextKey;
using iamcheck::ContextValue;
using State = iamcheck::ContextValue::State;

TEST_CASE("S7: keys are found in any case, by name and by folded key") {
  Context context;
  context.set("aws:PrincipalTag/Gr\u00FCn", "x");
  for (const char* name : {"aws:PrincipalTag/Gr\u00FCn", "AWS:PRINCIPALTAG/GR\u00DCN"}) {
    CAPTURE(name);
    CHECK(context.find(name).state == State::kSingle);
    CHECK(context.find(ContextKey(name)).values[0] == "x");
    CHECK(context.has(name));
  }
  CHECK(context.find("aws:PrincipalTag/Grun").state == State::kAbsent);
  CHECK_FALSE(context.has("aws:PrincipalTag/Grun"));
  CHECK(ContextKey("A") == ContextKey("a"));
}

TEST_CASE("the last value of a key counts, in whatever case it was set") {
  Context context;
  context.set("k", "1");
  context.set_list("K", {"2"});
  REQUIRE(context.entries().size() == 1);
  CHECK(context.entries()[0].key.name() == "k");
  CHECK(context.find("k").state == State::kList);
  context.set_list("k", {});
  CHECK(context.find("k").state == State::kAbsent);
  CHECK(context.has("k"));
}

TEST_CASE("what was not given is absent in strict mode and unknown in ask mode") {
  CHECK(Context().find("k").state == State::kAbsent);
  Context ask(Context::Mode::kAsk);
  CHECK(ask.find("k").state == State::kUnknown);
  ask.set_absent("k");
  CHECK(ask.find("k").state == State::kAbsent);
  CHECK_FALSE(ask.find("k").present());
}

TEST_CASE("S4.3: a variable is a single text") {
  using Variable = iamcheck::VariableValue::State;
  Context context;
  context.set("one", "x");
  context.set_list("many", {"x"});
  context.set_unknown("open");
  CHECK(context.find_variable(ContextKey("ONE")).state == Variable::kFound);
  CHECK(context.find_variable(ContextKey("ONE")).text == "x");
  CHECK(context.find_variable(ContextKey("many")).state == Variable::kMultivalued);
  CHECK(context.find_variable(ContextKey("open")).state == Variable::kUnknown);
  CHECK(context.find_variable(ContextKey("none")).state == Variable::kAbsent);
}

TEST_CASE("a context of many keys finds each of them, in the order of their setting") {
  Context context;
  for (int i = 0; i < 500; ++i) context.set("Key" + std::to_string(i), std::to_string(i));
  for (int i = 0; i < 500; ++i) {
    ContextValue value = context.find("kEY" + std::to_string(i));
    REQUIRE(value.present());
    CHECK(value.values[0] == std::to_string(i));
    CHECK(context.entries()[static_cast<std::size_t>(i)].key.name() == "Key" + std::to_string(i));
  }
}
