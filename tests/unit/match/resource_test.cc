#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/arn.h"
#include "variable_values.h"

using iamcheck::Pattern;
using iamcheck::ResourcePattern;
using iamcheck::ShortArnRule;
using Options = ResourcePattern::Options;
using Outcome = Pattern::Outcome;

namespace {

Outcome match(const std::string& entry, const std::string& resource, Options options = {}) {
  static const VariableValues kValues(
      {{"aws:username", "ann"}, {"aws:colons", "a:b"}, {"aws:star", "*"}},
      {{"aws:list", VariableValues::State::kMultivalued},
       {"aws:hidden", VariableValues::State::kUnknown}});
  return ResourcePattern(entry, options).match(resource, kValues);
}

struct Row {
  std::string entry;
  std::string resource;
  Outcome outcome;
};

void check(const std::vector<Row>& rows, Options options = {}) {
  for (const Row& row : rows) {
    INFO("entry `" << row.entry << "` resource `" << row.resource << "`");
    CHECK(match(row.entry, row.resource, options) == row.outcome);
  }
}

constexpr auto kYes = Outcome::kYes;
constexpr auto kNo = Outcome::kNo;
constexpr Options k2012 = {.variables = true};

const std::string kGroup = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/x1";
const std::string kTable = "arn:aws:dynamodb:eu-west-1:111122223333:table/t1";

}  // namespace

TEST_CASE("S6.1: a star at the end of a part runs on past colons") {
  check({
      {"arn:aws:logs:*:*:/aws/x*", kGroup, kYes},  // the account star takes `...:log-group`
      {"arn:aws:logs:*:*:log-group:/aws/x*", kGroup, kYes},
      {"arn:*:*:*:*:/aws/x1", kGroup, kYes},
      {"arn:aws:l*:111*:*:/aws/x1", kGroup, kYes},   // `l*` takes the region too
      {"arn:aws:l*:111*:*:*:/aws/x1", kGroup, kNo},  // that needs one colon more than there is
      {"arn:aws:*:111122223333:log-group:/aws/x1", kGroup, kYes},
      {"arn:aws:s3:*:*:x", "arn:aws:s3:::a:b:x", kYes},
      {"arn:aws:s3:*:*:x", "arn:aws:s3:::a:b:xy", kNo},
  });
}

TEST_CASE("S6.1: other wildcards of the first five parts stay inside their part") {
  check({
      {"arn:aws:logs:*1:111122223333:*", kGroup, kYes},
      {"arn:aws:logs:*3:log-group:/aws/x1", kGroup, kNo},  // the star begins its part
      {"arn:aws:logs:us*1:*:log-group:*", kGroup, kYes},
      {"arn:aws:logs:us*3:*:/aws/x1", kGroup, kNo},
      {"arn:aws:s3:?::b", "arn:aws:s3:a::b", kYes},
      {"arn:aws:s3:?::b", "arn:aws:s3::::b", kNo},
      {"arn:aws:s3:?:::", "arn:aws:s3::::::", kNo},
      {"arn:aws:s3:*?::b", "arn:aws:s3:ab::b", kYes},
      {"arn:aws:s3:*?::b", "arn:aws:s3:a:b::b", kNo},
      {"arn:aws:s3:**::b", "arn:aws:s3:a:b::b", kYes},  // the last of the two ends the part
  });
}

TEST_CASE("S6.1: in the resource part wildcards cross slashes and colons") {
  check({
      {"arn:aws:s3:::b/*", "arn:aws:s3:::b/a/b:c", kYes},
      {"arn:aws:s3:::b/*/c", "arn:aws:s3:::b/x/y:z/c", kYes},
      {"arn:aws:s3:::b?c", "arn:aws:s3:::b:c", kYes},
      {"arn:aws:s3:::b?c", "arn:aws:s3:::b/c", kYes},
      {"arn:aws:s3:::*", "arn:aws:s3:::", kYes},
      {"arn:aws:s3:::*", "arn:aws:s3:eu::b", kNo},
  });
}

TEST_CASE("S6.1: component-wise reading never crosses in the first five parts") {
  const Options component_wise = {.component_wise = true};
  check(
      {
          {"arn:aws:logs:*:*:/aws/x*", kGroup, kNo},
          {"arn:aws:logs:*:*:log-group:/aws/x*", kGroup, kYes},
          {"arn:aws:s3:*:*:x", "arn:aws:s3:::a:b:x", kNo},
          {"arn:aws:s3:*:*:*:x", "arn:aws:s3:::a:b:x", kYes},  // the resource part is free
          {"arn:aws:dynamodb:*:table/t*", kTable, kNo},
          {"arn:aws:dynamodb:*", kTable, kYes},
          {"*", kTable, kYes},
      },
      component_wise);
}

TEST_CASE("S6.2: the resource part keeps its case") {
  check({
      {"arn:aws:s3:::b/Key", "arn:aws:s3:::b/Key", kYes},
      {"arn:aws:s3:::b/Key", "arn:aws:s3:::b/key", kNo},
      {"arn:aws:s3:::B/*", "arn:aws:s3:::b/k", kNo},
      {"arn:aws:s3:*:*:B", "arn:aws:s3:::b", kNo},
      // The region's star runs on to the resource part; what then meets it keeps its case.
      {"arn:aws:*:*:log-group:*", kGroup, kYes},
      {"arn:aws:*:*:LOG-group:*", kGroup, kNo},
      {"arn:aws:LOGS:*:*1:LOG*", kGroup, kNo},
      {"arn:aws:LOGS:*:*:log-group:/aws/x1", kGroup, kYes},
  });
}

TEST_CASE("S6.2: partition, service, region and account ignore case") {
  check({
      {"arn:AWS:S3:::b/k", "arn:aws:s3:::b/k", kYes},
      {"arn:aws:s3:::b/k", "arn:aws:S3:::b/k", kYes},
      {"arn:aws:s3:::b/*", "arn:AWS:S3:::b/k", kYes},
      {"arn:aws:logs:US-east-1:*:log-group:/aws/x?", kGroup, kYes},
      {"arn:aws:logs:US-*:*:log-group:/aws/x1", kGroup, kYes},
      {"arn:aws:logs:US-*-1:*:log-group:/aws/x1", kGroup, kYes},
      {"ARN:aws:s3:::b", "arn:aws:s3:::b", kNo},  // no `arn:` prefix: an invalid entry
      {"arn:aws:s3:::b", "ARN:aws:s3:::b", kNo},  // no ARN
  });
}

TEST_CASE("S6.3: wildcards in the resource type and in the service are matched plainly") {
  check({
      {"arn:aws:wafv2:*:*:*/webacl/*/*", "arn:aws:wafv2:us-east-1:1:regional/webacl/n/i", kYes},
      {"arn:aws:ec2:*:*:*/*", "arn:aws:ec2:us-east-1:1:instance/i-1", kYes},
      {"arn:aws:ec2:*:*:*/i-1", "arn:aws:ec2:us-east-1:1:instance/i-1", kYes},
      {"arn:aws:ec2:*:*:inst*/i-1", "arn:aws:ec2:us-east-1:1:instance/i-1", kYes},
      {"arn:aws:ec2:*:*:inst*/i-1", "arn:aws:ec2:us-east-1:1:image/i-1", kNo},
      {"arn:aws:*2:*:*:instance/i-1", "arn:aws:ec2:us-east-1:1:instance/i-1", kYes},
  });
}

TEST_CASE("S6.4: a short ARN is read padded and as written") {
  check({
      {"arn:aws:dynamodb", kTable, kYes},
      {"arn:aws:s3", kTable, kNo},
      {"arn:aws:dynamo*", kTable, kYes},
      {"arn:*", kTable, kYes},
      {"arn:aws:dynamodb:eu-west-1:111122223333", kTable, kYes},
      {"arn:aws:dynamodb:*:table/t*", kTable, kYes},  // as written: the region star crosses
      {"arn:aws:dynamodb:*:table/T*", kTable, kNo},   // what it then covers keeps its case
      {"arn:aws:dynamodb:*:table/x*", kTable, kNo},
      {"arn:AWS:DynamoDB:*:table/t1", kTable, kYes},
      {"arn:", kTable, kNo},         // padded to an empty partition
      {"arn:*", "arn:aws:s3", kNo},  // a request that is no full ARN
      {"arn:*", "*", kNo},
      // Padded part by part: the service star must not reach for the region's colon.
      {"arn:aws:*:x", "arn:aws:s3:r:x:foo:bar", kNo},
  });
}

TEST_CASE("S6.4: the kind of policy decides what a short ARN means") {
  const struct {
    ShortArnRule rule;
    std::string entry;
    bool invalid;
    Outcome outcome;
  } rows[] = {
      {ShortArnRule::kPad, "arn:aws:dynamodb", false, kYes},
      {ShortArnRule::kPadIfWildcard, "arn:aws:dynamodb", false, kNo},  // a definite non-match
      {ShortArnRule::kPadIfWildcard, "arn:aws:*db", false, kYes},
      {ShortArnRule::kPadIfWildcard, "arn:aws:dynamod?", false, kNo},  // only a star counts
      {ShortArnRule::kPadIfStarAtEnd, "arn:aws:*db", true, kNo},
      {ShortArnRule::kPadIfStarAtEnd, "arn:aws:dyn*", false, kYes},
      {ShortArnRule::kPadIfStarAtEnd, "arn:aws:dynamodb:*:table/t*", false, kYes},
      {ShortArnRule::kInvalid, "arn:aws:dyn*", true, kNo},
      {ShortArnRule::kInvalid, "arn:aws:dynamodb:*:*:table/t1", false, kYes},  // not short
      {ShortArnRule::kInvalid, "*", false, kYes},
  };
  for (const auto& row : rows) {
    INFO("entry `" << row.entry << "` rule " << static_cast<int>(row.rule));
    const Options options = {.short_arns = row.rule};
    CHECK(ResourcePattern(row.entry, options).invalid() == row.invalid);
    CHECK(match(row.entry, kTable, options) == row.outcome);
  }
}

TEST_CASE("S6.5: the resource `*` is matched only by the entry `*`") {
  check({
      {"*", "*", kYes},
      {"arn:aws:s3:::*", "*", kNo},
      {"arn:*:*:*:*:*", "*", kNo},
      {"arn:*", "*", kNo},
      {"**", "*", kNo},  // neither `*` nor an ARN: invalid
      {"?", "*", kNo},
  });
}

TEST_CASE("a resource that is neither `*` nor an ARN is matched only by the entry `*`") {
  check({
      {"*", "my-bucket", kYes},
      {"*", "", kYes},
      {"my-bucket", "my-bucket", kNo},
      {"arn:aws:s3*", "arn:aws:s3:::b", kYes},
      {"arn:aws:s3*", "arn:aws:s3::b", kNo},
      {"arn:aws:s3:::*", "arn:aws:s3::", kNo},
  });
}

TEST_CASE("S6.5: s3:ListAllMyBuckets asks for an ARN that has a star in it") {
  check({
      {"arn:aws:s3:::*", "arn:aws:s3:::*", kYes},
      {"arn:aws:s3:::b", "arn:aws:s3:::*", kNo},
      {"*", "arn:aws:s3:::*", kYes},
  });
}

TEST_CASE("S6.6: entries that can never be right are invalid") {
  for (const char* entry : {"", "**", "*b", "s3:::b", "my-bucket", "ARN:aws:s3:::b", "arn",
                            " arn:aws:s3:::b", "arn:aws:s3:::b"}) {
    INFO("`" << entry << "`");
    CHECK(ResourcePattern(entry, {}).invalid() == (std::string(entry) != "arn:aws:s3:::b"));
  }
}

TEST_CASE("S6.7: a bucket and its objects differ") {
  check({
      {"arn:aws:s3:::b", "arn:aws:s3:::b/k", kNo},
      {"arn:aws:s3:::b/*", "arn:aws:s3:::b", kNo},
      {"arn:aws:s3:::b/*", "arn:aws:s3:::b/", kYes},
      {"arn:aws:s3:::b*", "arn:aws:s3:::b", kYes},
      {"arn:aws:s3:::b*", "arn:aws:s3:::b/k", kYes},
      {"arn:aws:s3:::b*", "arn:aws:s3:::bc/k", kYes},
  });
}

TEST_CASE("S4.2: a variable works only behind the fifth colon") {
  for (const char* entry : {"arn:aws:s3:${aws:x}::b", "arn:${aws:x}:s3:::b", "arn:aws:s3::${*}:b",
                            "arn:aws:s3:a${b}c::b/${aws:username}", "arn:aws:dynamodb:${aws:x}",
                            "arn:aws:dynamodb:*:${aws:username}"}) {
    INFO(entry);
    CHECK(ResourcePattern(entry, k2012).invalid());
    CHECK(match(entry, "arn:aws:s3:x::b", k2012) == kNo);
    CHECK(Pattern::resource_arn(entry, {.variables = true}).shape() == Pattern::Shape::kNever);
  }
  CHECK_FALSE(ResourcePattern("arn:aws:s3:::${aws:x}", k2012).invalid());
}

TEST_CASE("S4.1: in Version 2008-10-17 a variable before the fifth colon is plain text") {
  CHECK_FALSE(ResourcePattern("arn:aws:s3:${x}::b", {}).invalid());
  CHECK(match("arn:aws:s3:${x}::b", "arn:aws:s3:${x}::b") == kYes);
  CHECK(match("arn:aws:s3:::${aws:username}", "arn:aws:s3:::ann") == kNo);
  CHECK(match("arn:aws:s3:::${aws:username}", "arn:aws:s3:::${aws:username}") == kYes);
}

TEST_CASE("S4.5: values are put in after the ARN was split") {
  check(
      {
          {"arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/ann/k", kYes},
          {"arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/bob/k", kNo},
          {"arn:aws:s3:::${aws:colons}", "arn:aws:s3:::a:b", kYes},
          {"arn:aws:s3:*:*:${aws:colons}", "arn:aws:s3:::a:b", kYes},
          {"arn:aws:s3:::${aws:star}", "arn:aws:s3:::k", kNo},
          {"arn:aws:s3:::${aws:star}", "arn:aws:s3:::*", kYes},
          {"arn:aws:s?*3:::${aws:username}", "arn:aws:sx3:::ann", kYes},  // beside bounded stars
          {"arn:aws:s*:::${aws:username}", "arn:aws:s3:::Ann", kNo},
      },
      k2012);
}

TEST_CASE("S4.6: an unresolved variable is reported, whatever the resource") {
  const auto kUnresolved = Outcome::kUnresolved;
  check(
      {
          {"arn:aws:s3:::${aws:absent}", "arn:aws:s3:::k", kUnresolved},
          {"arn:aws:s3:::${aws:absent}", "arn:aws:sqs:::k", kUnresolved},
          {"arn:aws:s3:::${aws:absent}", "*", kUnresolved},
          {"arn:aws:s3:::${aws:list}", "arn:aws:s3:::k", kUnresolved},
          {"arn:aws:s3:::${aws:absent, 'k'}", "arn:aws:s3:::k", kYes},
      },
      k2012);
}

TEST_CASE("an unknown variable leaves open only what it could change") {
  check(
      {
          {"arn:aws:s3:::home/${aws:hidden}/*", "arn:aws:s3:::home/x/k", Outcome::kUnknown},
          {"arn:aws:s3:::home/${aws:hidden}/*", "arn:aws:s3:::away/x/k", kNo},
          {"arn:aws:s3:::home/${aws:hidden}/*", "arn:aws:sqs:::home/x/k", kNo},
          {"arn:aws:s*3:::home/${aws:hidden}/*", "arn:aws:s3:::home/x/k", Outcome::kUnknown},
          {"arn:aws:s3:::home/${aws:hidden}/*", "*", kNo},
      },
      k2012);
}

TEST_CASE("a resource pattern lists its variables") {
  const ResourcePattern pattern("arn:aws:s3:::${aws:username}/${s3:x}", k2012);
  CHECK(pattern.variable_keys() == std::vector<std::string>{"aws:username", "s3:x"});
  CHECK(pattern.text() == "arn:aws:s3:::${aws:username}/${s3:x}");
  CHECK(ResourcePattern("*", k2012).variable_keys().empty());
  CHECK(ResourcePattern("arn:aws:s3", k2012).variable_keys().empty());
}
