// Policies in YAML, and what CloudFormation says about them.
#include <optional>
#include <string>

#include "iamcheck/input.h"

namespace iamcheck {
namespace {

FoundPolicies find(const std::string& text, const std::string& name = "template.yaml") {
  return find_policies(Source::from_bytes(name, text), {});
}

constexpr const char* kTemplate = R"(AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: lambda.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - Effect: Allow
                Action: [s3:GetObject]
                Resource: !Sub "arn:aws:s3:::${Bucket}/*"
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Statement: {Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*'}
)";

}  // namespace

TEST_CASE("policies of a CloudFormation template in YAML have their path, kind and resource") {
  const FoundPolicies found = find(kTemplate);
  CHECK(found.format == InputFormat::kYaml);
  REQUIRE(found.policies.size() == 3);
  CHECK(found.policies[0].path == "Resources.Role.Properties.AssumeRolePolicyDocument");
  CHECK(found.policies[0].kind == PolicyKind::kTrust);
  CHECK(found.policies[1].path == "Resources.Role.Properties.Policies[0].PolicyDocument");
  CHECK(found.policies[1].kind == PolicyKind::kIdentity);
  CHECK(found.policies[1].resource_type.empty());
  CHECK(found.policies[2].kind == PolicyKind::kResource);
  CHECK(found.policies[2].resource_type == "AWS::S3::Bucket");
}

TEST_CASE("what a tag of CloudFormation stands for is known only at deploy time") {
  const FoundPolicies found = find(kTemplate);
  REQUIRE(found.policies.at(1).policy);
  const Policy& policy = *found.policies[1].policy;
  CHECK(policy.version->value == "2012-10-17");
  const Text& resource = policy.statements.at(0).resource->values.at(0);
  CHECK(resource.unresolved);
  CHECK(policy.source->slice(resource.span) == "!Sub \"arn:aws:s3:::${Bucket}/*\"");
  CHECK(policy.source->slice(policy.statements[0].action->values.at(0).span) == "s3:GetObject");
}

TEST_CASE("the same template in JSON says the same") {
  const FoundPolicies found = find(R"({"Resources": {
    "Queue": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"PolicyDocument": {"Statement":
        {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}}}},
    "Key": {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": {"Statement":
        {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}}}},
    "Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"PolicyDocument": {"Statement":
        {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}}},
    "Guard": {"Type": "AWS::Organizations::Policy", "Properties": {"Type": "SERVICE_CONTROL_POLICY",
        "Content": {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}}},
    "Other": {"Type": "Custom::Thing", "Properties": {"Document": {"Statement":
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}}}})",
                                   "template.json");
  REQUIRE(found.policies.size() == 5);
  CHECK(found.policies[0].kind == PolicyKind::kResource);
  CHECK(found.policies[0].resource_type == "AWS::SQS::Queue");
  CHECK(found.policies[1].resource_type == "AWS::KMS::Key");
  CHECK(found.policies[2].kind == PolicyKind::kEndpoint);
  CHECK(found.policies[3].kind == PolicyKind::kScp);
  CHECK_FALSE(found.policies[4].kind.has_value());
  CHECK(found.policies[4].resource_type.empty());
}

TEST_CASE("a resource inside of another one does not inherit what that is") {
  const FoundPolicies found = find(R"({"Type": "AWS::S3::BucketPolicy", "Properties": {"Inner":
      {"Type": "AWS::Some::Thing", "Properties": {"Document": {"Statement":
      {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}}}})",
                                   "template.json");
  REQUIRE(found.policies.size() == 1);
  CHECK_FALSE(found.policies[0].kind.has_value());
}

TEST_CASE("every document of a YAML stream is read, and those in front of an error") {
  const std::string statement = "Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]\n";
  const std::string text = statement + "---\na: b\n---\n" + statement;
  REQUIRE(find(text).policies.size() == 2);
  CHECK(find(text).policies[1].policy->span.begin > statement.size());
  const FoundPolicies broken = find(text + "---\n'open\n");
  REQUIRE(broken.policies.size() == 3);
  CHECK(broken.policies[2].error->code == ErrorCode::kYamlSyntax);
}

TEST_CASE("YAML that cannot be read is reported when it may hold a policy and is no template") {
  const std::string broken = "Statement:\n  - Effect: Allow\n   Action: '*'\n";
  REQUIRE(find(broken).policies.size() == 1);
  CHECK(find(broken).policies[0].error->code == ErrorCode::kYamlSyntax);
  CHECK(find("a: [\n").policies.empty());
  CHECK(find("# {{ .Values.x }}\n" + broken).policies.empty());
  CHECK(find("{{- if .Values.x }}\n\"Statement\": {\"Effect\": \"Allow\"}\n").policies.empty());
}

TEST_CASE("YAML without the words of a policy is not read at all") {
  CHECK(find("Statement: {a: b}\n").policies.empty());
  CHECK(find("a: &a [1, 2]\nb: *a\n").policies.empty());
}

TEST_CASE("YAML is known by its name, or by its first line") {
  CHECK(find("a: b\n", "x.yml").format == InputFormat::kYaml);
  CHECK(find("AWSTemplateFormatVersion: x\n", "x.template").format == InputFormat::kYaml);
  CHECK(find("a: b\n", "notes.txt").format == InputFormat::kText);
  CHECK(find("{\"a\": 1}\n", "x.yaml").format == InputFormat::kJson);
}

TEST_CASE("an alias bomb in YAML ends in an error") {
  std::string bomb = "Statement: &a [Effect, Action]\n";
  for (char c = 'b'; c <= 'z'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i)
      bomb.append(i == 0 ? "*" : ", *").append(1, static_cast<char>(c - 1));
    bomb += "]\n";
  }
  const FoundPolicies found = find(bomb);
  REQUIRE(found.policies.size() == 1);
  CHECK(found.policies[0].error->code == ErrorCode::kLimitExceeded);
}

}  // namespace iamcheck
