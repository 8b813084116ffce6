// Texts that were meant to be policies and are none, and texts that only look a little like one.
#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/input.h"
#include "iamcheck/lint.h"

using iamcheck::find_policies;
using iamcheck::Finding;
using iamcheck::FoundPolicies;
using iamcheck::FoundPolicy;
using iamcheck::lint;
using iamcheck::LintSubject;
using iamcheck::Source;

namespace {

FoundPolicies find(const std::string& text, const std::string& name = "p.json") {
  return find_policies(Source::from_bytes(name, text), {});
}

// `rule message; help` of every finding, in order.
std::vector<std::string> findings(const std::string& text) {
  std::vector<std::string> out;
  for (const FoundPolicy& found : find(text).policies) {
    if (found.error) {
      const Finding finding = iamcheck::lint_unreadable(*found.error);
      out.push_back(finding.rule + ": " + finding.message + "; " + finding.help);
      continue;
    }
    LintSubject subject;
    subject.policy = &*found.policy;
    for (const Finding& finding : lint(subject, {})) {
      out.push_back(finding.rule + ": " + finding.message + "; " + finding.help);
    }
  }
  return out;
}

bool reports(const std::string& text, const std::string& rule, const std::string& words) {
  for (const std::string& finding : findings(text)) {
    if (finding.starts_with(rule + ": ") && finding.find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("input: a Version of AWS's makes a policy of an object, whatever its Statement is") {
  CHECK(reports(R"({"Version":"2012-10-17"})", "missing-statement", "has no `Statement`"));
  CHECK(reports(R"({"Version":"2008-10-17"})", "missing-statement", "has no `Statement`"));
  CHECK(reports(R"({"Version":"2012-10-17","Statement":[]})", "missing-statement", "empty"));
  CHECK(reports(R"({"Version":"2012-10-17","Statement":null})", "json-type", "not null"));
  CHECK(reports(R"({"Version":"2012-10-17","Statement":"x"})", "json-type", "not a string"));
  CHECK(reports(R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow"}, 7]})", "json-type",
                "not a number"));
}

TEST_CASE("input: misspelt elements do not hide a policy, and are reported with what was meant") {
  const std::string statement = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
  const std::string small = R"({"effect":"Allow","action":"*","resource":"*"})";
  for (const char* name : {"Statements", "statement", "Statment", "STATEMENT", "statements"}) {
    const std::string text =
        R"({"Version":"2012-10-17",")" + std::string(name) + "\":[" + statement + "]}";
    INFO(text);
    CHECK(reports(text, "unknown-element", "did you mean `Statement`?"));
  }
  CHECK(reports(R"({"Version":"2012-10-17","Statement":[)" + small + "]}", "unknown-element",
                "did you mean `Effect`?"));
  CHECK(reports(R"({"Statement":[)" + small + "]}", "unknown-element", "did you mean `Action`?"));
  CHECK(reports(R"({"version":"2012-10-17","statement":)" + small + "}", "unknown-element",
                "did you mean `Version`?"));
  CHECK(reports(R"({"statement":[)" + statement + "]}", "unknown-element", "`Statement`?"));
  CHECK(reports(R"({"Statements":)" + statement + "}", "unknown-element", "`Statement`?"));
}

TEST_CASE("input: a policy in single quotes is a syntax error that names the quotes") {
  const std::string statement = "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}";
  for (const std::string& text :
       {"{'Version': '2012-10-17', 'Statement': [" + statement + "]}",
        "{'Statement': [" + statement + "]}", std::string("{'Version': '2012-10-17'}")}) {
    INFO(text);
    CHECK(reports(text, "json-syntax", "double quotes"));
  }
  // In JavaScript they are right.
  CHECK(find("```js\n{'Statement': [" + statement + "]}\n```\n", "n.md").policies.empty());
  CHECK(find("```json\n{'Statement': [" + statement + "]}\n```\n", "n.md").policies.size() == 1);
}

TEST_CASE("input: what only stands around a policy is none itself") {
  const std::string policy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]})";
  const FoundPolicies found = find(R"({"Version":"2012-10-17","Document":)" + policy + "}");
  REQUIRE(found.policies.size() == 1);
  CHECK(found.policies[0].path == "Document");
}

TEST_CASE("input: documents that share a word with policies are silent") {
  const std::vector<std::string> corpus = {
      // npm, Composer, Cargo-like manifests, a version that is a day
      R"({"name": "x", "version": "2012-10-17", "dependencies": {"a": "1"}})",
      R"({"name": "x", "version": "1.0.0", "scripts": {"statement": "eslint"}})",
      R"({"Version": "1.2.3", "Id": "x"})",
      R"({"Version": 3, "Statement": []})",
      R"({"Version": "2012-10-18-beta"})",
      R"({"Version": "1.0", "Statement": [{"Effect": "blur", "Name": "x"}]})",
      // CloudFormation, SAM
      R"({"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"B": {"Type": "AWS::S3::Bucket"}}})",
      R"({"AWSTemplateFormatVersion": "2010-09-09", "Conditions": {"P": {"Fn::Equals": [1, 2]}},
          "Resources": {"R": {"Type": "AWS::Lambda::Function", "Condition": "P"}}})",
      // Docker Compose, TypeScript, Lambda events, an API model
      R"({"version": "3.8", "services": {"web": {"image": "nginx"}}})",
      R"({"compilerOptions": {"target": "es2022", "strict": true}, "include": ["src"]})",
      R"({"Records": [{"EventVersion": "1.0", "Sns": {"Type": "Notification"}}]})",
      R"({"metadata": {"apiVersion": "2012-10-17", "endpointPrefix": "x"}, "operations": {}})",
      // a rule of AWS WAF, a policy of Verified Permissions, an account statement, xAPI
      R"({"Name": "r", "Priority": 0, "Action": {"Block": {}}, "Statement": {"GeoMatchStatement":
          {"CountryCodes": ["NL"]}}, "VisibilityConfig": {}})",
      R"({"Statement": {"AndStatement": {"Statements": [{"LabelMatchStatement": {"Scope": "LABEL"}}]}}})",
      R"({"definition": {"static": {"statement": "permit(principal, action, resource);"}}})",
      R"({"statement": [{"Date": "2026-01-01", "amount": 10, "action": "debit"}], "version": "1"})",
      R"({"statements": [{"actor": "a", "verb": "did", "object": "o"}], "version": "1.0.3"})",
      // Serverless writes statements of its own kind
      R"({"provider": {"iam": {"role": {"statements": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}}}})",
      // Step Functions, a JSON schema, a feature flag, a Kubernetes RBAC review
      R"({"Version": "1.0", "StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:x"}}})",
      R"({"properties": {"Statement": {"type": "array"}, "Version": {"enum": ["2012-10-17", "2008-10-17"]}}})",
      R"({"effect": "allow", "action": "read", "resource": "*"})",
      R"([{"Version": "2012-10-16"}, ["Statement"], "Statement", {"Statement": {}}])",
      // unreadable ones
      R"({'version': '2012-10-17', 'name': 'x'})",
      R"({"name": "x", "Statement": 'of work'})",
      R"({"AWSTemplateFormatVersion": '2010-09-09', })",
  };
  for (const std::string& text : corpus) {
    INFO(text);
    CHECK(find(text).policies.empty());
  }
}
