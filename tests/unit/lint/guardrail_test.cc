// Pages of a user's own, and what they find.
#include "iamcheck/guardrail.h"

#include <string>
#include <vector>

#include "subject.h"

namespace iamcheck {
namespace {

using test::lint_text;
using test::Linted;

GuardrailPage read(const std::string& text, const std::string& slug = "my-rule") {
  return read_guardrail(Source::from_bytes(slug + ".md", text), slug);
}

std::string page(const std::string& forbid, const std::string& more = "") {
  return "---\n" + more + "forbid: " + forbid + "\n---\n# Not allowed here\n";
}

std::string document(const std::string& statements) {
  return R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}";
}

std::string one(const std::string& effect, const std::string& action, const std::string& resource,
                const std::string& more = "") {
  return R"({"Effect": ")" + effect + R"(", "Action": ")" + action + R"(", "Resource": ")" +
         resource + "\"" + more + "}";
}

std::vector<Finding> findings(const std::string& forbid, const std::string& statements,
                              std::optional<PolicyKind> kind = PolicyKind::kIdentity,
                              const std::string& more = "") {
  const GuardrailPage read_page = read(page(forbid, more));
  for (const Error& error : read_page.errors) INFO(error.message);
  REQUIRE(read_page.guardrail);
  LintOptions options;
  options.guardrails = std::span(&*read_page.guardrail, 1);
  options.select = {"my-rule"};
  return lint_text(document(statements), options, kind).findings;
}

bool holds_note(const Finding& finding, std::string_view part) {
  return std::ranges::any_of(
      finding.notes, [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

std::string first_error(const GuardrailPage& page) {
  REQUIRE_FALSE(page.guardrail);
  REQUIRE_FALSE(page.errors.empty());
  return page.errors.front().message;
}

TEST_CASE("a page has a severity, a title, kinds of policies and statements") {
  const GuardrailPage read_page = read(
      "---\nseverity: warning\nsecuritySeverity: high\nconfidence: medium\n"
      "applies-to: [identity, session]\nforbid:\n  - Action: s3:Delete*\n    Resource: '*'\n"
      "  - Effect: Deny\n    Action: s3:DeleteObject\n---\n# Nothing is deleted\n\n"
      "## Why it matters\nBackups are there\nto stay.\n\nMore.\n\n## How to fix\nLeave it.\n");
  for (const Error& error : read_page.errors) INFO(error.message);
  REQUIRE(read_page.guardrail);
  const Guardrail& guardrail = *read_page.guardrail;
  CHECK(guardrail.title == "Nothing is deleted");
  CHECK(guardrail.severity == Severity::kWarning);
  CHECK(guardrail.security_severity == SecuritySeverity::kHigh);
  CHECK(guardrail.confidence == Confidence::kMedium);
  CHECK(guardrail.applies_to ==
        std::vector<PolicyKind>{PolicyKind::kIdentity, PolicyKind::kSession});
  CHECK(guardrail.forbidden.statements.size() == 2);
  CHECK(guardrail.forbidden.statements[0].effect == Effect::kAllow);
  CHECK(guardrail.why == "Backups are there to stay.");
  CHECK(guardrail.help == "Leave it.");
}

TEST_CASE("what is wrong with a page is said with its place, and half a fence is none") {
  CHECK(first_error(read("# no front matter\n")).find("front matter") != std::string::npos);
  CHECK(first_error(read("---\nseverity: error\n---\n# T\n")).find("`forbid` is missing") !=
        std::string::npos);
  CHECK(first_error(read(page("[]"))).find("is empty") != std::string::npos);
  CHECK(first_error(read(page("{Resource: '*'}"))).find("no `Action`") != std::string::npos);
  CHECK(first_error(read(page("{Action: s3:DeletObject}"))).find("DeletObject") !=
        std::string::npos);
  CHECK(first_error(read(page("{Action: 's3:*', Resource: s3://b}"))).find("s3://b") !=
        std::string::npos);
  CHECK(first_error(read(page("{Action: 's3:*', Ressource: '*'}"))).find("Ressource") !=
        std::string::npos);
  CHECK(first_error(read(page("{Action: 's3:*', Effect: allow}"))).find("allow") !=
        std::string::npos);
  CHECK(first_error(read(page("{Action: 's3:*', NotPrincipal: '*'}"))).find("NotPrincipal") !=
        std::string::npos);
  CHECK(first_error(read(page("{Action: 's3:*', Principal: '*'}"))).find("identity") !=
        std::string::npos);
  CHECK(first_error(read("---\nforbid: {Action: '*'}\n---\n")).find("title") != std::string::npos);
  CHECK(first_error(read(page("{Action: '*'}"), "json-type")).find("built-in") !=
        std::string::npos);
  CHECK(first_error(read(page("{Action: '*'}"), "My Rule")).find("My Rule") != std::string::npos);
  const GuardrailPage misspelt = read(page("{Action: '*'}", "severty: error\n"));
  CHECK(first_error(misspelt).find("severty") != std::string::npos);
  CHECK(misspelt.errors.front().help == "did you mean `severity`?");
  CHECK(misspelt.errors.front().span.begin == 4);
  CHECK(first_error(read(page("{Action: '*'}", "severity: fatal\n"))).find("one of") !=
        std::string::npos);
  CHECK(first_error(read(page("{Action: '*'}", "applies-to: [user]\n"))).find("user") !=
        std::string::npos);
  CHECK(first_error(read("---\nforbid: [\n---\n# T\n")).empty() == false);
}

TEST_CASE("a policy that grants some of it is reported where it does, with a request") {
  const auto found = findings("{Action: 'iam:PassRole'}",
                              one("Allow", "s3:GetObject", "*") + "," + one("Allow", "iam:*", "*"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == "my-rule");
  CHECK(found[0].message == "Not allowed here");
  CHECK(found[0].severity == Severity::kError);
  CHECK(found[0].document_path == "Statement[1].Action");
  CHECK(holds_note(found[0], "for example, iam:PassRole on "));
  // The entry that lets it through.
  const auto of_list = findings("{Action: 'iam:PassRole'}", R"({"Effect": "Allow",
      "Action": ["s3:*", "iam:P*", "iam:*"], "Resource": "*"})");
  REQUIRE(of_list.size() == 1);
  CHECK(of_list[0].document_path == "Statement[0].Action[1]");
}

TEST_CASE("a policy that grants none of it is silent, whatever its words are") {
  CHECK(findings("{Action: 'iam:PassRole'}", one("Allow", "iam:Get*", "*")).empty());
  CHECK(findings("{Action: 'iam:PassRole'}", one("Deny", "iam:*", "*")).empty());
  CHECK(findings("{Action: 'iam:PassRole'}",
                 one("Allow", "*", "*") + "," + one("Deny", "iam:Pass*", "*"))
            .empty());
  CHECK(findings("{Action: 's3:GetObject', Resource: 'arn:aws:s3:::secret/*'}",
                 one("Allow", "s3:*", "arn:aws:s3:::public/*"))
            .empty());
}

TEST_CASE("conditions of the page and of the policy count") {
  const std::string insecure =
      "{Action: 's3:*', Condition: {Bool: {'aws:SecureTransport': false}}}";
  CHECK(findings(insecure, one("Allow", "s3:GetObject", "*")).size() == 1);
  CHECK(findings(insecure, one("Allow", "s3:GetObject", "*",
                               R"(, "Condition": {"Bool": {"aws:SecureTransport": "true"}})"))
            .empty());
  CHECK(findings(insecure, one("Allow", "s3:GetObject", "*") + "," +
                               one("Deny", "s3:*", "*",
                                   R"(, "Condition": {"Bool": {"aws:SecureTransport": "false"}})"))
            .empty());
}

TEST_CASE("a Deny of the page is an exception") {
  const std::string most = "[{Action: 's3:Delete*'}, {Effect: Deny, Action: 's3:DeleteObject'}]";
  CHECK(findings(most, one("Allow", "s3:DeleteObject", "*")).empty());
  CHECK(findings(most, one("Allow", "s3:DeleteBucket", "*")).size() == 1);
}

TEST_CASE("requests that AWS does not have are told apart, and not left out") {
  const auto found =
      findings("{Action: 's3:DeleteBucket'}", one("Allow", "s3:*", "arn:aws:s3:::reports/2026/*"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::kNote);
  CHECK(found[0].confidence == Confidence::kLow);
  CHECK(holds_note(found[0], "does not have"));
}

TEST_CASE("resource-based policies: whom the page names, or everybody") {
  const auto by = [](const std::string& principal) {
    return one("Allow", "sqs:SendMessage", "*", R"(, "Principal": )" + principal);
  };
  const std::string anybody = "{Action: 'sqs:*'}";
  CHECK(findings(anybody, by(R"({"AWS": "arn:aws:iam::111122223333:root"})"), PolicyKind::kResource)
            .size() == 1);
  const std::string outside =
      "{Action: 'sqs:*', Condition: {StringNotEquals: {'aws:PrincipalAccount': '111122223333'}}}";
  CHECK(findings(outside, by(R"({"AWS": "arn:aws:iam::111122223333:root"})"), PolicyKind::kResource)
            .empty());
  CHECK(findings(outside, by(R"("*")"), PolicyKind::kResource).size() == 1);
  CHECK(findings("{Action: 'sqs:*', Principal: '*'}", by(R"("*")"), PolicyKind::kResource,
                 "applies-to: [resource]\n")
            .size() == 1);
}

TEST_CASE("a guardrail holds for the kinds of policies that it names") {
  const std::string all = one("Allow", "*", "*");
  CHECK(findings("{Action: '*'}", all, PolicyKind::kScp).empty());
  CHECK(findings("{Action: '*'}", all, PolicyKind::kScp, "applies-to: scp\n").size() == 1);
}

TEST_CASE("what is known only at deploy time may be what is forbidden") {
  const auto found = findings("{Action: 's3:GetObject', Resource: 'arn:aws:s3:::secret/*'}",
                              R"({"Effect": "Allow", "Action": "s3:GetObject",
                                  "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]}})");
  REQUIRE(found.size() == 1);
  CHECK(found[0].confidence == Confidence::kMedium);
}

TEST_CASE("a guardrail is selected and left out by its name, and a wrong name is told") {
  const GuardrailPage read_page = read(page("{Action: '*'}"));
  REQUIRE(read_page.guardrail);
  LintOptions options;
  options.guardrails = std::span(&*read_page.guardrail, 1);
  options.ignore = {"my-rule"};
  CHECK(check_rule_names(options).empty());
  for (const Finding& finding : lint_text(document(one("Allow", "*", "*")), options).findings)
    CHECK(finding.rule != "my-rule");
  options.ignore = {"my-rul"};
  REQUIRE(check_rule_names(options).size() == 1);
  CHECK(check_rule_names(options)[0].help == "did you mean `my-rule`?");
}

}  // namespace
// ---- Examples of a page ----

namespace {

std::vector<ExampleFailure> failures_of(const std::string& examples) {
  const GuardrailPage read_page = read(
      page("{Action: \"iam:PassRole\", Resource: \"*\"}", "applies-to: [identity]\n") + examples);
  for (const Error& error : read_page.errors) UNSCOPED_INFO(error.message);
  REQUIRE(read_page.guardrail);
  return test_examples(*read_page.guardrail);
}

constexpr const char* kPassRole =
    "{\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"*\"}\n";
constexpr const char* kMark = "                               ^^^^^^^^^^^^^^\n";

}  // namespace

TEST_CASE("an example of a guardrail that is as it says does not fail") {
  const std::string text = "```json reported=\"Statement.Action\"\n" + std::string(kPassRole) +
                           "                              ^^^^^^^^^^^^^^\n```\n"
                           "```yaml clean why=\"another action\"\nEffect: Allow\nAction: "
                           "iam:GetRole\nResource: \"*\"\n```\n"
                           "```json title=\"no example\"\n{\n```\n";
  CHECK(failures_of(text).empty());
}

TEST_CASE("an example of a guardrail fails when it is not what it says, and says how") {
  const auto only = [](const std::string& text) {
    const std::vector<ExampleFailure> failures = failures_of(text);
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].line == 6);
    return failures[0].message;
  };
  const std::string body = kPassRole;
  CHECK(only("```json clean\n" + body + "```\n")
            .starts_with("reported, and the example says `clean`"));
  CHECK(only("```json reported\n{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": "
             "\"*\"}\n```\n") == "not reported, and the example says `reported`");
  CHECK(only("```json reported policy-type=\"scp\"\n" + body + "```\n") ==
        "not reported: the example is a policy of type `scp`, which `applies-to` does not name");
  CHECK(only("```json reported=\"Statement.Resource\"\n" + body + "```\n") ==
        "reported at `Statement.Action`, not at `Statement.Resource`");
  CHECK(only("```json reported severity=\"note\"\n" + body + "```\n") ==
        "reported as error, not as note");
  CHECK(only("```json reported\n" + body + kMark + "```\n") ==
        "the mark `^` is not under what is reported: `\"iam:PassRole\"`");
  CHECK(only("```json reported\n{\"Effect\": \n```\n").starts_with("the example cannot be read: "));
  CHECK(only("```json reported\n[]\n```\n") == "not reported, and the example says `reported`");
}

TEST_CASE("a fence of a guardrail page with a slip is an error of the page, with its place") {
  const GuardrailPage read_page =
      read(page("{Action: \"s3:*\"}") + "```json reported why=no\n{}\n```\n");
  REQUIRE(read_page.errors.size() == 1);
  CHECK(read_page.errors[0].message == "expected attributes `name=\"value\"` after the language");
  const GuardrailPage open = read(page("{Action: \"s3:*\"}") + "```json clean\n{}\n");
  REQUIRE(open.errors.size() == 1);
  CHECK(open.errors[0].message == "the fence is not closed by a line of three backticks");
}

}  // namespace iamcheck
