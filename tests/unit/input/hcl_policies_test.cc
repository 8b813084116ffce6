// Where in a Terraform file policies are found, and what they hang on.
#include <string>

#include "hcl_support.h"
#include "iamcheck/lint.h"

namespace iamcheck {
namespace {

constexpr const char* kStatement =
    "{ Effect = \"Allow\", Action = [\"s3:GetObjct\"], Resource = \"${aws_s3_bucket.x.arn}/*\" }";

std::string resource(const std::string& type, const std::string& body) {
  return "resource \"" + type + "\" \"x\" {\n" + body + "}\n";
}

std::string encoded(const std::string& attribute) {
  return "  " + attribute + " = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [" +
         kStatement + "]\n  })\n";
}

}  // namespace

TEST_CASE("a policy in jsonencode has the places of the HCL that writes it") {
  const std::string text = resource("aws_iam_policy", encoded("policy"));
  const FoundPolicies found = find_in_terraform(text);
  CHECK(found.format == InputFormat::kHcl);
  REQUIRE(found.policies.size() == 1);
  const FoundPolicy& one = found.policies[0];
  CHECK(one.path == "aws_iam_policy.x.policy");
  CHECK(one.kind == PolicyKind::kIdentity);
  CHECK(one.embedded);
  REQUIRE(one.policy.has_value());
  const Policy& policy = *one.policy;
  const auto slice = [&](const Span& span) { return policy.source->slice(span); };
  CHECK(slice(policy.version->span) == "\"2012-10-17\"");
  const Statement& statement = policy.statements.at(0);
  CHECK(slice(statement.span) == kStatement);
  CHECK(slice(statement.action->name_span) == "Action");
  CHECK(slice(statement.action->values.at(0).span) == "\"s3:GetObjct\"");
  CHECK(statement.resource->values.at(0).unresolved);
  CHECK(slice(statement.resource->values[0].span) == "\"${aws_s3_bucket.x.arn}/*\"");
}

TEST_CASE("a policy in a heredoc or a string is read in place") {
  const std::string json =
      "{\n    \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObjct\",\n"
      "    \"Resource\": [\"arn:${local.p}:s3:::x\", \"${aws_x.y.arn}\", ${aws_x.z}]}]}\n";
  std::string quoted = json;
  for (std::size_t at = 0; (at = quoted.find('"', at)) != std::string::npos; at += 2)
    quoted.insert(at, 1, '\\');
  for (std::size_t at = 0; (at = quoted.find('\n', at)) != std::string::npos;)
    quoted.replace(at, 1, "\\n");
  const std::string locals = "locals {\n  p = \"aws\"\n}\n";
  for (const std::string& written :
       {"<<EOF\n" + json + "EOF", "<<-EOF\n    " + json + "  EOF", "\"" + quoted + "\""}) {
    INFO(written);
    const Policy policy =
        only_policy(resource("aws_iam_policy", "  policy = " + written + "\n") + locals);
    const auto slice = [&](const Span& span) { return policy.source->slice(span); };
    const Statement& statement = policy.statements.at(0);
    const Text& action = statement.action->values.at(0);
    CHECK(action.value == "s3:GetObjct");
    CHECK(slice(action.span).find("s3:GetObjct") <= 2);
    CHECK(slice(action.span).size() <= std::string_view("\\\"s3:GetObjct\\\"").size());
    CHECK(slice(policy.span).starts_with("{"));
    CHECK(slice(policy.span).ends_with("}]}"));
    CHECK(shown(statement.resource) == Texts{"arn:aws:s3:::x", "[${aws_x.y.arn}]", "[${aws_x.z}]"});
    CHECK(slice(statement.resource->values[2].span) == "${aws_x.z}");
  }
}

TEST_CASE("a name that is not known makes what it stands in unresolved") {
  const Policy policy = only_policy(resource(
      "aws_iam_role",
      "  assume_role_policy = <<EOF\n{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", "
      "\"Action\": \"sts:AssumeRoleWithWebIdentity\", \"Condition\": {\"StringEquals\": "
      "{\"${aws_x.url}:sub\": \"me\"}, \"Bool\": {\"a:b\": true}}}}\nEOF\n"));
  const auto& conditions = policy.statements.at(0).conditions;
  REQUIRE(conditions.size() == 2);
  CHECK(conditions[0].key.unresolved);
  CHECK_FALSE(conditions[1].key.unresolved);
}

TEST_CASE("what a policy hangs on is told by the resource that has it or refers to it") {
  const std::string document =
      "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions = [\"sqs:*\"]\n  "
      "}\n}\n";
  const auto kind = [&](const std::string& text) {
    const FoundPolicies found = find_in_terraform(document + text);
    REQUIRE_FALSE(found.policies.empty());
    const FoundPolicy& one = found.policies[0];
    return (one.kind ? std::string(info(*one.kind).name) : "?") + " " + one.resource_type;
  };
  const std::string use = "  policy = data.aws_iam_policy_document.d.json\n";
  CHECK(kind("") == "? ");
  CHECK(kind(resource("aws_sqs_queue_policy", use)) == "resource AWS::SQS::Queue");
  CHECK(kind(resource("aws_kms_key", use)) == "resource AWS::KMS::Key");
  CHECK(kind(resource("aws_iam_group_policy", use)) == "identity ");
  CHECK(kind(resource("aws_vpc_endpoint", use)) == "endpoint ");
  CHECK(kind(resource("aws_iam_role",
                      "  assume_role_policy = data.aws_iam_policy_document.d[0].json\n")) ==
        "trust ");
  CHECK(kind(resource("aws_organizations_policy",
                      "  content = data.aws_iam_policy_document.d.json\n")) == "scp ");
  CHECK(kind(resource("aws_organizations_policy",
                      "  type = \"RESOURCE_CONTROL_POLICY\"\n"
                      "  content = data.aws_iam_policy_document.d.json\n")) == "rcp ");
  CHECK(kind("locals {\n  p = join(\"\", data.aws_iam_policy_document.d.*.json)\n}\n" +
             resource("aws_sns_topic_policy", "  policy = local.p\n")) ==
        "resource AWS::SNS::Topic");
  CHECK(kind("output \"o\" {\n  value = data.aws_iam_policy_document.d.json\n}\n" +
             resource("aws_sqs_queue_policy", use)) == "resource AWS::SQS::Queue");
  // Two that disagree tell nothing, in whatever order and however often.
  CHECK(kind(resource("aws_sqs_queue_policy", use) + resource("aws_iam_policy", use) +
             resource("aws_sqs_queue_policy", use)) == "? ");
  CHECK(kind(resource("aws_sqs_queue_policy", use) + resource("aws_sns_topic_policy", use)) ==
        "resource ");
}

TEST_CASE("a policy in a local value is found once, with the kind of its use") {
  const std::string policy =
      "{ Version = \"2012-10-17\", Statement = [" + std::string(kStatement) + "] }";
  for (const std::string& text :
       {"locals {\n  p = " + policy + "\n}\n" +
            resource("aws_iam_policy", "  policy = jsonencode(local.p)\n"),
        "locals {\n  p = jsonencode(" + policy + ")\n}\n" +
            resource("aws_iam_policy", "  policy = local.p\n"),
        "locals {\n  all = { one = " + policy + " }\n}\n" +
            resource("aws_iam_policy", "  policy = jsonencode(local.all.one)\n"),
        "locals {\n  p = <<EOF\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", "
        "\"Resource\": \"*\"}}\nEOF\n}\n" +
            resource("aws_iam_policy", "  policy = \"${local.p}\"\n")}) {
    INFO(text);
    const FoundPolicies found = find_in_terraform(text);
    REQUIRE(found.policies.size() == 1);
    CHECK(found.policies[0].kind == PolicyKind::kIdentity);
    CHECK(found.policies[0].path.starts_with("local."));
  }
}

TEST_CASE("policies in blocks, conditionals, calls and arguments of modules are found") {
  const std::string policy = "jsonencode({Statement = [" + std::string(kStatement) + "]})";
  const FoundPolicies found = find_in_terraform(
      resource("aws_iam_role", "  inline_policy {\n    policy = " + policy + "\n  }\n") +
      resource("aws_s3_bucket_policy", "  policy = var.x ? " + policy + " : " + policy + "\n") +
      "module \"m\" {\n  list = [{ p = " + policy + " }]\n  assume_role_policy = try(" + policy +
      ", null)\n}\n");
  REQUIRE(found.policies.size() == 5);
  CHECK(found.policies[0].path == "aws_iam_role.x.inline_policy[0].policy");
  CHECK(found.policies[0].kind == PolicyKind::kIdentity);
  CHECK(found.policies[2].resource_type == "AWS::S3::Bucket");
  CHECK(found.policies[3].path == "module.m.list[0].p");
  CHECK_FALSE(found.policies[3].kind.has_value());
  CHECK(found.policies[4].kind == PolicyKind::kTrust);
}

TEST_CASE("policies of other clouds, which only look like those of IAM, are none") {
  CHECK(find_in_terraform(resource("alicloud_ram_policy", encoded("document"))).policies.empty());
  CHECK(find_in_terraform(resource("vault_aws_secret_backend_role", encoded("policy_document")))
            .policies.size() == 1);
}

TEST_CASE("Terraform in a fence of Markdown is read, and an excerpt of it is no mistake") {
  const std::string text =
      "1. The role\n\n    ```hcl\n    data \"aws_iam_policy_document\" \"trust\" {\n"
      "      statement {\n        actions = [\"sts:AssumeRole\"]\n"
      "        principals {\n          type = \"Service\"\n"
      "          identifiers = [\"ecs-tasks.amazonaws.com\"]\n        }\n      }\n    }\n"
      "    resource \"aws_iam_role\" \"r\" {\n"
      "      assume_role_policy = \"${data.aws_iam_policy_document.trust.json}\"\n    }\n"
      "    ...\n    ```\n\nand `aws_iam_policy_document` is a data source.\n";
  const FoundPolicies found = find_in_terraform(text, "notes.md");
  CHECK(found.format == InputFormat::kMarkdown);
  REQUIRE(found.policies.size() == 1);
  CHECK(found.policies[0].kind == PolicyKind::kTrust);
  REQUIRE(found.policies[0].policy.has_value());
  const Text& action = found.policies[0].policy->statements.at(0).action->values.at(0);
  CHECK(found.policies[0].policy->source->slice(action.span) == "\"sts:AssumeRole\"");
  CHECK(text.substr(action.span.begin, action.span.size()) == "\"sts:AssumeRole\"");
  // Of another language, or without the words of a policy.
  CHECK(find_in_terraform("```python\n" + text.substr(text.find("data")), "n.md").policies.empty());
}

TEST_CASE("findings in HCL have no fixes, and stand at the bytes they are about") {
  const std::string text = resource("aws_iam_policy", encoded("policy"));
  const FoundPolicies found = find_in_terraform(text);
  REQUIRE(found.policies.size() == 1);
  REQUIRE(found.policies[0].policy.has_value());
  const LintSubject subject = subject_of(found.policies[0], *found.policies[0].policy, {}, "");
  bool seen = false;
  for (const Finding& finding : lint(subject, {}, nullptr)) {
    CHECK_FALSE(finding.fix.has_value());
    if (finding.rule != "unknown-action") continue;
    seen = true;
    CHECK(text.substr(finding.span.begin, finding.span.size()) == "\"s3:GetObjct\"");
    CHECK(finding.document_path == "aws_iam_policy.x.policy.Statement[0].Action[0]");
  }
  CHECK(seen);
}

TEST_CASE("JSON that is broken, or that hangs on what is not known, is said to be unread") {
  const auto text_of = [](const std::string& json) {
    return resource("aws_iam_policy", "  policy = <<EOF\n" + json + "\nEOF\n");
  };
  const auto error = [&](const std::string& json) {
    const FoundPolicies found = find_in_terraform(text_of(json));
    REQUIRE(found.policies.size() == 1);
    REQUIRE(found.policies[0].error.has_value());
    return *found.policies[0].error;
  };
  const std::string json = "{\"Statement\": [{\"Effect\": \"Allow\" \"Action\": \"s3:*\"}]}";
  const Error broken = error(json);
  CHECK(broken.code == ErrorCode::kJsonSyntax);
  CHECK(text_of(json).substr(broken.span.begin).starts_with("\"Action\""));
  CHECK(error("{\"Statement\": [{\"Effect\": \"Allow\"} ${var.more}]}").code ==
        ErrorCode::kUnsupported);
}

TEST_CASE("a Terraform file in JSON says the same as one in HCL") {
  const std::string json = R"({
    "locals": {"reads": ["s3:GetObject", "s3:GetObjct"]},
    "data": {"aws_iam_policy_document": {
      "base": {"statement": [{"sid": "Base", "actions": ["kms:*"], "resources": ["*"]}]},
      "d": [{
        "source_policy_documents": ["${data.aws_iam_policy_document.base.json}"],
        "statement": {"actions": "${local.reads}", "resources": ["${aws_x.y[\"a\"].arn}/*"],
          "principals": [{"type": "AWS", "identifiers": ["*"]}]},
        "dynamic": {"statement": {"for_each": ["sqs:*"], "iterator": "one",
          "content": {"actions": ["${one.value}"], "resources": ["arn:\/x"]}}}}]}},
    "resource": {
      "aws_sqs_queue_policy": {"q": {"policy": "${data.aws_iam_policy_document.d.json}"}},
      "aws_iam_policy": {"p": {"policy": "{\"Statement\": {\"Effect\": \"Allow\",)"
                           R"(\"Action\": \"s3:*\", \"Resource\": \"${aws_x.y.arn}\"}}"}}}})";
  const FoundPolicies found = find_in_terraform(json, "cdk.tf.json");
  REQUIRE(found.policies.size() == 2);
  REQUIRE(found.policies[0].policy.has_value());
  CHECK(found.policies[0].resource_type == "AWS::SQS::Queue");
  const Policy& document = *found.policies[0].policy;
  REQUIRE(document.statements.size() == 3);
  CHECK(shown(document.statements[0].action) == Texts{"kms:*"});
  CHECK(shown(document.statements[1].action) == Texts{"s3:GetObject", "s3:GetObjct"});
  CHECK(document.source->slice(document.statements[1].action->values.at(1).span) ==
        "\"s3:GetObjct\"");
  CHECK(document.statements[1].resource->values.at(0).unresolved);
  CHECK(shown(document.statements[2].action) == Texts{"sqs:*"});
  CHECK(shown(document.statements[2].resource) == Texts{"arn:/x"});
  REQUIRE(found.policies[1].policy.has_value());
  const Statement& statement = found.policies[1].policy->statements.at(0);
  CHECK(found.policies[1].kind == PolicyKind::kIdentity);
  CHECK(document.source->slice(statement.action->values.at(0).span) == "\\\"s3:*\\\"");
  CHECK(statement.resource->values.at(0).unresolved);
}

TEST_CASE("HCL is known by its name or by its content, and JSON in such a file is JSON") {
  CHECK(find_in_terraform("a = 1\n", "x.tofu").format == InputFormat::kHcl);
  CHECK(find_in_terraform("{\"a\": 1}", "x.tf").format == InputFormat::kJson);
  CHECK(find_in_terraform("# x\nresource \"aws_iam_role\" \"x\" {}\n", "x").format ==
        InputFormat::kHcl);
  CHECK(find_in_terraform("a = 1\n", "x.txt").format == InputFormat::kText);
  CHECK(find_in_terraform("a = 1\n").policies.empty());
}

TEST_CASE("HCL that cannot be read is reported when it may hold a policy") {
  CHECK(find_in_terraform("a = [\n").policies.empty());
  const FoundPolicies found =
      find_in_terraform(resource("aws_iam_policy", encoded("policy")) + "a = ]\n");
  REQUIRE(found.policies.size() == 2);
  CHECK(found.policies[0].policy.has_value());
  REQUIRE(found.policies[1].error.has_value());
  CHECK(found.policies[1].error->code == ErrorCode::kHclSyntax);
}

TEST_CASE("a Terraform file that is named as a policy and has none is said to have none") {
  InputOptions options;
  options.expect_policy = true;
  const FoundPolicies found = find_policies(Source::from_bytes("main.tf", "a = 1\n"), options);
  REQUIRE(found.policies.size() == 1);
  CHECK(found.policies[0].error->code == ErrorCode::kNotAPolicy);
}

}  // namespace iamcheck
