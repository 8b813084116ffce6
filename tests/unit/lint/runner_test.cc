// What all rules have in common: selection, confidence, fingerprints, ageing, fixes, hostile input.
#include <algorithm>
#include <chrono>
#include <map>
#include <string>

#include "iamcheck/rule_page.h"
#include "subject.h"

namespace iamcheck {
using test::lint_text;
using test::Linted;

namespace {

const std::string kAdmin =
    R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})";

std::string action_policy(const std::string& action) {
  return R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action": ")" +
         action + R"("}})";
}

std::int64_t catalogue_day() {
  const std::string date(Catalogue::embedded().date());
  const std::chrono::year_month_day ymd{
      std::chrono::year(std::stoi(date.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(std::stoi(date.substr(5, 2)))),
      std::chrono::day(static_cast<unsigned>(std::stoi(date.substr(8, 2))))};
  return std::chrono::sys_days(ymd).time_since_epoch().count();
}

LintOptions only(const std::string& slug) {
  LintOptions options;
  options.select = {slug};
  return options;
}

std::string applied(const Linted& linted) {
  std::string text(linted.policy.source->text());
  REQUIRE(linted.findings.size() == 1);
  REQUIRE(linted.findings[0].fix.has_value());
  for (const Edit& edit : linted.findings[0].fix->edits) {
    text.replace(edit.span.begin, edit.span.size(), edit.replacement);
  }
  return text;
}

}  // namespace

TEST_CASE("select runs the named rules only, ignore leaves rules out") {
  const std::string text =
      R"({"Statement": {"Effect": "Allow", "Action": ["*", "s3:Get*"], "Resource": "*"}})";
  CHECK(lint_text(text).rules() == std::vector<std::string>{"missing-version", "admin-star-star",
                                                            "data-exfiltration",
                                                            "redundant-action"});
  CHECK(lint_text(text, only("missing-version")).rules() ==
        std::vector<std::string>{"missing-version"});
  LintOptions options;
  options.ignore = {"admin-star-star", "data-exfiltration", "redundant-action"};
  CHECK(lint_text(text, options).rules() == std::vector<std::string>{"missing-version"});
  CHECK(lint_text(text, only("no-such-rule")).findings.empty());
}

TEST_CASE("an unknown rule name is an error with the nearest name") {
  LintOptions options;
  options.select = {"admin-star-start", "json-type"};
  options.ignore = {"frobnicate"};
  const auto errors = check_rule_names(options);
  REQUIRE(errors.size() == 2);
  CHECK(errors[0].code == ErrorCode::kUnknownName);
  CHECK(errors[0].help == "did you mean `admin-star-star`?");
  CHECK(errors[1].message == "there is no rule and no category `frobnicate`");
}

TEST_CASE("a kind guessed from the content costs one step of confidence, a flag does not") {
  const Linted guessed = lint_text(kAdmin);
  REQUIRE(guessed.findings.size() == 1);
  CHECK(guessed.findings[0].confidence == Confidence::kMedium);
  const Linted flagged = lint_text(kAdmin, {}, PolicyKind::kIdentity);
  REQUIRE(flagged.findings.size() == 1);
  CHECK(flagged.findings[0].confidence == Confidence::kHigh);
  // A rule that applies to every kind does not depend on the guess.
  const Linted any = lint_text(action_policy("s3:GetObjct"), only("unknown-action"));
  REQUIRE(any.findings.size() == 1);
  CHECK(any.findings[0].confidence == Confidence::kHigh);
}

TEST_CASE("a rule is silent about kinds it does not apply to") {
  CHECK(lint_text(kAdmin, {}, PolicyKind::kScp).findings.empty());
  CHECK(lint_text(kAdmin, {}, PolicyKind::kBoundary).findings.empty());
}

TEST_CASE("fingerprints survive added lines, and differ between places") {
  const std::string list =
      R"([{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Allow", "Action": "*", "Resource": "*"}]})";
  LintOptions admin;
  admin.select = {"admin-star-star"};
  const Linted before = lint_text("{\"Version\": \"2012-10-17\", \"Statement\": " + list, admin);
  const Linted after = lint_text(
      "{\n\n  \"Id\": \"x\",\n  \"Version\": \"2012-10-17\",\n\n\"Statement\": " + list, admin);
  REQUIRE(before.findings.size() == 2);
  REQUIRE(after.findings.size() == 2);
  CHECK(before.findings[0].fingerprint == after.findings[0].fingerprint);
  CHECK(before.findings[1].fingerprint == after.findings[1].fingerprint);
  CHECK(before.findings[0].fingerprint != before.findings[1].fingerprint);
}

TEST_CASE("the subject's place stands before the document path") {
  auto policy = parse_policy("p.json", kAdmin);
  LintSubject subject;
  subject.policy = &*policy;
  subject.path = "Resources.Role.Properties.Policy";
  const auto findings = lint(subject, {});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].document_path == "Resources.Role.Properties.Policy.Statement.Action");
}

TEST_CASE("an unknown action becomes a note with the date when the catalogue is old") {
  LintOptions options = only("unknown-action");
  const std::string far = action_policy("s3:FrobnicateEverything");
  CHECK(lint_text(far, options).findings.at(0).severity == Severity::kError);
  options.today = catalogue_day() + 90;
  CHECK(lint_text(far, options).findings.at(0).severity == Severity::kError);
  options.today = catalogue_day() + 91;
  const Linted old = lint_text(far, options);
  REQUIRE(old.findings.size() == 1);
  CHECK(old.findings[0].severity == Severity::kNote);
  CHECK(old.findings[0].message.find(std::string(Catalogue::embedded().date())) !=
        std::string::npos);
  // A near name makes it an error at any age.
  const Linted near = lint_text(action_policy("s3:GetObjct"), options);
  REQUIRE(near.findings.size() == 1);
  CHECK(near.findings[0].severity == Severity::kError);
  CHECK(near.findings[0].help.find("`s3:GetObject`") != std::string::npos);
}

TEST_CASE("every kind of unknown name becomes a note with the date when the catalogue is old") {
  const auto condition = [](const std::string& key) {
    return R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "*", "Condition": {"StringEquals": {")" +
           key + R"(": "x"}}}})";
  };
  const auto resource = [](const std::string& text) {
    return R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject",
        "Resource": ")" +
           text + R"("}})";
  };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"unknown-action", action_policy("s3:FrobnicateEverything")},
      {"unknown-action-pattern", action_policy("s3:Frobnicate*")},
      {"unknown-service-in-action", action_policy("qqfrobnicator:Get")},
      {"unknown-service", resource("arn:aws:qqfrobnicator:eu-west-1:111122223333:x/*")},
      {"unknown-service", condition("qqfrobnicator:Thing")},
      {"unknown-condition-key", condition("s3:FrobnicateEverything")},
      {"unknown-global-key", condition("aws:FrobnicateEverything")},
      {"variable-unknown-key", resource("arn:aws:s3:::b/${aws:FrobnicateEverything}/*")}};
  for (const auto& [rule, text] : cases) {
    INFO(rule << ": " << text);
    LintOptions options = only(rule);
    options.today = catalogue_day() + 90;
    const Linted young = lint_text(text, options);
    REQUIRE(young.findings.size() == 1);
    CHECK(young.findings[0].severity != Severity::kNote);
    options.today = catalogue_day() + 91;
    const Linted old = lint_text(text, options);
    REQUIRE(old.findings.size() == 1);
    CHECK(old.findings[0].severity == Severity::kNote);
    CHECK(old.findings[0].message.ends_with(" as of " + std::string(Catalogue::embedded().date())));
    // AWS's validation knows no such thing as an old catalogue.
    options.profile = Profile::kAccessAnalyzer;
    CHECK(lint_text(text, options).findings.at(0).severity != Severity::kNote);
  }
}

TEST_CASE("what was retired or is unknown for sure says so") {
  const auto retired = Catalogue::embedded().retired_actions();
  REQUIRE_FALSE(retired.empty());
  std::size_t seen = 0;
  for (const RetiredName& name : retired) {
    const std::string service(name.name.substr(0, name.name.find(':')));
    if (!Catalogue::embedded().find_service(service)) continue;
    const Linted linted = lint_text(action_policy(std::string(name.name)), only("unknown-action"));
    REQUIRE(linted.findings.size() == 1);
    CHECK(linted.findings[0].severity == Severity::kWarning);
    if (++seen == 5) break;
  }
  CHECK(seen > 0);
}

TEST_CASE("the fix of an effect repairs its case and nothing else") {
  const std::string text =
      R"({"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}})";
  CHECK(
      applied(lint_text(text, only("invalid-effect"))) ==
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}})");
  const Linted other = lint_text(
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allowed", "Action": "s3:GetObject", "Resource": "*"}})",
      only("invalid-effect"));
  REQUIRE(other.findings.size() == 1);
  CHECK_FALSE(other.findings[0].fix.has_value());
}

TEST_CASE("the fix of a missing version keeps the layout, and is not offered beside variables") {
  CHECK(applied(
            lint_text("{\n  \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": "
                      "\"*\"}\n}",
                      only("missing-version"))) ==
        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\"Effect\": \"Deny\", \"Action\": "
        "\"*\", "
        "\"Resource\": \"*\"}\n}");
  CHECK(applied(lint_text(R"({"Statement": []})", only("missing-version"))) ==
        R"({"Version": "2012-10-17", "Statement": []})");
  for (const char* resource :
       {"arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/\\u0024{aws:username}"}) {
    const Linted linted =
        lint_text(R"({"Statement": {"Effect": "Deny", "Action": "s3:GetObject", "Resource": ")" +
                      std::string(resource) + "\"}}",
                  only("missing-version"));
    REQUIRE(linted.findings.size() == 1);
    CHECK_FALSE(linted.findings[0].fix.has_value());
  }
}

TEST_CASE("an identity-based policy takes no Principal, and the message does not say it has none") {
  const Linted linted = lint_text(
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}})",
      only("principal-not-supported"), PolicyKind::kIdentity);
  REQUIRE(linted.findings.size() == 1);
  CHECK(linted.findings[0].message == "an identity-based policy takes no `Principal`");
}

TEST_CASE("a service that does not exist is one finding") {
  CHECK(lint_text(action_policy("foobar:*")).rules() ==
        std::vector<std::string>{"unknown-service-in-action"});
}

TEST_CASE("the fix of a version is offered as unsafe") {
  const Linted linted =
      lint_text(R"({"Version": "2012-10-18", "Statement": []})", only("invalid-version"));
  CHECK(applied(linted) == R"({"Version": "2012-10-17", "Statement": []})");
  CHECK_FALSE(linted.findings[0].fix->safe);
}

TEST_CASE("a role that everybody may assume is told apart from a public resource") {
  const Linted linted = lint_text(
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}})",
      {});
  REQUIRE(linted.rules() == std::vector<std::string>{"trust-wildcard-aws"});
  CHECK(linted.findings[0].message == "everybody in the world may assume the role");
}

TEST_CASE("a text that cannot be read is one finding of json-syntax") {
  auto policy = parse_policy("p.json", "{\"Version\": \"2012-10-17\", \"Statement\": [}");
  REQUIRE_FALSE(policy.has_value());
  const Finding finding = lint_unreadable(policy.error());
  CHECK(finding.rule == "json-syntax");
  CHECK(finding.severity == Severity::kError);
  CHECK(finding.message == policy.error().message);
  CHECK(finding.span == policy.error().span);
  CHECK(finding.fingerprint.size() == 16);
}

TEST_CASE("what is no statement in the list of them shifts no places, and breaks no proof") {
  const std::string statement = R"({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})";
  const std::string text = R"({"Version": "2012-10-17", "Statement": [1, "two", )" + statement +
                           ", null, " + statement + "]}";
  const Linted linted = lint_text(text, only("redundant-statement"));
  REQUIRE(linted.findings.size() == 1);
  CHECK(linted.findings[0].document_path == "Statement[4]");
  CHECK(linted.policy.statements[1].index == 1);
  // All other rules, those that prove something among them.
  CHECK(lint_text(text).findings.size() > 3);
}

TEST_CASE("redundancy of a hostile list ends") {
  std::string list;
  for (int i = 0; i < 3000; ++i) {
    list +=
        (i ? ", \"s3:" : "\"s3:") + std::string(40, 'a') + "*a*a*a*a*" + std::to_string(i) + "\"";
  }
  const Linted linted = lint_text(
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action": [)" +
          list + ", \"s3:x\", \"s3:x\"]}}",
      only("redundant-action"));
  REQUIRE_FALSE(linted.findings.empty());
}

TEST_CASE("AWS managed policies have no errors of form") {
  std::map<std::string, std::size_t> counts;
  for (const ManagedPolicy& managed : Catalogue::embedded().managed_policies()) {
    auto document = managed.document();
    REQUIRE(document.has_value());
    const Linted linted = lint_text(*document, {}, PolicyKind::kIdentity);
    for (const Finding& finding : linted.findings) {
      ++counts[finding.rule + " " + std::string(to_string(finding.severity))];
      if (finding.severity != Severity::kError) continue;
      const std::string category(find_rule_page(finding.rule)->category);
      INFO(managed.name() << " " << finding.document_path << ": " << finding.message);
      CHECK(category != "syntax");
    }
  }
  for (const auto& [key, count] : counts) UNSCOPED_INFO(key << ": " << count);
  CHECK(counts["passrole-star-resource error"] > 0);
}

TEST_CASE("related places and findings of a rule are kept up to a limit, the others counted") {
  std::string entries = "\"s3:GetN*\"";
  for (int i = 0; i < 40; ++i) entries = "\"s3:GetN*\", " + entries;
  std::string unknown;
  for (int i = 0; i < 30; ++i) unknown += ", \"s3:Nope" + std::to_string(i) + "\"";
  const auto policy = parse_policy(
      "p.json",
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action": [)" +
          entries + ", \"s3:Get*\"" + unknown + "]}}");
  REQUIRE(policy);
  LintSubject subject;
  subject.policy = &*policy;
  LintOptions options = only("redundant-action");
  auto findings = lint(subject, options);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].related.size() == 8);
  CHECK(findings[0].related_omitted == 33);
  CHECK(std::any_of(findings[0].related.begin(), findings[0].related.end(),
                    [](const RelatedSpan& related) { return related.message == "covers it"; }));
  options = only("unknown-action");
  options.limits.max_findings = 10;
  std::size_t omitted = 0;
  CHECK(lint(subject, options, &omitted).size() == 10);
  CHECK(omitted == 20);
}

TEST_CASE("texts of a finding do not grow with the names of a policy") {
  const std::string name(100000, 'k');
  const auto policy = parse_policy(
      "p.json",
      R"({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action": "s3:Nope", )"
      R"("Condition": {"StringLikes": {")" +
          name + R"(": "x"}}, ")" + name + R"(": 1}})");
  REQUIRE(policy);
  LintSubject subject;
  subject.policy = &*policy;
  const auto findings = lint(subject, {});
  REQUIRE(findings.size() >= 2);
  for (const Finding& finding : findings) {
    CHECK(finding.message.size() < 2100);
    CHECK(finding.document_path.size() < 2100);
  }
}

}  // namespace iamcheck
