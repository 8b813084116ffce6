// Policies inside of strings: their places are those of the file.
#include <string>

#include "iamcheck/input.h"
#include "iamcheck/lint.h"

namespace iamcheck {
namespace {

FoundPolicies find(const std::string& text, const std::string& name = "terraform.tfstate") {
  return find_policies(Source::from_bytes(name, text), {});
}

std::string_view slice(const std::string& text, const Span& span) {
  return std::string_view(text).substr(span.begin, span.size());
}

// A JSON text as a JSON string.
std::string as_string(const std::string& json) {
  std::string out = "\"";
  for (const char c : json) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out + '"';
}

constexpr const char* kTrust =
    "{\n \"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", "
    "\"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}]}";
constexpr const char* kBroad =
    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:GetObjct\","
    "\"Resource\":\"*\"}}";

}  // namespace

TEST_CASE("policies in the strings of Terraform's state have path, kind and places in the file") {
  const std::string text = R"({"resources": [{"type": "aws_iam_role", "instances": [{"attributes":
      {"assume_role_policy": )" +
                           as_string(kTrust) + R"(, "inline_policy": [{"policy": )" +
                           as_string(kBroad) + R"(}]}}]},
      {"type": "aws_sqs_queue_policy", "instances": [{"attributes": {"policy": )" +
                           as_string(kTrust) + "}}]}]}";
  const FoundPolicies found = find(text);
  REQUIRE(found.policies.size() == 3);
  CHECK(found.policies[0].kind == PolicyKind::kTrust);
  CHECK(found.policies[0].path == "resources[0].instances[0].attributes.assume_role_policy");
  CHECK(found.policies[1].kind == PolicyKind::kIdentity);
  CHECK(found.policies[2].kind == PolicyKind::kResource);
  CHECK(found.policies[2].resource_type == "AWS::SQS::Queue");
  for (const FoundPolicy& one : found.policies) CHECK(one.embedded);
  const Policy& broad = *found.policies[1].policy;
  CHECK(slice(text, broad.statements.at(0).action->values.at(0).span) == R"("s3:GetObjct\)");
  CHECK(broad.statements[0].action->values[0].value == "s3:GetObjct");
  CHECK(slice(text, broad.span).starts_with(R"({\"Version\")"));
}

TEST_CASE("of a Terraform plan only what will be is read") {
  const std::string resource =
      R"({"type": "aws_iam_policy", "values": {"policy": )" + as_string(kBroad) + "}}";
  const FoundPolicies found =
      find(R"({"terraform_version": "1.9", "planned_values": {"root_module": {"resources": [)" +
           resource + R"(]}}, "prior_state": {"resources": [)" + resource + "]}}");
  REQUIRE(found.policies.size() == 1);
  CHECK(found.policies[0].path == "planned_values.root_module.resources[0].values.policy");
}

TEST_CASE("a policy in a block scalar or in quotes of YAML is read in place") {
  const std::string text =
      "a: |\n  " + std::string(kBroad) + "\nb: '" + kBroad + "'\nc: " + as_string(kBroad) + "\n";
  const FoundPolicies found = find(text, "values.yaml");
  REQUIRE(found.policies.size() == 3);
  for (const FoundPolicy& one : found.policies) {
    const Text& action = one.policy->statements.at(0).action->values.at(0);
    CHECK(action.value == "s3:GetObjct");
    CHECK(slice(text, action.span).substr(1).starts_with("s3:GetObjct"));
  }
}

TEST_CASE("escapes that mean the same inside of the policy are kept") {
  const std::string text = R"({"p": "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\",)"
                           R"( \"Resource\": \"\u003cBUCKET\u003e\/x\"}}"})";
  const FoundPolicies found = find(text);
  REQUIRE(found.policies.size() == 1);
  REQUIRE(found.policies[0].policy);
  CHECK(found.policies[0].policy->statements.at(0).resource->values.at(0).value == "<BUCKET>/x");
}

TEST_CASE("a policy with escapes of its own inside of a string is said to be unread") {
  const std::string inner =
      "{\"Statement\": {\"Sid\": \"a\\\"b\", \"Effect\": \"Allow\", \"Action\": \"s3:*\", "
      "\"Resource\": \"*\"}}";
  const std::string text = "{\"p\": " + as_string(inner) + "}";
  const FoundPolicies found = find(text);
  REQUIRE(found.policies.size() == 1);
  REQUIRE(found.policies[0].error);
  CHECK(found.policies[0].error->code == ErrorCode::kUnsupported);
  CHECK(slice(text, found.policies[0].error->span).starts_with("\"{"));
}

TEST_CASE("a string that is no policy is none") {
  CHECK(find(R"({"a": "{\"b\": 1}", "c": "{", "d": "Statement: Effect"})").policies.empty());
}

}  // namespace iamcheck
