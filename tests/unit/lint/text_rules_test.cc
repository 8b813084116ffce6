// Rules of Sids, empty elements, values, variables and style: what the examples of their pages do
// not show. Fixes to the letter, templates, and documents that are made to be slow.
#include <string>
#include <vector>

#include "iamcheck/fix.h"
#include "subject.h"

namespace iamcheck {
namespace {

using test::lint_text;
using test::Linted;

LintOptions only(const std::string& slug, Profile profile = Profile::kDefault) {
  LintOptions options;
  options.select = {slug};
  options.profile = profile;
  return options;
}

std::string document(const std::string& statements) {
  return R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}";
}

std::string with_condition(const std::string& effect, const std::string& condition) {
  return R"({"Effect": ")" + effect +
         R"(", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": )" +
         condition + "}";
}

// The text after the first fix; empty when there is none.
std::string fixed(const std::string& slug, const std::string& text) {
  const Linted linted = lint_text(text, only(slug));
  for (const Finding& finding : linted.findings) {
    if (!finding.fix) continue;
    const auto out = apply_edits(text, finding.fix->edits);
    REQUIRE(out);
    return *out;
  }
  return {};
}

std::size_t count(const std::string& slug, const std::string& text,
                  Profile profile = Profile::kDefault) {
  return lint_text(text, only(slug, profile)).findings.size();
}

TEST_CASE("the fixes of texts change what they must, and keep the layout") {
  struct Row {
    std::string slug, before, after;
  };
  const std::string allow = R"("Effect": "Allow", "Action": "s3:*", "Resource": "*")";
  const std::vector<Row> rows = {
      {"empty-sid", "{\n  \"Sid\": \"\",\n  " + allow + "}", "{\n  " + allow + "}"},
      {"empty-sid", "{" + allow + ", \"Sid\": \"\" }", "{" + allow + " }"},
      {"invalid-sid-chars", R"({"Sid": "a-b c", )" + allow + "}",
       R"({"Sid": "abc", )" + allow + "}"},
      {"duplicate-sid",
       R"({"Sid": "a", )" + allow + R"(}, {"Sid": "a2", )" + allow + R"(}, {"Sid": "a", )" + allow +
           "}",
       R"({"Sid": "a", )" + allow + R"(}, {"Sid": "a2", )" + allow + R"(}, {"Sid": "a3", )" +
           allow + "}"},
      {"empty-condition", "{" + allow + R"(, "Condition": {}})", "{" + allow + "}"},
      {"empty-condition", "{" + allow + R"(, "Condition": {"Bool": {}}})", "{" + allow + "}"},
      {"condition-always-true",
       "{" + allow + R"(, "Condition": {"StringLikeIfExists": {"aws:PrincipalTag/a": "*"}}})",
       "{" + allow + "}"},
      {"condition-always-true",
       "{" + allow +
           R"(, "Condition": {"Bool": {"aws:SecureTransport": "true"},
             "StringLikeIfExists": {"aws:PrincipalTag/a": ["*"] }}})",
       "{" + allow + R"(, "Condition": {"Bool": {"aws:SecureTransport": "true"}}})"},
      {"redundant-numeric-values",
       with_condition("Allow", "{\"NumericLessThan\": {\"s3:max-keys\": [\n  1,\n  3,\n  2\n]}}"),
       with_condition("Allow", "{\"NumericLessThan\": {\"s3:max-keys\": [\n  3\n]}}")},
      {"mixed-condition-value-types",
       with_condition("Deny", R"({"NumericEquals": {"s3:max-keys": ["1", 2.0, 3e1]}})"),
       with_condition("Deny", R"({"NumericEquals": {"s3:max-keys": ["1", "2.0", "3e1"]}})")},
      {"unsorted-actions",
       "{\"Effect\": \"Allow\", \"Action\": [\"s3:b\",\n  \"s3:C\", \"s3:a\"], \"Resource\": "
       "\"*\"}",
       "{\"Effect\": \"Allow\", \"Action\": [\"s3:a\",\n  \"s3:b\", \"s3:C\"], \"Resource\": "
       "\"*\"}"},
      {"mergeable-statements",
       R"({"Effect": "Allow", "Action": "s3:a", "Resource": "*"}, )"
       R"({"Effect": "Allow", "Action": ["s3:b", "s3:a"], "Resource": "*"})",
       R"({"Effect": "Allow", "Action": ["s3:a", "s3:b"], "Resource": "*"})"},
  };
  for (const Row& row : rows) {
    INFO(row.slug << ": " << row.before);
    CHECK(fixed(row.slug, document(row.before)) == document(row.after));
  }
}

TEST_CASE("a fix is not offered where it would let more through, or where it cannot be sure") {
  const std::string star = R"({"StringLike": {"aws:PrincipalTag/a": "*"}})";
  CHECK_FALSE(fixed("like-star-means-present", document(with_condition("Allow", star))).empty());
  CHECK(fixed("like-star-means-present", document(with_condition("Deny", star))).empty());
  // The operator has another key, or the statement has a Null.
  CHECK(fixed("like-star-means-present",
              document(with_condition(
                  "Allow",
                  R"({"StringLike": {"aws:PrincipalTag/a": "*", "aws:PrincipalTag/b": "x"}})")))
            .empty());
  CHECK(fixed("like-star-means-present",
              document(with_condition("Allow", R"({"StringLike": {"aws:PrincipalTag/a": "*"},
                                                   "Null": {"aws:PrincipalTag/b": "true"}})")))
            .empty());
  const std::string equals = R"({"StringEquals": {"aws:PrincipalTag/a": "b*"}})";
  CHECK(fixed("wildcard-without-like", document(with_condition("Allow", equals))).empty());
  CHECK_FALSE(fixed("wildcard-without-like", document(with_condition("Deny", equals))).empty());
  // With another Sid in the way nothing is shortened.
  CHECK(fixed("invalid-sid-chars", document(R"({"Sid": "a-b", "Effect": "Allow", "Action": "s3:a",
      "Resource": "*"}, {"Sid": "ab", "Effect": "Deny", "Action": "s3:b", "Resource": "*"})"))
            .empty());
}

TEST_CASE("seconds since 1970 are written as the date that they are") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"0", "1970-01-01T00:00:00Z"},          {"951782400", "2000-02-29T00:00:00Z"},
      {"951868799", "2000-02-29T23:59:59Z"},  {"1709251200", "2024-03-01T00:00:00Z"},
      {"4107542400", "2100-03-01T00:00:00Z"}, {"253402300799", "9999-12-31T23:59:59Z"}};
  for (const auto& [seconds, date] : rows) {
    const auto text = [](const std::string& value) {
      return document(
          with_condition("Allow", R"({"DateLessThan": {"aws:CurrentTime": ")" + value + "\"}}"));
    };
    CHECK(fixed("epoch-date", text(seconds)) == text(date));
  }
}

TEST_CASE("what a template engine fills in is no policy variable, but for AWS itself") {
  for (const std::string name :
       {"${AWS::AccountId}", "${var.name}", "${self:custom.name}", "${ssm:/path}", "${Name}"}) {
    const std::string text = R"({"Effect": "Allow", "Principal": {"AWS": ")" + name +
                             R"("}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"})";
    INFO(name);
    CHECK(count("variable-unsupported-element", document(text)) == 0);
    CHECK(count("variable-unsupported-element", document(text), Profile::kAccessAnalyzer) == 1);
  }
}

TEST_CASE("a statement that a template fills in has no conditions that contradict each other") {
  const auto places = [](const std::string& address) {
    return count("contradictory-conditions",
                 document(with_condition(
                     "Allow", R"({"IpAddress": {"aws:SourceIp": ")" + address + "\"}}")));
  };
  CHECK(places("<office>/32") == 0);
  CHECK(places("${Office}") == 0);
  CHECK(places("office") == 1);
}

TEST_CASE("in sensitive keys the effect counts, but for AWS itself") {
  const std::string star = R"({"StringLike": {"aws:PrincipalAccount": "1*"}})";
  const std::string slug = "wildcard-in-sensitive-key";
  CHECK(count(slug, document(with_condition("Allow", star))) == 1);
  CHECK(count(slug, document(with_condition("Deny", star))) == 0);
  CHECK(count(slug, document(with_condition("Deny", star)), Profile::kAccessAnalyzer) == 1);
}

TEST_CASE("a region that may be newer than the list is less sure than a slip of the pen") {
  const auto confidence = [](const std::string& region) {
    const Linted linted = lint_text(
        document(with_condition(
            "Deny", R"({"StringNotEquals": {"aws:RequestedRegion": ")" + region + "\"}}")),
        only("region-value"), PolicyKind::kScp);
    REQUIRE(linted.findings.size() == 1);
    return linted.findings[0].confidence;
  };
  CHECK(confidence("xy-west-9") == Confidence::kMedium);
  CHECK(confidence("eu_west_1") == Confidence::kHigh);
}

TEST_CASE("the same place is reported once for each operator, and not in its other words") {
  const std::string text =
      document(with_condition("Deny", R"({"NullIfExists": {"aws:a": "true", "aws:b": "true"}})"));
  CHECK(count("null-ifexists", text) == 1);
  CHECK(count("unknown-operator", text) == 0);
}

// Each of these takes minutes when something in a check is quadratic.
TEST_CASE("texts that are made to be slow end") {
  std::string openings, lists, keys, sids, addresses;
  for (int i = 0; i < 200'000; ++i) openings += i % 2 == 0 ? "${" : "${a, '";
  for (int i = 0; i < 60'000; ++i) {
    const std::string number = std::to_string(i);
    const char* comma = i == 0 ? "" : ", ";
    keys.append(comma).append("\"aws:RequestTag/").append(number).append("\": \"*\"");
    lists.append(comma).append("\"s3:").append(std::to_string(i * 7919 % 60'000)).append("\"");
    addresses.append(comma).append("\"10.").append(std::to_string(i % 256));
    addresses.append(".").append(std::to_string(i / 256)).append(".0/25\"");
  }
  for (int i = 0; i < 20'000; ++i) {
    sids.append(i == 0 ? "" : ", ");
    sids.append(R"({"Sid": "a b", "Effect": "Allow", "Action": "s3:a)").append(std::to_string(i));
    sids.append(R"(", "Resource": "*"})");
  }
  const std::vector<std::string> texts = {
      R"({"Effect": "Allow", "Action": "s3:a", "Resource": "arn:aws:s3:::)" + openings + "\"}",
      with_condition("Allow", "{\"StringLike\": {" + keys + "}}"),
      with_condition("Allow", R"({"IpAddress": {"aws:SourceIp": [)" + addresses + "]}}"),
      R"({"Effect": "Allow", "Resource": "*", "Action": [)" + lists + "]}", sids};
  LintOptions options;
  for (const char* slug :
       {"like-star-means-present", "condition-always-true", "duplicate-sid", "invalid-sid-chars",
        "variable-missing-brace", "variable-missing-quote", "variable-space", "empty-variable",
        "unsorted-actions", "mergeable-statements", "scalar-array-style", "action-case",
        "source-ip-world", "source-ip-all-private", "duplicate-condition-key-case",
        "placeholder-value", "empty-condition", "variable-unknown-key"})
    options.select.emplace_back(slug);
  for (const std::string& text : texts)
    CHECK_FALSE(lint_text(document(text), options).findings.empty());
}

}  // namespace
}  // namespace iamcheck
