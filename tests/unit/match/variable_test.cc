#include <map>
#include <string>
#include <vector>

#include "catch.h"
#include "variable_values.h"

using iamcheck::Pattern;
using iamcheck::VariableValue;
using Outcome = Pattern::Outcome;
using State = VariableValue::State;

namespace {

const VariableValues& values() {
  static const VariableValues kValues(
      {{"aws:username", "ann"},
       {"aws:star", "a*"},
       {"aws:path", "x:y/z"},
       {"aws:case", "Bob"},
       {"aws:empty", ""},
       {"aws:dollar", "${aws:username}"}},
      {{"aws:list", State::kMultivalued}, {"aws:hidden", State::kUnknown}});
  return kValues;
}

struct Row {
  std::string pattern;
  std::string text;
  Outcome outcome;
};

void check_like(const std::vector<Row>& rows, Pattern::Options options) {
  for (const Row& row : rows) {
    INFO("pattern `" << row.pattern << "` text `" << row.text << "`");
    CHECK(Pattern::like(row.pattern, options).match(row.text, values()) == row.outcome);
  }
}

constexpr Pattern::Options k2012 = {.variables = true, .ignore_case = false};
constexpr Pattern::Options k2008 = {.variables = false, .ignore_case = false};

}  // namespace

TEST_CASE("S4.1: in Version 2008-10-17 a variable is plain text and its wildcards act") {
  check_like(
      {
          {"${aws:username}", "ann", Outcome::kNo},
          {"${aws:username}", "${aws:username}", Outcome::kYes},
          {"${*}", "${anything}", Outcome::kYes},
          {"${*}", "*", Outcome::kNo},
          {"${?}", "${x}", Outcome::kYes},
          {"${$}", "$", Outcome::kNo},
          {"${aws:absent}", "${aws:absent}", Outcome::kYes},  // nothing to resolve
          {"${aws:absent, 'd'}", "d", Outcome::kNo},
      },
      k2008);
}

TEST_CASE("S4.3: a variable stands for the single value of its key") {
  check_like(
      {
          {"${aws:username}", "ann", Outcome::kYes},
          {"${AWS:UserName}", "ann", Outcome::kYes},  // the lookup ignores case
          {"${aws:username}", "bob", Outcome::kNo},
          {"${aws:username}", "Ann", Outcome::kNo},
          {"home/${aws:username}/*", "home/ann/k", Outcome::kYes},
          {"home/${aws:username}/*", "home/anna/k", Outcome::kNo},
          {"*${aws:username}", "joann", Outcome::kYes},
          {"*${aws:username}?", "joann", Outcome::kNo},
          {"${aws:username}${aws:username}", "annann", Outcome::kYes},
          {"${aws:list}", "ann", Outcome::kUnresolved},
          {"${aws:list, 'd'}", "d", Outcome::kUnresolved},  // it has values, so no default
      },
      k2012);
}

TEST_CASE("S4.4: a default stands in for a key without a value") {
  check_like(
      {
          {"${aws:absent, 'team'}", "team", Outcome::kYes},
          {"${aws:absent, 'team'}", "other", Outcome::kNo},
          {"${aws:absent,'team'}", "team", Outcome::kYes},      // no space
          {"${aws:absent, \t 'team'}", "team", Outcome::kYes},  // any space
          {"${aws:username, 'team'}", "ann", Outcome::kYes},
          {"${aws:username, 'team'}", "team", Outcome::kNo},
          {"${aws:empty, 'team'}", "team", Outcome::kYes},  // an empty value is no value
          {"${aws:empty}", "", Outcome::kUnresolved},
          {"${aws:absent, ''}", "", Outcome::kYes},
          {"${aws:absent, 'a*'}", "a*", Outcome::kYes},  // literal, as a value would be
          {"${aws:absent, 'a*'}", "ab", Outcome::kNo},
          {"${aws:absent, 'a}b:c'}d", "a}b:cd", Outcome::kYes},
          {"${aws:absent, team}", "team", Outcome::kUnresolved},  // without quotes: not a default
          {"${aws:absent, 'team}", "team", Outcome::kUnresolved},
          {"${aws:username, 'team}", "ann", Outcome::kUnresolved},
      },
      k2012);
}

TEST_CASE("S4.5: escapes and substituted values are literal") {
  check_like(
      {
          {"${*}", "*", Outcome::kYes},
          {"${*}", "a", Outcome::kNo},
          {"${?}", "?", Outcome::kYes},
          {"${?}", "a", Outcome::kNo},
          {"${$}", "$", Outcome::kYes},
          {"${$}{aws:username}", "${aws:username}", Outcome::kYes},
          {"a${*}*", "a*b", Outcome::kYes},
          {"a${*}*", "ab", Outcome::kNo},
          {"${aws:star}", "a*", Outcome::kYes},
          {"${aws:star}", "abc", Outcome::kNo},
          {"${aws:star}*", "a*bc", Outcome::kYes},
          {"${aws:dollar}", "${aws:username}", Outcome::kYes},  // not substituted again
          {"${aws:dollar}", "ann", Outcome::kNo},
      },
      k2012);
}

TEST_CASE("S4.6: a variable without a value leaves the pattern unresolved") {
  check_like(
      {
          {"${aws:absent}", "", Outcome::kUnresolved},
          {"${aws:absent}", "${aws:absent}", Outcome::kUnresolved},
          {"x${aws:absent}", "y", Outcome::kUnresolved},  // even where nothing could match
          {"${}", "", Outcome::kUnresolved},
          {"${aws:username}${aws:absent}", "ann", Outcome::kUnresolved},
      },
      k2012);
}

TEST_CASE("S4.7: an unterminated variable is literal text") {
  check_like(
      {
          {"${aws:username", "${aws:username", Outcome::kYes},
          {"${aws:username", "ann", Outcome::kNo},
          {"${", "${", Outcome::kYes},
          {"${*", "${abc", Outcome::kYes},  // and its wildcards act
          {"$", "$", Outcome::kYes},
          {"$aws", "$aws", Outcome::kYes},
          {"a}${b", "a}${b", Outcome::kYes},
          {"$${aws:username}", "$ann", Outcome::kYes},
      },
      k2012);
}

TEST_CASE("an unknown variable is unknown only where some text could match") {
  check_like(
      {
          {"${aws:hidden}", "ann", Outcome::kUnknown},
          {"a/${aws:hidden}/b", "a/x/b", Outcome::kUnknown},
          {"a/${aws:hidden}/b", "a/x/c", Outcome::kNo},
          {"a/${aws:hidden}/b", "c", Outcome::kNo},
          {"*${aws:hidden}*", "", Outcome::kUnknown},
          {"${aws:hidden, 'd'}", "x", Outcome::kUnknown},
          {"${aws:hidden}${aws:absent}", "x", Outcome::kUnresolved},  // unresolved beats unknown
          {"${aws:absent}${aws:hidden}", "x", Outcome::kUnresolved},
          {"${aws:username}-${aws:hidden}", "ann-x", Outcome::kUnknown},
          {"${aws:username}-${aws:hidden}", "bob-x", Outcome::kNo},
      },
      k2012);
}

TEST_CASE("exact patterns substitute too and keep wildcards literal") {
  const auto match = [](const char* pattern, const char* text, bool ignore_case) {
    return Pattern::exact(pattern, {.variables = true, .ignore_case = ignore_case})
        .match(text, values());
  };
  CHECK(match("${aws:username}*", "ann*", false) == Outcome::kYes);
  CHECK(match("${aws:username}*", "anna", false) == Outcome::kNo);
  CHECK(match("x${aws:case}", "xBob", false) == Outcome::kYes);
  CHECK(match("x${aws:case}", "xbob", false) == Outcome::kNo);
  CHECK(match("X${aws:case}", "xbOB", true) == Outcome::kYes);
}

TEST_CASE("the keys of the variables are listed as written") {
  const auto pattern = Pattern::like("${*}/${aws:UserName}/${b, 'c'}/${b}", k2012);
  CHECK(pattern.has_variables());
  CHECK(pattern.variable_keys() == std::vector<std::string>{"aws:UserName", "b", "b"});
  CHECK_FALSE(Pattern::like("${*}", k2012).has_variables());
  CHECK_FALSE(Pattern::like("${aws:username}", k2008).has_variables());
}
