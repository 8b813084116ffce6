// `lint --fix`: what is applied, and what is left alone.
#include <string>

#include "catch.h"
#include "iamcheck/fix.h"

namespace iamcheck {
namespace {

FixedText fix(const std::string& text, FixMode mode = FixMode::kSafe) {
  FixOptions options;
  options.mode = mode;
  const auto fixed = fix_text("p.json", text, {}, options);
  REQUIRE(fixed);
  return *fixed;
}

constexpr std::string_view kRedundant = R"({
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject", "ec2:RunInstances", "s3:GetBucketAcl"], "Resource": "arn:aws:s3:::b/*"}
  ]
}
)";

TEST_CASE("a safe fix keeps the layout, and fixing twice changes nothing more") {
  const FixedText once = fix(std::string(kRedundant));
  CHECK(once.text.find(R"("Action": ["s3:Get*", "ec2:RunInstances"], "Resource")") !=
        std::string::npos);
  CHECK(once.applied.size() == 1);
  CHECK(once.applied[0] == "p.json:4:47: delete the entries [redundant-action]");
  CHECK(fix(once.text).text == once.text);
}

TEST_CASE("fixes are made in policies wherever they are written") {
  const FixedText fixed = fix("# Policy\n\n```json\n" + std::string(kRedundant) + "```\n");
  CHECK(fixed.text.starts_with("# Policy\n\n```json\n{\n"));
  CHECK(fixed.text.find("s3:GetObject\"") == std::string::npos);
}

TEST_CASE("a suppressed finding is not fixed") {
  const std::string text =
      "```json\n// iamcheck:ignore-next-line[redundant-action] both are documented\n"
      R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::b/*"}]})"
      "\n```\n";
  CHECK(fix(text).text == text);
}

TEST_CASE("a policy without meaning gets one only when all fixes are asked for") {
  const std::string text =
      R"({"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]})";
  CHECK(fix(text).text == text);
  CHECK(fix(text, FixMode::kAll).text.find("\"Allow\"") != std::string::npos);
}

TEST_CASE("a text in another encoding is not rewritten") {
  const auto fixed = fix_text("p.json", "\xEF\xBB\xBF{}");
  REQUIRE_FALSE(fixed);
  CHECK(fixed.error().message.find("UTF-8") != std::string::npos);
}

}  // namespace
}  // namespace iamcheck
