// Functions of CloudFormation where a policy has a value.
#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/policy.h"

using iamcheck::parse_policy;
using iamcheck::Policy;
using iamcheck::PolicyDiagnostic;
using iamcheck::PolicyKind;
using iamcheck::PrincipalEntry;
using iamcheck::Statement;

namespace {

Policy parse(const std::string& text) {
  auto policy = parse_policy("p.json", text);
  REQUIRE(policy);
  return *policy;
}

Statement statement_of(const std::string& members) {
  const Policy policy = parse("{\"Statement\": {" + members + "}}");
  CHECK(policy.diagnostics.empty());
  return policy.statements.at(0);
}

}  // namespace

TEST_CASE("a function of CloudFormation is an unresolved text in every element") {
  const Policy policy =
      parse(R"({"Version": {"Ref": "V"}, "Id": {"Fn::Sub": "${S}-x"}, "Statement": {
      "Sid": {"Fn::Join": ["", ["a", "b"]]}, "Effect": {"Fn::If": ["P", "Allow", "Deny"]},
      "Action": {"Ref": "Actions"}, "Resource": ["*", {"Fn::GetAtt": ["B", "Arn"]}]}})");
  CHECK(policy.diagnostics.empty());
  CHECK(policy.version->unresolved);
  CHECK(policy.id->value == R"({"Fn::Sub":"${S}-x"})");
  const Statement& statement = policy.statements.at(0);
  CHECK(statement.sid->unresolved);
  CHECK_FALSE(statement.effect);
  CHECK(statement.effect_text->value == R"({"Fn::If":["P","Allow","Deny"]})");
  CHECK(statement.action->values.at(0).unresolved);
  CHECK_FALSE(statement.resource->values.at(0).unresolved);
  CHECK(statement.resource->values.at(1).value == R"({"Fn::GetAtt":["B","Arn"]})");
  CHECK(policy.source->slice(statement.action->values[0].span) == R"({"Ref": "Actions"})");
}

TEST_CASE("a function may be a principal, of a type or as a whole") {
  const Statement typed = statement_of(R"("Principal": {"AWS": [{"Ref": "A"}, "*"]})");
  CHECK(typed.principal->entries.at(0).type == PrincipalEntry::Type::kAws);
  CHECK(typed.principal->entries[0].value.unresolved);
  CHECK(typed.principal->entries[1].type == PrincipalEntry::Type::kEveryone);
  const Statement whole = statement_of(R"("NotPrincipal": {"Fn::If": ["P", "*", {"AWS": "1"}]})");
  REQUIRE(whole.not_principal->entries.size() == 1);
  CHECK(whole.not_principal->entries[0].value.unresolved);
  CHECK(whole.not_principal->entries[0].type == PrincipalEntry::Type::kAws);
}

TEST_CASE("a function may be a value, the keys of an operator, or the whole Condition") {
  const Statement value = statement_of(R"("Condition": {"Bool": {"k": {"Ref": "A"}}})");
  CHECK(value.conditions.at(0).values.at(0).unresolved);
  const Statement keys = statement_of(R"("Condition": {"Bool": {"Fn::If": ["P", {}, {}]}})");
  CHECK(keys.conditions.at(0).key.unresolved);
  CHECK_FALSE(keys.conditions[0].condition_operator.unresolved);
  const Statement whole = statement_of(R"("Condition": {"Fn::If": ["P", {}, {}]})");
  CHECK(whole.conditions.at(0).condition_operator.unresolved);
  CHECK_FALSE(whole.condition_malformed);
}

TEST_CASE("a function may be a statement, or all of them") {
  const Policy one = parse(R"({"Statement": [{"Effect": "Deny"}, {"Fn::If": ["P", {}, {}]}]})");
  CHECK(one.diagnostics.empty());
  REQUIRE(one.statements.size() == 2);
  CHECK(one.statements[1].expression->value == R"({"Fn::If":["P",{},{}]})");
  const Policy all = parse(R"({"Statement": {"Ref": "S"}})");
  CHECK(all.diagnostics.empty());
  CHECK(all.statements.at(0).expression.has_value());
}

TEST_CASE("an object that is no function keeps its wrong type") {
  for (const char* value :
       {R"({})", R"({"Ref": 1})", R"({"Ref": "a", "Fn::Sub": "b"})", R"({"Fn::": "a"})",
        R"({"ref": "a"})", R"({"Condition": "a"})", R"({"GetAtt": "a"})"}) {
    INFO(value);
    const Policy policy = parse("{\"Statement\": {\"Action\": " + std::string(value) + "}}");
    REQUIRE(policy.diagnostics.size() == 1);
    CHECK(policy.diagnostics[0].kind == PolicyDiagnostic::Kind::kWrongType);
  }
}

TEST_CASE("the statements that are there tell the kind, whatever a function may add") {
  CHECK(iamcheck::detect_kind(parse(R"({"Statement": [{"Ref": "S"}, {"Effect": "Allow",
      "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})")) ==
        PolicyKind::kTrust);
}

TEST_CASE("parse(print(p)) equals p where functions of CloudFormation stand") {
  for (
      const std::string& text : std::vector<std::string>{
          R"({"Version": {"Ref": "V"}, "Id": {"Ref": "I"}, "Statement": {"Ref": "S"}})",
          R"({"Statement": [{"Fn::If": ["P", {"Effect": "Deny", "n": [1.50, null, true]}, {}]}]})",
          R"({"Statement": {"Sid": {"Ref": "S"}, "Effect": {"Ref": "E"}, "Action": {"Ref": "A"}}})",
          R"({"Statement": {"Principal": {"Ref": "P"}, "NotResource": ["a", {"Ref": "\"\u00e9"}]}})",
          R"({"Statement": {"Principal": {"AWS": {"Ref": "P"}, "Service": [{"Ref": "P"}, "x"]}}})",
          R"({"Statement": {"Condition": {"Fn::If": ["P", {}, {}]}}})",
          R"({"Statement": {"Condition": {"Bool": {"Ref": "K"}, "Null": {"k": [{"Ref": "V"}]}}}})",
          R"({"Statement": {"Action": "{\"Ref\": \"A\"}", "Resource": {"Fn::Sub": "${a}\n"}}})",
      }) {
    INFO(text);
    const Policy first = parse(text);
    const std::string printed = iamcheck::print(first);
    INFO(printed);
    const Policy second = parse(printed);
    CHECK(iamcheck::same_policy(first, second));
    CHECK(iamcheck::print(second) == printed);
    CHECK(second.diagnostics.empty());
  }
  CHECK_FALSE(iamcheck::same_policy(parse(R"({"Statement": {"Ref": "a"}})"),
                                    parse(R"({"Statement": {"Ref": "b"}})")));
}
