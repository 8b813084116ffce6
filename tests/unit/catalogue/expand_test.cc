#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/catalogue.h"

using iamcheck::ActionPattern;
using iamcheck::ActionRange;
using iamcheck::Catalogue;

namespace {

/// Every action asked one by one.
std::vector<ActionRange> slow_expand(const Catalogue& catalogue, const ActionPattern& pattern) {
  std::vector<ActionRange> ranges;
  for (const auto action : catalogue.actions()) {
    if (!pattern.matches(action.full_name())) continue;
    if (!ranges.empty() && ranges.back().end == action.id()) {
      ranges.back().end = action.id() + 1;
    } else {
      ranges.push_back({action.id(), action.id() + 1});
    }
  }
  return ranges;
}

}  // namespace

TEST_CASE("expanding a pattern finds what asking every action finds") {
  const Catalogue& catalogue = Catalogue::embedded();
  for (const char* text : {"*",
                           "*:*",
                           "s3:*",
                           "s3:Get*",
                           "S3:get*",
                           "s3:GetObject",
                           "s3:*Object",
                           "s3:*Tag*",
                           "s3:?etObject",
                           "s3:Get*Acl",
                           "s3:G?tObject*",
                           "s3:zz*",
                           "s3:zzz",
                           "ec2:Describe*s",
                           "iam:*",
                           "zz:*",
                           "xray:*",
                           "a2c:*",
                           "s3",
                           "s3:",
                           "",
                           "s3*:Get*",
                           "s3:Get Object",
                           "s3:Get**",
                           "iam:PassRole",
                           "IAM:PASSROLE",
                           "s3:\xFF*"}) {
    INFO(text);
    const ActionPattern pattern(text);
    CHECK(catalogue.expand(text) == slow_expand(catalogue, pattern));
  }
}

TEST_CASE("a literal prefix is one contiguous range") {
  const Catalogue& catalogue = Catalogue::embedded();
  const auto ranges = catalogue.expand("s3:GetObject*");
  REQUIRE(ranges.size() == 1);
  CHECK(catalogue.actions()[ranges[0].begin].full_name() == "s3:GetObject");
  CHECK(catalogue.expand("*") ==
        std::vector<ActionRange>{{0, static_cast<std::uint32_t>(catalogue.actions().size())}});
  CHECK(catalogue.expand("zz:*").empty());
}
