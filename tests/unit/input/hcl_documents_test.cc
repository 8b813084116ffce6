// `data "aws_iam_policy_document"` as the policy that it writes.
#include <string>

#include "hcl_support.h"

namespace iamcheck {
namespace {

std::string document(const std::string& name, const std::string& body) {
  return "data \"aws_iam_policy_document\" \"" + name + "\" {\n" + body + "}\n";
}

std::string statement(const std::string& body) { return "  statement {\n" + body + "  }\n"; }

const Statement& first(const Policy& policy) { return policy.statements.at(0); }

}  // namespace

TEST_CASE("all that a statement block says stands in the policy, at its own place") {
  const std::string text = document("x", "  version = \"2008-10-17\"\n  policy_id = \"me\"\n" +
                                             statement("    sid = \"One\"\n"
                                                       "    effect = \"Deny\"\n"
                                                       "    not_actions = [\"iam:*\"]\n"
                                                       "    not_resources = [\"arn:a\"]\n"
                                                       "    not_principals {\n"
                                                       "      type = \"AWS\"\n"
                                                       "      identifiers = [\"1\"]\n    }\n"
                                                       "    condition {\n"
                                                       "      test = \"Bool\"\n"
                                                       "      variable = \"aws:SecureTransport\"\n"
                                                       "      values = [false]\n    }\n"));
  const Policy policy = only_policy(text);
  const auto slice = [&](const Span& span) { return policy.source->slice(span); };
  CHECK(policy.version->value == "2008-10-17");
  CHECK(policy.id->value == "me");
  CHECK(slice(policy.span).starts_with("data \"aws_iam_policy_document\" \"x\" {"));
  const Statement& one = first(policy);
  CHECK(slice(one.span).starts_with("statement {"));
  CHECK(slice(one.sid->span) == "\"One\"");
  CHECK(one.effect == Effect::kDeny);
  CHECK(slice(one.not_action->name_span) == "not_actions");
  CHECK(slice(one.not_action->values.at(0).span) == "\"iam:*\"");
  CHECK(slice(one.not_resource->span) == "[\"arn:a\"]");
  CHECK(one.not_principal->entries.at(0).type == PrincipalEntry::Type::kAws);
  CHECK(slice(one.not_principal->entries[0].value.span) == "\"1\"");
  const ConditionEntry& condition = one.conditions.at(0);
  CHECK(slice(condition.condition_operator.span) == "\"Bool\"");
  CHECK(slice(condition.key.span) == "\"aws:SecureTransport\"");
  CHECK(condition.values.at(0).value == "false");
  CHECK(policy.diagnostics.empty());
}

TEST_CASE("what a document leaves out is what the provider writes") {
  const Policy policy =
      only_policy(document("x", statement("    actions = [\"s3:*\"]\n    resources = []\n")));
  CHECK(policy.version->value == "2012-10-17");
  CHECK(first(policy).effect == Effect::kAllow);
  CHECK(policy.source->slice(first(policy).effect_text->span) == "statement");
  CHECK_FALSE(first(policy).resource.has_value());
}

TEST_CASE("variables of policies are written with an ampersand") {
  const Policy policy = only_policy(document(
      "x", statement("    actions = [\"s3:*\"]\n    resources = [\"arn:&{aws:username}/x\"]\n"
                     "    condition {\n      test = \"StringEquals\"\n      variable = \"a:b\"\n"
                     "      values = [\"&{aws:userid}\", \"$${aws:x}\"]\n    }\n")));
  CHECK(first(policy).resource->values.at(0).value == "arn:${aws:username}/x");
  CHECK_FALSE(first(policy).resource->values[0].unresolved);
  CHECK(first(policy).conditions.at(0).values.at(0).value == "${aws:userid}");
  CHECK(first(policy).conditions[0].values.at(1).value == "${aws:x}");
}

TEST_CASE("principals of one type are one list, and the type star is everybody") {
  const auto principals = [](const std::string& type, const std::string& ids) {
    return "    principals {\n      type = " + type + "\n      identifiers = " + ids + "\n    }\n";
  };
  const Policy several = only_policy(
      document("x", statement("    actions = [\"s3:*\"]\n" + principals("\"AWS\"", "[\"1\"]") +
                              principals("\"AWS\"", "[\"2\", aws_iam_role.x.arn]") +
                              principals("\"Service\"", "[\"ec2.amazonaws.com\"]"))));
  REQUIRE(first(several).principal->entries.size() == 4);
  CHECK(first(several).principal->entries[2].value.unresolved);
  CHECK(several.diagnostics.empty());
  const Policy all = only_policy(
      document("x", statement("    actions = [\"s3:*\"]\n" + principals("\"*\"", "[\"*\"]"))));
  CHECK(first(all).principal->entries.at(0).type == PrincipalEntry::Type::kEveryone);
  CHECK(first(all).principal->entries[0].bare);
  const Policy open = only_policy(
      document("x", statement("    actions = [\"s3:*\"]\n" + principals("var.type", "[\"*\"]"))));
  REQUIRE(first(open).principal->entries.size() == 1);
  CHECK(first(open).principal->entries[0].value.unresolved);
}

TEST_CASE(
    "conditions of one operator and key are one list and an unknown one is no condition less") {
  const auto condition = [](const std::string& test, const std::string& key,
                            const std::string& values) {
    return "    condition {\n      test = " + test + "\n      variable = " + key +
           "\n      values = " + values + "\n    }\n";
  };
  const auto conditions = [&](const std::string& body) {
    return only_policy(document("x", statement("    actions = [\"s3:*\"]\n" + body)))
        .statements.at(0)
        .conditions;
  };
  const auto both = conditions(condition("\"StringLike\"", "\"a:b\"", "[\"1\"]") +
                               condition("\"StringLike\"", "\"a:b\"", "[\"2\"]") +
                               condition("\"StringLike\"", "\"a:c\"", "[\"3\"]"));
  REQUIRE(both.size() == 2);
  CHECK(both[0].values.size() == 2);
  const auto open_key = conditions(condition("\"StringLike\"", "var.key", "[\"1\"]") +
                                   condition("\"Bool\"", "\"a:b\"", "[true]"));
  REQUIRE(open_key.size() == 2);
  CHECK(open_key[0].key.unresolved);
  CHECK(open_key[1].values.at(0).value == "true");
  const auto open_operator = conditions(condition("var.test", "\"a:b\"", "[\"1\"]"));
  REQUIRE(open_operator.size() == 1);
  CHECK(open_operator[0].condition_operator.unresolved);
  CHECK(conditions("    condition {\n    }\n").size() == 1);
}

TEST_CASE("dynamic blocks stand for one block a value, or for nobody knows how many") {
  const std::string text = document(
      "x",
      "  dynamic \"statement\" {\n    for_each = {a = [\"s3:Get*\"], b = [\"sqs:*\"]}\n"
      "    iterator = one\n    content {\n      sid = one.key\n      actions = one.value\n"
      "      resources = [\"*\"]\n      dynamic \"condition\" {\n        for_each = [\"x\"]\n"
      "        content {\n          test = \"Bool\"\n          variable = "
      "\"aws:${condition.value}\"\n"
      "          values = [one.key]\n        }\n      }\n    }\n  }\n"
      "  dynamic \"statement\" {\n    for_each = var.none\n    content {\n"
      "      actions = [statement.value]\n    }\n  }\n");
  const Policy policy = only_policy(text);
  REQUIRE(policy.statements.size() == 3);
  CHECK(policy.statements[1].sid->value == "b");
  CHECK(shown(policy.statements[1].action) == Texts{"sqs:*"});
  CHECK(policy.statements[1].conditions.at(0).key.value == "aws:x");
  CHECK(policy.statements[1].conditions[0].values.at(0).value == "b");
  REQUIRE(policy.statements[2].expression.has_value());
  CHECK(policy.source->slice(policy.statements[2].span) == "dynamic \"statement\"");
}

TEST_CASE("documents that are sources of another one are a part of it") {
  const std::string text =
      document("base", statement("    sid = \"A\"\n    actions = [\"s3:Get*\"]\n") +
                           statement("    sid = \"B\"\n    actions = [\"s3:Put*\"]\n")) +
      document("over", statement("    sid = \"B\"\n    actions = [\"sqs:*\"]\n")) +
      document("x",
               "  source_policy_documents = [data.aws_iam_policy_document.base.json, "
               "jsonencode({Statement = {Effect = \"Allow\", Action = \"ec2:*\"}})]\n"
               "  override_policy_documents = local.over\n" +
                   statement("    sid = \"A\"\n    actions = [\"kms:*\"]\n")) +
      "locals {\n  over = [data.aws_iam_policy_document.over.json]\n}\n";
  const FoundPolicies found = find_in_terraform(text);
  REQUIRE(found.policies.size() == 1);
  REQUIRE(found.policies[0].policy.has_value());
  const Policy& policy = *found.policies[0].policy;
  CHECK(found.policies[0].path == "data.aws_iam_policy_document.x");
  REQUIRE(policy.statements.size() == 3);
  CHECK(shown(policy.statements[0].action) == Texts{"kms:*"});
  CHECK(shown(policy.statements[1].action) == Texts{"sqs:*"});
  CHECK(shown(policy.statements[2].action) == Texts{"ec2:*"});
}

TEST_CASE("a source that is not in the file is a statement that is not known") {
  for (const std::string source :
       {"source_policy_documents = [data.aws_iam_policy_document.elsewhere.json]",
        "override_policy_documents = var.documents", "source_json = file(\"x.json\")",
        "source_policy_documents = [data.aws_iam_policy_document.x.json]"}) {
    INFO(source);
    const Policy policy =
        only_policy(document("x", "  " + source + "\n" + statement("    actions = [\"s3:*\"]\n")));
    REQUIRE(policy.statements.size() == 2);
    CHECK((policy.statements[0].expression || policy.statements[1].expression));
  }
}

TEST_CASE("two statements with one Sid in one document both stay") {
  CHECK(only_policy(document("x", statement("    sid = \"A\"\n    actions = [\"s3:*\"]\n") +
                                      statement("    sid = \"A\"\n    actions = [\"kms:*\"]\n")))
            .statements.size() == 2);
}

}  // namespace iamcheck
