#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/policy.h"

using iamcheck::Effect;
using iamcheck::parse_policy;
using iamcheck::Policy;
using iamcheck::PolicyDiagnostic;
using iamcheck::PolicyKind;
using iamcheck::PrincipalEntry;

namespace {

Policy parse(const std::string& text) {
  auto policy = parse_policy("p.json", text);
  REQUIRE(policy);
  return *policy;
}

std::string at(const Policy& policy, const iamcheck::Span& span) {
  return std::string(policy.source->slice(span));
}

std::vector<std::string> messages(const Policy& policy) {
  std::vector<std::string> out;
  for (const PolicyDiagnostic& diagnostic : policy.diagnostics) {
    out.push_back(diagnostic.path + ": " + diagnostic.message);
  }
  return out;
}

}  // namespace

TEST_CASE("S2: Statement is one object or a list, every element one value or a list") {
  Policy one =
      parse(R"({"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": ["a", "b"]}})");
  REQUIRE(one.statements.size() == 1);
  CHECK_FALSE(one.statement_is_list);
  CHECK(one.statements[0].effect == Effect::kAllow);
  CHECK(one.statements[0].action->values[0].value == "s3:Get*");
  CHECK_FALSE(one.statements[0].action->is_list);
  CHECK(one.statements[0].resource->values.size() == 2);
  CHECK(at(one, one.statements[0].resource->values[1].span) == "\"b\"");
  Policy two = parse(R"({"Statement": [{"Effect": "Deny"}, {"Sid": "x"}]})");
  CHECK(two.statement_is_list);
  CHECK(two.statements[0].effect == Effect::kDeny);
  CHECK(two.statements[1].sid->value == "x");
  CHECK(two.statements[1].index == 1);
}

TEST_CASE("S2: booleans and numbers as condition values are read as their text") {
  Policy policy = parse(R"({"Statement": {"Condition": {"Bool": {"aws:SecureTransport": true},
      "NumericLessThan": {"s3:max-keys": [10, 1.50, "7"]}}}})");
  const auto& entries = policy.statements[0].conditions;
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].values[0].value == "true");
  CHECK(entries[1].values[0].value == "10");
  CHECK(entries[1].values[1].value == "1.50");
  CHECK(entries[1].values[2].value == "7");
  CHECK(at(policy, entries[1].key.span) == "\"s3:max-keys\"");
  CHECK(policy.diagnostics.empty());
}

TEST_CASE("every form of Principal is kept") {
  Policy policy = parse(R"({"Statement": [
      {"Principal": "*"},
      {"Principal": {"AWS": ["*", "111122223333"], "Service": "ec2.amazonaws.com"}},
      {"NotPrincipal": {"Federated": "arn:aws:iam::111122223333:saml-provider/p", "CanonicalUser": "79a5"}}]})");
  CHECK(policy.statements[0].principal->entries[0].type == PrincipalEntry::Type::kEveryone);
  CHECK(policy.statements[0].principal->entries[0].bare);
  const auto& entries = policy.statements[1].principal->entries;
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].type == PrincipalEntry::Type::kEveryone);
  CHECK(entries[1].type == PrincipalEntry::Type::kAws);
  CHECK(entries[2].type == PrincipalEntry::Type::kService);
  CHECK(policy.statements[2].not_principal->entries[1].type ==
        PrincipalEntry::Type::kCanonicalUser);
  CHECK(policy.diagnostics.empty());
}

TEST_CASE("S2: a bare principal that is no star is kept as AWS and reported") {
  Policy policy = parse(R"({"Statement": {"Principal": "arn:aws:iam::111122223333:root"}})");
  CHECK(policy.statements[0].principal->entries[0].type == PrincipalEntry::Type::kAws);
  REQUIRE(policy.diagnostics.size() == 1);
  CHECK(policy.diagnostics[0].kind == PolicyDiagnostic::Kind::kWrongType);
}

TEST_CASE("unknown elements are kept as diagnostics with the nearest name") {
  Policy policy =
      parse(R"({"version": "2012-10-17", "Statement": [{"Efect": "Allow", "Colour": 1}]})");
  REQUIRE(policy.diagnostics.size() == 3);
  CHECK(policy.diagnostics[0].path == "version");
  CHECK(policy.diagnostics[0].help == "did you mean `Version`?");
  CHECK(policy.diagnostics[1].path == "Statement[0].Efect");
  CHECK(policy.diagnostics[1].help == "did you mean `Effect`?");
  CHECK(at(policy, policy.diagnostics[1].span) == "\"Efect\"");
  CHECK(policy.diagnostics[2].message == "`Colour` is no element of a statement");
  CHECK_FALSE(policy.version);
}

TEST_CASE("a principal of an unknown type is told the four there are, and the one that was meant") {
  Policy policy = parse(R"({"Statement": {"Principal": {"aws": "111122223333", "Team": "x"}}})");
  REQUIRE(policy.diagnostics.size() == 2);
  const std::string four = "a principal is one of `AWS`, `Service`, `Federated`, `CanonicalUser`";
  CHECK(policy.diagnostics[0].kind == PolicyDiagnostic::Kind::kUnknownElement);
  CHECK(policy.diagnostics[0].message == "`aws` is no type of principal");
  CHECK(policy.diagnostics[0].help == "did you mean `AWS`? " + four);
  CHECK(policy.diagnostics[1].help == four);
}

TEST_CASE("duplicates are reported at the second place and the last value counts") {
  Policy policy = parse(R"({"Statement": {"Effect": "Deny", "Effect": "Allow",
      "Condition": {"Bool": {"k": "true", "k": "false"}}}})");
  CHECK(policy.statements[0].effect == Effect::kAllow);
  CHECK(policy.statements[0].conditions[0].values[0].value == "false");
  CHECK(
      messages(policy) ==
      std::vector<std::string>{
          "Statement.Effect: `Effect` stands twice in one object; only the last one counts",
          "Statement.Condition.Bool.k: `k` stands twice in one object; only the last one counts"});
  CHECK(policy.diagnostics[0].related->begin < policy.diagnostics[0].span.begin);
}

TEST_CASE("mistyped elements are diagnostics and leave their neighbours alone") {
  Policy policy = parse(
      R"({"Version": 2012, "Statement": ["x", {"Effect": true, "Action": [1, "s3:*"], "Sid": null,
      "Resource": {"a": 1}, "Principal": 5}]})");
  CHECK(
      messages(policy) ==
      std::vector<std::string>{
          "Version: `Version` must be a string, not a number",
          "Statement[0]: `Statement[0]` must be an object, not a string",
          "Statement[1].Effect: `Effect` must be a string, not a boolean",
          "Statement[1].Action[0]: `Action[0]` must be a string, not a number",
          "Statement[1].Sid: `Sid` must be a string, not null",
          "Statement[1].Resource: `Resource` must be a string or a list of strings, not an object",
          "Statement[1].Principal: `Principal` must be `\"*\"` or an object such as {\"AWS\": "
          "...}, not a number"});
  CHECK(policy.statements[0].action->values.size() == 1);
  CHECK(policy.statements[0].resource->values.empty());  // there, and matching nothing
}

TEST_CASE("a mistyped Condition is malformed, never absent") {
  for (std::string block : {"[]", "\"x\"", "{\"Bool\": 1}", "{\"Bool\": {\"k\": {}}}",
                            "{\"Bool\": {\"k\": [[]]}}", "{\"Bool\": {\"k\": null}}"}) {
    INFO(block);
    Policy policy = parse("{\"Statement\": {\"Condition\": " + block + "}}");
    CHECK(policy.statements[0].condition_malformed);
    CHECK(policy.statements[0].conditions.empty());
    CHECK(policy.diagnostics.size() == 1);
  }
  CHECK_FALSE(parse(R"({"Statement": {"Condition": {}}})").statements[0].condition_malformed);
}

TEST_CASE("only a root that is no object fails to parse") {
  auto list = parse_policy("p", "[]");
  REQUIRE_FALSE(list);
  CHECK(list.error().code == iamcheck::ErrorCode::kNotAPolicy);
  CHECK(parse("{}").statements.empty());
  CHECK_FALSE(parse("{}").has_statement);
}

TEST_CASE("S4.1: variables work only under the 2012 version") {
  CHECK(parse(R"({"Version": "2012-10-17"})").has_variables());
  CHECK_FALSE(parse(R"({"Version": "2008-10-17"})").has_variables());
  CHECK_FALSE(parse("{}").has_variables());
}

TEST_CASE("the content tells identity, resource and trust policies apart") {
  using iamcheck::detect_kind;
  CHECK(detect_kind(parse(R"({"Statement": {"Action": "s3:*", "Resource": "*"}})")) ==
        PolicyKind::kIdentity);
  CHECK(detect_kind(
            parse(R"({"Statement": {"Principal": "*", "Action": "s3:*", "Resource": "*"}})")) ==
        PolicyKind::kResource);
  CHECK(detect_kind(parse(R"({"Statement": {"Principal": {"Service": "ec2.amazonaws.com"},
      "Action": ["sts:AssumeRole", "sts:TagSession"]}})")) == PolicyKind::kTrust);
  // A topic policy may well allow sts-like names beside others.
  CHECK(detect_kind(parse(
            R"({"Statement": {"Principal": "*", "Action": ["sts:AssumeRole", "sns:Publish"]}})")) ==
        PolicyKind::kResource);
}

TEST_CASE("an object that looks like a policy is told from one that only has a Statement") {
  auto looks = [](const std::string& text) {
    auto document = iamcheck::read_json(iamcheck::Source::from_bytes("t", text), {});
    REQUIRE(document);
    return iamcheck::looks_like_policy(document->root);
  };
  CHECK(looks(R"({"Statement": [{"Effect": "Allow", "Action": "a:b", "Resource": "*"}]})"));
  CHECK(looks(R"({"Statement": {"Effect": "Allow", "Principal": "*"}})"));
  CHECK_FALSE(looks(R"({"Statement": "x"})"));
  CHECK_FALSE(looks(R"({"Statement": [{"Date": "2026"}]})"));
  CHECK_FALSE(looks(R"({"statement": []})"));
  CHECK_FALSE(looks(R"([1])"));
}

TEST_CASE("long names over much are refused and fill no memory") {
  const std::string name(100'000, 'x');
  std::string keys, values;
  for (int i = 0; i < 10'000; ++i) {
    keys += "\"k" + std::to_string(i) + "\": \"v\",";
    values += "\"v\",";
  }
  keys.back() = values.back() = ' ';
  const std::string head = R"({"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", )";
  // Each would be 1 GB.
  for (const std::string& element :
       {"\"Condition\": {\"" + name + "\": {" + keys + "}}",
        "\"Condition\": {\"StringLike\": {\"" + name + "\": [" + values + "]}}",
        "\"Principal\": {\"" + name + "\": [" + values + "]}"}) {
    const auto policy = parse_policy("p.json", head + element + "}}");
    REQUIRE_FALSE(policy);
    CHECK(policy.error().code == iamcheck::ErrorCode::kLimitExceeded);
  }
  // Long names and long lists by themselves are fine.
  CHECK(parse(head + R"("Condition": {"StringLike": {"aws:PrincipalArn": [)" + values + "]}}}}")
            .statements[0]
            .conditions[0]
            .values.size() == 10'000);
  CHECK(parse(head + "\"Condition\": {\"StringLike\": {" + keys + "}}}}")
            .statements[0]
            .conditions.size() == 10'000);
  CHECK(parse(head + "\"Condition\": {\"" + name + "\": {\"a\": \"b\"}}}}")
            .statements[0]
            .conditions.size() == 1);
}

TEST_CASE("policy kinds are found by their own and by AWS's names") {
  CHECK(iamcheck::policy_kind_from("SCP") == PolicyKind::kScp);
  CHECK(iamcheck::policy_kind_from("identity_policy") == PolicyKind::kIdentity);
  CHECK_FALSE(iamcheck::policy_kind_from(""));
  for (const auto& row : iamcheck::policy_kinds()) {
    CHECK(iamcheck::info(row.kind).name == row.name);
    CHECK(iamcheck::policy_kind_from(row.name) == row.kind);
  }
}
