#include <algorithm>

#include "catch.h"
#include "iamcheck/input.h"

using iamcheck::ErrorCode;
using iamcheck::find_policies;
using iamcheck::FoundPolicies;
using iamcheck::FoundPolicy;
using iamcheck::InputFormat;
using iamcheck::InputOptions;
using iamcheck::PolicyKind;
using iamcheck::Source;

namespace {

const std::string kPolicy =
    R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})";

FoundPolicies find(const std::string& text, const std::string& name = "p.json",
                   const InputOptions& options = {}) {
  return find_policies(Source::from_bytes(name, text), options);
}

std::uint32_t line_of(const FoundPolicy& found) {
  REQUIRE(found.policy);
  return found.policy->source->position(found.policy->statements[0].span.begin).line;
}

}  // namespace

TEST_CASE("input: a policy stands at the root or anywhere below, and says where") {
  CHECK(find(kPolicy).policies.size() == 1);
  CHECK(find(kPolicy).policies[0].path.empty());
  const FoundPolicies nested =
      find(R"({"a": [1, {"Document": )" + kPolicy + R"(}], "b": )" + kPolicy + "}");
  REQUIRE(nested.policies.size() == 2);
  CHECK(nested.policies[0].path == "a[1].Document");
  CHECK(nested.policies[1].path == "b");
}

TEST_CASE("input: JSON that is no policy gives nothing") {
  CHECK(find(R"({"name": "x", "Statement": "of work"})").policies.empty());
  CHECK(find(R"({"Statement": []})").policies.empty());
  CHECK(find("[1, 2, 3]").policies.empty());
  CHECK(find("").policies.empty());
}

TEST_CASE("input: the name of a member tells what its policy is for") {
  auto kind_at = [](const std::string& member) {
    return find("{\"" + member + "\": " + kPolicy + "}").policies.at(0).kind;
  };
  CHECK(kind_at("AssumeRolePolicyDocument") == PolicyKind::kTrust);
  CHECK(kind_at("PermissionsBoundaryPolicy") == PolicyKind::kBoundary);
  CHECK(kind_at("KeyPolicy") == PolicyKind::kResource);
  CHECK_FALSE(kind_at("PolicyDocument").has_value());
}

TEST_CASE("input: comments and trailing commas are forgiven, other slips are errors with a place") {
  CHECK(find("// mine\n" + kPolicy + "// end").policies.at(0).policy.has_value());
  CHECK(find(R"({"Statement": [{"Effect": "Allow", "Action": "*",},],})").policies.at(0).policy);
  const FoundPolicies broken = find(R"({"Statement": [{"Effect": "Allow",, "Action": "*"}]})");
  REQUIRE(broken.policies.size() == 1);
  REQUIRE(broken.policies[0].error);
  CHECK(broken.policies[0].error->code == ErrorCode::kJsonSyntax);
  CHECK(broken.policies[0].error->span.begin == 34);
}

TEST_CASE("input: broken JSON that does not look like a policy is nobody's business") {
  CHECK(find(R"({"name": "x",, })").policies.empty());
  InputOptions declared;
  declared.expect_policy = true;
  CHECK(find(R"({"name": "x",, })", "p.json", declared).policies.at(0).error);
}

TEST_CASE("input: a declared policy is read even when it does not look like one") {
  InputOptions declared;
  declared.expect_policy = true;
  const FoundPolicies found = find(R"({"Version": "2012-10-17"})", "p.json", declared);
  REQUIRE(found.policies.size() == 1);
  REQUIRE(found.policies[0].policy);
  CHECK_FALSE(found.policies[0].policy->has_statement);
}

TEST_CASE("input: documents one behind the other are each found with their own lines") {
  for (const char* between : {"\n", "", "\n\n // next\n", "\x1E", " /* x */ "}) {
    INFO("between: `" << between << "`");
    const FoundPolicies found = find(kPolicy + between + "[\n" + kPolicy + "]");
    REQUIRE(found.policies.size() == 2);
    CHECK(line_of(found.policies[0]) == 1);
    const std::string text = between;
    const auto breaks = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    CHECK(line_of(found.policies[1]) == 2 + breaks);
    CHECK(found.policies[1].path == "[0]");
  }
}

TEST_CASE("input: in JSON Lines a broken line does not swallow the next one") {
  const FoundPolicies found = find(kPolicy + "\n{\"a\": [}\n\n" + kPolicy +
                                   "\n{\"Statement\": [{\"Effect\": \"Allow\"]}\n" + kPolicy);
  REQUIRE(found.policies.size() == 4);
  CHECK(line_of(found.policies[0]) == 1);
  CHECK(line_of(found.policies[1]) == 4);
  CHECK(found.policies[2].error);
  CHECK(line_of(found.policies[3]) == 6);
}

TEST_CASE("input: text between documents is one error, and the documents are still read") {
  for (const std::string& text : {kPolicy + "}\n", kPolicy + ",\n" + kPolicy + ",\n" + kPolicy}) {
    const FoundPolicies found = find(text);
    std::size_t errors = 0;
    for (const FoundPolicy& policy : found.policies) errors += policy.error ? 1 : 0;
    CHECK(errors == 1);
    CHECK(found.policies[1].error->span.begin == kPolicy.size());
    CHECK(found.policies[1].error->span.size() == 1);
  }
  CHECK(find("{} x {} y").policies.empty());
}

TEST_CASE("input: braces in strings and comments do not end a document") {
  const std::string tricky =
      R"({"Statement": {"Sid": "}{\"]", "Effect": "Allow", /* } */ "Action": "*", "Resource": "*"}})";
  const FoundPolicies found = find(tricky + tricky);
  REQUIRE(found.policies.size() == 2);
  CHECK(found.policies[0].policy);
  CHECK(found.policies[1].policy);
}

TEST_CASE("input: an unfinished document is an error at its open bracket") {
  const FoundPolicies found = find(kPolicy + R"({"Statement": [{"Effect": "Allow")");
  REQUIRE(found.policies.size() == 2);
  REQUIRE(found.policies[1].error);
  CHECK(found.policies[1].error->span.begin == kPolicy.size() + 15);
}

TEST_CASE(
    "input: more policies than the limit are said to be unread, in one document and in many") {
  InputOptions options;
  options.limits.max_documents = 2;
  for (const std::string& text :
       {"[" + kPolicy + "," + kPolicy + "," + kPolicy + "]", kPolicy + kPolicy + kPolicy}) {
    const FoundPolicies found = find(text, "p.json", options);
    REQUIRE(found.policies.size() == 3);
    CHECK(found.policies[1].policy);
    REQUIRE(found.policies[2].error);
    CHECK(found.policies[2].error->code == ErrorCode::kLimitExceeded);
  }
}

TEST_CASE("input: fences of Markdown are read where they may hold JSON") {
  auto count = [](const std::string& language) {
    return find("# Notes\n\n```" + language + "\n" + kPolicy + "\n```\n", "n.md").policies.size();
  };
  CHECK(count("json") == 1);
  CHECK(count("") == 1);
  CHECK(count("jsonc") == 1);
  CHECK(count("python") == 0);
  const FoundPolicies found = find("text\n```json\n" + kPolicy + "\n```\n", "n.md");
  CHECK(line_of(found.policies.at(0)) == 3);
  CHECK(find("    " + kPolicy + "\n", "n.txt").format == InputFormat::kJson);
  CHECK(find("The policy: " + kPolicy + "\n", "n.txt").policies.empty());
}

TEST_CASE("input: UTF-16 and a byte order mark are read") {
  using namespace std::string_literals;
  std::string utf16 = "\xFF\xFE";
  for (const char c : kPolicy) utf16 += std::string(1, c) + '\0';
  CHECK(find(utf16).policies.size() == 1);
  CHECK(find("\xEF\xBB\xBF" + kPolicy).policies.size() == 1);
}

TEST_CASE("input: a NUL byte hides no policy behind it") {
  const std::string nul(1, '\0');
  const std::string padding(9000, ' ');
  const FoundPolicies behind = find(kPolicy + padding + nul + kPolicy);
  REQUIRE(behind.policies.size() == 3);
  CHECK(behind.policies[0].policy);
  REQUIRE(behind.policies[1].error);
  CHECK(behind.policies[1].error->code == ErrorCode::kJsonSyntax);
  CHECK(behind.policies[1].error->message == "a NUL byte stands in the text");
  CHECK(behind.policies[1].error->span.begin == kPolicy.size() + padding.size());
  CHECK(behind.policies[2].policy);
  // Nor does it in one of several lines.
  const FoundPolicies lines = find(padding + kPolicy + "\n" + kPolicy + nul + kPolicy + "\n");
  CHECK(std::count_if(lines.policies.begin(), lines.policies.end(),
                      [](const FoundPolicy& found) { return found.policy.has_value(); }) == 3);
}

TEST_CASE("input: a fence in a block quote is read, at the places of the file") {
  const std::string text =
      "note\n> Use this:\n>\n> ```json\n> {\"Statement\": {\n>   \"Effect\": \"Allow\",\n>\n"
      ">   \"Action\": \"*\", \"Resource\": \"*\"}}\n> ```\n\n> > ```json\n> > " +
      kPolicy + "\n> > ```\n";
  for (const std::string name : {"notes.md", "NOTES"}) {
    const FoundPolicies found = find(text, name);
    REQUIRE(found.policies.size() == 2);
    REQUIRE(found.policies[0].policy);
    CHECK(line_of(found.policies[0]) == 5);
    const auto& entry = found.policies[0].policy->statements[0].action->values[0];
    CHECK(text.substr(entry.span.begin, entry.span.size()) == "\"*\"");
    REQUIRE(found.policies[1].policy);
    CHECK(line_of(found.policies[1]) == 12);
  }
}

TEST_CASE("input: a block quote ends with its last marked line, and its fence with it") {
  const FoundPolicies found =
      find("> ```json\n> " + kPolicy + "\n\n```json\n" + kPolicy + "\n```\n", "notes.md");
  REQUIRE(found.policies.size() == 2);
  CHECK(found.policies[0].policy);
  CHECK(found.policies[1].policy);
  // A quoted fence inside of a fence is text of that fence.
  CHECK(find("```text\n> ```json\n" + kPolicy + "\n> ```\n```\n", "notes.md").policies.empty());
}

TEST_CASE("input: a text above the limit is not read, and says so when it holds policies") {
  InputOptions options;
  options.limits.max_document_bytes = 200;
  CHECK(find(kPolicy, "p.json", options).policies.at(0).policy);
  for (const std::string name : {"p.json", "p.md"}) {
    const std::string text = (name == "p.md" ? "```json\n" : "") + kPolicy + std::string(200, ' ');
    const FoundPolicies found = find(text, name, options);
    REQUIRE(found.policies.size() == 1);
    REQUIRE(found.policies[0].error);
    CHECK(found.policies[0].error->code == ErrorCode::kLimitExceeded);
  }
  CHECK(find("[" + std::string(300, ' ') + "]", "data.json", options).policies.empty());
}

TEST_CASE("input: the values of all documents count together") {
  InputOptions options;
  options.limits.max_nodes = 20;
  std::string lines;
  for (int i = 0; i < 10; ++i) lines += kPolicy + "\n";
  const FoundPolicies found = find(lines, "p.json", options);
  REQUIRE(found.policies.size() == 5);  // of six values each
  CHECK(found.policies[3].policy);
  REQUIRE(found.policies[4].error);
  CHECK(found.policies[4].error->message ==
        "more than 20 values; the policies behind them were not read");
}

TEST_CASE("input: a long name does not stand in the path of every policy below it") {
  const FoundPolicies found = find("{\"" + std::string(100000, 'k') + "\": [" + kPolicy + "]}");
  CHECK(found.policies.at(0).path == std::string(128, 'k') + "...[0]");
}
