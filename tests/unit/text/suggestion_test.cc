#include "iamcheck/suggestion.h"

#include "catch.h"

using iamcheck::did_you_mean;
using iamcheck::similar_names;

using Names = std::vector<std::string>;

TEST_CASE("suggestion: slips of the finger before beginnings before parts") {
  CHECK(similar_names("lnt", {"can", "lint", "rule"}) == Names{"lint"});
  CHECK(similar_names("cna", {"can", "catalogue"}) == Names{"can"});
  CHECK(similar_names("catalog", {"can", "catalogue"}) == Names{"catalogue"});
  CHECK(similar_names("passrole-star", {"passrole-star-resource", "x"}) ==
        Names{"passrole-star-resource"});
  CHECK(similar_names("star", {"admin-star-star", "start-here"}) == Names{"start-here"});
  CHECK(similar_names("star", {"admin-star-star"}) == Names{"admin-star-star"});
}

TEST_CASE("suggestion: what is not near is not named") {
  CHECK(similar_names("frobnicate", {"can", "lint", "rule"}).empty());
  CHECK(similar_names("", {"can"}).empty());
  CHECK(similar_names("x", {"y"}).empty());
  CHECK(similar_names("li", {"lint", "rule"}).empty());
  CHECK(similar_names(std::string(100000, 'l'), {"lint"}).empty());
}

TEST_CASE("suggestion: up to three names make one question") {
  CHECK(did_you_mean({}).empty());
  CHECK(did_you_mean({"a"}) == "did you mean `a`?");
  CHECK(did_you_mean({"a", "b", "c", "d"}) == "did you mean `a`, `b` or `c`?");
}
