// What the pages of the rules on names, keys and ARNs cannot say: profiles, the age of the
// catalogue, hostile documents.
#include <string>

#include "subject.h"

namespace iamcheck {
namespace {

using test::lint_text;

std::string statement(const std::string& action, const std::string& resource,
                      const std::string& more = "") {
  return R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ")" + action +
         R"(", "Resource": ")" + resource + "\"" + more + "}}";
}

std::vector<std::string> rules(const std::string& text, const LintOptions& options) {
  return lint_text(text, options).rules();
}

LintOptions only(const std::string& slug, Profile profile) {
  LintOptions options;
  options.select = {slug};
  options.profile = profile;
  return options;
}

TEST_CASE(
    "an ARN without an account is judged by all public forms outside of the default profile") {
  const std::string text = statement("sqs:SendMessage", "arn:aws:sqs:eu-west-1::in");
  const std::string known =
      statement("resource-explorer-2:Search", "arn:aws:resource-explorer-2:eu-west-1::view/a/b");
  for (const Profile profile : {Profile::kDefault, Profile::kAccessAnalyzer}) {
    CHECK(rules(known, only("arn-account-missing", profile)).size() == 1);
  }
  CHECK(rules(text, only("arn-account-missing", Profile::kDefault)).empty());
  CHECK(rules(text, only("arn-account-missing", Profile::kAccessAnalyzer)).size() == 1);
  CHECK(rules(text, only("arn-account-missing", Profile::kStrict)).size() == 1);
  const std::string owned =
      statement("ssm:StartSession", "arn:aws:ssm:*::document/AWS-StartSSHSession");
  CHECK(rules(owned, only("arn-account-missing", Profile::kAccessAnalyzer)).empty());
  const std::string every = statement("kms:Decrypt", "arn:aws:kms:*::*");
  CHECK(rules(every, only("arn-account-missing", Profile::kAccessAnalyzer)).empty());
}

TEST_CASE("what AWS is silent on is not in the profile of Access Analyzer") {
  // The star of the account runs on over colons: the whole may be the ARN of a table.
  const std::string form = statement("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:*:orders");
  CHECK(rules(form, only("arn-resource", Profile::kStrict)).size() == 1);
  CHECK(rules(form, only("arn-resource", Profile::kAccessAnalyzer)).empty());
  const std::string key = statement("s3:GetObject", "arn:aws:s3:::a/*",
                                    R"(, "Condition": {"StringEquals": {"s3:prefix": "x"}})");
  CHECK(rules(key, only("condition-key-not-for-action", Profile::kDefault)).size() == 1);
  CHECK(rules(key, only("condition-key-not-for-action", Profile::kAccessAnalyzer)).empty());
}

TEST_CASE("with an old catalogue an unknown key is a note, unless a name is near") {
  LintOptions options;
  options.select = {"unknown-condition-key", "unknown-global-key", "unknown-action-pattern"};
  options.today = 40'000;  // the year 2079
  const auto severity = [&](const std::string& key) {
    const auto findings =
        lint_text(statement("s3:Frobnicate*", "*",
                            R"(, "Condition": {"StringEquals": {")" + key + R"(": "x"}})"),
                  options)
            .findings;
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].rule == "unknown-action-pattern");
    CHECK(findings[0].severity == Severity::kNote);
    return findings[1].severity;
  };
  CHECK(severity("s3:prefx") == Severity::kError);
  CHECK(severity("s3:WhateverComesNext") == Severity::kNote);
  CHECK(severity("aws:WhateverComesNext") == Severity::kNote);
}

TEST_CASE("a key that is filled in at deploy time is not judged by its letters") {
  const std::string text =
      statement("s3:GetObject", "arn:aws:s3:::a/*",
                R"(, "Condition": {"StringLike": {"aws:{{ key }}": "x", "s3:${Key}": "y"}})");
  CHECK(rules(text, {}).empty());
}

TEST_CASE("a fix of one operator leaves the other keys of that operator alone") {
  const auto fix_of = [](const std::string& conditions) {
    const auto linted = lint_text(
        statement("s3:GetObject", "arn:aws:s3:::a/*", ", \"Condition\": {" + conditions + "}"),
        only("string-operator-on-arn", Profile::kDefault));
    REQUIRE(linted.findings.size() == 1);
    return linted.findings[0].fix.has_value();
  };
  const std::string key = R"("aws:PrincipalArn": "arn:aws:iam::111122223333:role/a*")";
  CHECK(fix_of("\"StringLike\": {" + key + "}"));
  CHECK_FALSE(fix_of("\"StringLike\": {" + key + R"(, "aws:userid": "A*"})"));
  // The new operator is there already, and would be a second member of the same name.
  CHECK_FALSE(
      fix_of("\"StringLike\": {" + key + R"(}, "ArnLike": {"aws:SourceArn": "arn:aws:s3:::a"})"));
}

TEST_CASE("the words of the rules on keys stand in a policy of thousands of them without delay") {
  std::string tags, actions;
  for (int i = 0; i < 2000; ++i) {
    const std::string number = std::to_string(i);
    tags += (i == 0 ? "\"aws:ResourceTag/" : ", \"aws:ResourceTag/") + number + "\": \"x\"";
    actions += (i == 0 ? "\"ec2:Describe*" : ", \"ec2:Describe*") + number + "\"";
  }
  const std::string text =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": ["ec2:Describe*", )" +
      actions + R"(], "Resource": "*", "Condition": {"StringEquals": {)" + tags + "}}}}";
  CHECK(rules(text, only("tag-key-unsupported-deny", Profile::kDefault)).size() == 2000);
}

}  // namespace
}  // namespace iamcheck
