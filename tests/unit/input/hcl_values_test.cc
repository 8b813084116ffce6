// What the expressions of a Terraform file stand for.
#include <string>

#include "hcl_support.h"

namespace iamcheck {
namespace {

// The resources of a policy whose list of them is `expression`.
Texts resources(const std::string& expression, const std::string& rest = "") {
  return shown(only_policy("data \"aws_iam_policy_document\" \"x\" {\n  statement {\n"
                           "    actions   = [\"s3:GetObject\"]\n    resources = " +
                           expression + "\n  }\n}\n" + rest)
                   .statements.at(0)
                   .resource);
}

}  // namespace

TEST_CASE("local values and defaults of variables are known, each at its own place") {
  const std::string rest =
      "locals {\n  name = \"logs\"\n  arns = [\"arn:aws:s3:::${local.name}\", var.more]\n}\n"
      "variable \"more\" {\n  type    = string\n  default = \"arn:b\"\n}\n";
  CHECK(resources("local.arns", rest) == Texts{"arn:aws:s3:::logs", "arn:b"});
  const std::string text =
      "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = [\"s3:GetObject\"]\n"
      "    resources = local.arns\n  }\n}\n" +
      rest;
  const Policy policy = only_policy(text);
  const auto& values = policy.statements.at(0).resource->values;
  CHECK(policy.source->slice(values.at(0).span) == "\"arn:aws:s3:::${local.name}\"");
  CHECK(policy.source->slice(values.at(1).span) == "\"arn:b\"");
}

TEST_CASE("what only a deployment knows is unresolved, with its text as written") {
  CHECK(resources("[aws_s3_bucket.x.arn]") == Texts{"[${aws_s3_bucket.x.arn}]"});
  CHECK(resources("[\"${aws_s3_bucket.x.arn}/*\"]") == Texts{"[${aws_s3_bucket.x.arn}/*]"});
  CHECK(resources("aws_s3_bucket.all[*].arn") == Texts{"[${aws_s3_bucket.all[*].arn}]"});
  CHECK(resources("[var.none]") == Texts{"[${var.none}]"});
  CHECK(resources("[file(\"x\")]") == Texts{"[${file(\"x\")}]"});
  CHECK(resources("[data.aws_caller_identity.me.account_id]") ==
        Texts{"[${data.aws_caller_identity.me.account_id}]"});
  CHECK(resources("[\"arn:${local.p}:s3:::${each.value}\"]", "locals {\n  p = \"aws\"\n}\n") ==
        Texts{"[arn:aws:s3:::${each.value}]"});
}

TEST_CASE("of lists that are put together the known part is kept") {
  CHECK(resources("concat([\"a\"], var.none, [\"b\", \"c\"])") ==
        Texts{"a", "[${var.none}]", "b", "c"});
  CHECK(resources("flatten([[\"a\", [\"b\"]], \"c\"])") == Texts{"a", "b", "c"});
  CHECK(resources("compact([\"\", \"a\"])") == Texts{"a"});
}

TEST_CASE("functions of known values are known") {
  CHECK(resources("[join(\":\", [\"a\", upper(\"b\"), lower(\"C\")])]") == Texts{"a:B:c"});
  CHECK(resources("[format(\"arn:%s:s3:::%d%%\", \"aws\", 7)]") == Texts{"arn:aws:s3:::7%"});
  CHECK(resources("[format(\"%5s\", \"a\")]") == Texts{"[${format(\"%5s\", \"a\")}]"});
  CHECK(resources("split(\",\", \"a,b\")") == Texts{"a", "b"});
  CHECK(resources("[replace(\"a-b-c\", \"-\", \"/\")]") == Texts{"a/b/c"});
  CHECK(resources("[replace(\"abc\", \"/b/\", \"x\")]") ==
        Texts{"[${replace(\"abc\", \"/b/\", \"x\")}]"});
  CHECK(resources("[merge({a = \"1\"}, {a = \"2\"}).a, lookup({b = \"3\"}, \"b\")]") ==
        Texts{"2", "3"});
  CHECK(resources("toset([\"b\", \"a\", \"b\"])") == Texts{"b", "a", "b"});
  CHECK(resources("[for r in toset([\"b\", \"a\", \"b\"]) : \"x${r}\"]") == Texts{"xa", "xb"});
  CHECK(resources("[coalesce(\"\", \"a\"), element([\"x\", \"y\"], 3), tostring(1)]") ==
        Texts{"a", "y", "1"});
  CHECK(resources("[trimsuffix(trimprefix(\"abc\", \"a\"), \"c\"), one([\"d\"])]") ==
        Texts{"b", "d"});
  CHECK(resources("values({b = \"2\", a = \"1\"})") == Texts{"1", "2"});
}

TEST_CASE("conditions on known values decide, on others they do not") {
  CHECK(resources("[true ? \"a\" : \"b\", 1 > 2 ? \"c\" : \"d\"]") == Texts{"a", "d"});
  CHECK(resources("[\"x\" == \"x\" && !false ? \"a\" : var.b]") == Texts{"a"});
  CHECK(resources("length([]) > 0 ? [\"a\"] : [\"b\"]") == Texts{"b"});
  CHECK(resources("[false && var.none ? \"a\" : \"b\"]") == Texts{"b"});
  CHECK(resources("[var.none ? \"a\" : \"b\"]") == Texts{"[${var.none ? \"a\" : \"b\"}]"});
  CHECK(resources("[\"%{ if true }a%{ else }b%{ endif }\"]") == Texts{"a"});
}

TEST_CASE("for and splat over known values are known") {
  CHECK(resources("[for k, v in {a = \"1\", b = \"2\"} : \"${k}${v}\" if k != \"a\"]") ==
        Texts{"b2"});
  CHECK(resources("[{n = \"a\"}, {n = \"b\"}][*].n") == Texts{"a", "b"});
  CHECK(resources("[for x in var.none : x]") == Texts{"[${[for x in var.none : x]}]"});
  CHECK(resources("[\"%{ for x in [\"a\", \"b\"] }${x};%{ endfor }\"]") == Texts{"a;b;"});
}

TEST_CASE("the number of an item is known in lists only, for a set has none") {
  CHECK(resources("[for i, v in [\"a\"] : \"${i}${v}\"]") == Texts{"0a"});
  CHECK(resources("[for i, v in toset([\"a\"]) : \"${i}${v}\"]") == Texts{"[${i}a]"});
}

TEST_CASE("names that stand for each other in a circle are unresolved") {
  CHECK(
      resources("[local.a]", "locals {\n  a = local.b\n  b = local.a\n}\n").at(0).starts_with("["));
  CHECK(resources("local.a", "locals {\n  a = concat(local.a, [\"x\"])\n}\n").size() > 1);
}

TEST_CASE("expressions that ask for more than there is room for end, and it is said") {
  std::string locals = "locals {\n  a0 = [\"x\", \"y\"]\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "local.a" + std::to_string(i - 1);
    locals += "  a" + std::to_string(i) + " = concat(" + before + ", " + before + ")\n";
  }
  const FoundPolicies found = find_in_terraform(
      "data \"aws_iam_policy_document\" \"x\" {\n  statement {\n    actions = local.a39\n"
      "    resources = [\"*\"]\n  }\n}\n" +
      locals + "}\n");
  REQUIRE(found.policies.size() == 2);
  CHECK(found.policies[1].error->code == ErrorCode::kLimitExceeded);
}

TEST_CASE("texts that double, long ranges and wide documents are bounded") {
  std::string text = "locals {\n  t0 = \"aaaaaaaaaa\"\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "local.t" + std::to_string(i - 1);
    text += "  t" + std::to_string(i) + " = replace(" + before + ", \"a\", " + before + ")\n";
  }
  text += "  r = [for i in range(1000) : [for j in range(1000) : [for k in range(1000) : k]]]\n}\n";
  for (int i = 0; i < 60; ++i) {
    const std::string next = "data.aws_iam_policy_document.d" + std::to_string(i + 1) + ".json";
    text += "data \"aws_iam_policy_document\" \"d" + std::to_string(i) +
            "\" {\n  source_json = " + next + "\n  override_json = " + next + "\n}\n";
  }
  for (const std::string use : {"local.t59", "local.r", "data.aws_iam_policy_document.d0.json"}) {
    const FoundPolicies found = find_in_terraform(
        text + "resource \"aws_iam_policy\" \"x\" {\n  policy = jsonencode({Statement = [" + use +
        "]})\n}\n");
    CHECK_FALSE(found.policies.empty());
  }
}

}  // namespace iamcheck
