#include <string>

#include "catch.h"
#include "iamcheck/arn.h"

using iamcheck::ActionPattern;

namespace {

struct Row {
  const char* entry;
  const char* action;
  bool matches;
};

template <std::size_t N>
void check(const Row (&rows)[N]) {
  for (const Row& row : rows) {
    INFO("entry `" << row.entry << "` action `" << row.action << "`");
    CHECK(ActionPattern(row.entry).matches(row.action) == row.matches);
  }
}

}  // namespace

TEST_CASE("S5: three spellings stand for every action") {
  for (const char* entry : {"*", "**", "*:*"}) {
    INFO(entry);
    const ActionPattern pattern(entry);
    CHECK(pattern.matches_everything());
    CHECK_FALSE(pattern.never_matches());
    CHECK(pattern.matches("s3:GetObject"));
    CHECK(pattern.service().empty());
  }
  CHECK_FALSE(ActionPattern("s3:*").matches_everything());
  CHECK_FALSE(ActionPattern("*:Get*").matches_everything());
}

TEST_CASE("S5: prefix and name ignore case") {
  check({
      {"s3:GetObject", "s3:GetObject", true},
      {"S3:getobject", "s3:GetObject", true},
      {"s3:GetObject", "S3:GETOBJECT", true},
      {"s3:GET*", "s3:GetObject", true},
      {"s3:GetObject", "s3:GetObjectAcl", false},
      {"s3:GetObject", "s4:GetObject", false},
      {"s3:GetObject", "s3", false},
      {"s3:GetObject", "s3x:GetObject", false},
  });
}

TEST_CASE("S5: wildcards act in the name") {
  check({
      {"s3:*", "s3:GetObject", true},
      {"s3:Get*", "s3:PutObject", false},
      {"s3:*Object", "s3:GetObject", true},
      {"s3:*Object", "s3:GetObjectAcl", false},
      {"s3:Get?bject", "s3:GetObject", true},
      {"s3:Get?Object", "s3:GetObject", false},
      {"s3:*", "s3-object-lambda:Get", false},
  });
}

TEST_CASE("S5: no wildcard in the prefix") {
  for (const char* entry : {"s*:GetObject", "*:GetObject", "s?:GetObject", "?3:*", "s3*"}) {
    INFO(entry);
    CHECK(ActionPattern(entry).never_matches());
    CHECK_FALSE(ActionPattern(entry).matches("s3:GetObject"));
  }
}

TEST_CASE("S5: an entry without a usable name never matches") {
  for (const char* entry : {"", "s3", "s3:", ":Get", "s3:Get Object", "s3:GetObject ", "s3:\tGet",
                            "s3:Get\n", "s3:Get,s3:Put"}) {
    INFO("`" << entry << "`");
    CHECK(ActionPattern(entry).never_matches());
    CHECK_FALSE(ActionPattern(entry).matches(entry));
    CHECK(ActionPattern(entry).name().shape() == iamcheck::Pattern::Shape::kNever);
  }
}

TEST_CASE("S5: variables do not work in actions") {
  // S4.2: the text stays as it is, and nothing is called so.
  CHECK(ActionPattern("s3:${aws:username}").matches("s3:${aws:username}"));
}

TEST_CASE("an action pattern tells its service and its name") {
  const ActionPattern pattern("S3:Get*");
  CHECK(pattern.service() == "s3");
  CHECK(pattern.name().shape() == iamcheck::Pattern::Shape::kPrefix);
  CHECK(pattern.name().literal() == "get");
}
