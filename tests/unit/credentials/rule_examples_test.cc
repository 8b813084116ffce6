// Every example of every credential page, executed.
#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"
#include "credentials/expression.h"
#include "credentials/validation.h"
#include "iamcheck/credentials.h"
#include "iamcheck/rule_page.h"

using iamcheck::Finding;
using iamcheck::RuleExample;
using iamcheck::RuleMark;
using iamcheck::RulePage;
using iamcheck::Source;

namespace {

std::vector<std::string> marked(const RuleExample& example, std::span<const RuleMark> marks) {
  std::vector<std::string> texts;
  for (const RuleMark& mark : marks) {
    texts.emplace_back(example.text.substr(mark.begin, mark.end - mark.begin));
  }
  return texts;
}

void check_reported(const RulePage& page, const RuleExample& example, const Source& source,
                    const std::vector<Finding>& findings) {
  std::vector<std::string> primary, related;
  for (const Finding& finding : findings) {
    primary.emplace_back(source.slice(finding.span));
    for (const auto& other : finding.related) related.emplace_back(source.slice(other.span));
    bool also =
        std::find(example.also.begin(), example.also.end(), finding.rule) != example.also.end();
    if (!also) CHECK(finding.rule == page.slug);
    std::string severity(example.severity.empty() ? to_string(page.severity) : example.severity);
    CHECK(std::string(to_string(finding.severity)) == severity);
    REQUIRE(finding.credential.has_value());
  }
  for (std::string_view slug : example.also) {
    INFO("also=\"" << slug << "\" does not fire");
    CHECK(std::any_of(findings.begin(), findings.end(),
                      [&](const Finding& finding) { return finding.rule == slug; }));
  }
  CHECK(primary == marked(example, example.marks));
  CHECK(related == marked(example, example.related));
}

// Another rule may report what this one leaves alone.
void check_clean(const RulePage& page, const RuleExample& example,
                 const std::vector<Finding>& findings) {
  std::vector<std::string> rules;
  for (const Finding& finding : findings) rules.push_back(finding.rule);
  std::vector<std::string> also(example.also.begin(), example.also.end());
  CHECK(std::find(rules.begin(), rules.end(), page.slug) == rules.end());
  CHECK(rules == also);
}

}  // namespace

TEST_CASE("the examples of credential pages are reported exactly where marked, or silent") {
  iamcheck::CredentialScanner scanner;
  for (const RulePage& page : iamcheck::rule_pages()) {
    if (page.kind != iamcheck::RuleKind::kCredential) continue;
    for (const RuleExample& example : page.examples) {
      for (bool carriage_returns : {false, true}) {
        INFO(page.file << ":" << example.line << (carriage_returns ? " with CRLF" : ""));
        std::string text(example.text);
        if (carriage_returns) {
          if (std::count(text.begin(), text.end(), '\n') > 1 &&
              page.slug.starts_with("private-key")) {
            continue;  // the marks would count the carriage returns of one place
          }
          std::string with_returns;
          for (char c : text) with_returns += c == '\n' ? "\r\n" : std::string(1, c);
          text = with_returns;
        }
        auto source = Source::from_bytes(std::string(example.file), text);
        iamcheck::CredentialOptions options;
        options.profile = page.profile;
        auto findings = scanner.scan(*source, options);
        if (example.reported) {
          check_reported(page, example, *source, findings);
        } else {
          check_clean(page, example, findings);
        }
      }
    }
  }
}

TEST_CASE("credential pages name a known check and a valid expression") {
  for (const RulePage& page : iamcheck::rule_pages()) {
    if (page.kind != iamcheck::RuleKind::kCredential) continue;
    INFO(page.file);
    CHECK(iamcheck::find_check(page.credential->validate) != nullptr);
    CHECK(iamcheck::Expression(page.credential->pattern).valid());
    CHECK(iamcheck::Expression(page.credential->named_pattern).valid());
  }
}

TEST_CASE("no finding about a credential holds the credential") {
  iamcheck::CredentialScanner scanner;
  for (const RulePage& page : iamcheck::rule_pages()) {
    if (page.kind != iamcheck::RuleKind::kCredential) continue;
    for (const RuleExample& example : page.examples) {
      auto source = Source::from_bytes("", std::string(example.text));
      for (const Finding& finding : scanner.scan(*source)) {
        std::string words = finding.message + finding.label + finding.help + finding.document_path +
                            finding.credential->redacted + finding.credential->kind;
        for (const std::string& note : finding.notes) words += note;
        for (const auto& other : finding.related) words += other.message;
        std::vector<iamcheck::Span> spans = {finding.span};
        for (const auto& other : finding.related) spans.push_back(other.span);
        for (const auto& span : spans) {
          // Seven characters in a row of a secret would be more than redaction leaves.
          std::string secret(source->slice(span));
          std::size_t begin = secret.starts_with("-----BEGIN") ? secret.find("KEY-----") + 8 : 0;
          if (secret.starts_with("PuTTY")) begin = secret.find("Private-Lines");
          for (std::size_t i = begin + 2; i + 7 < secret.size(); ++i) {
            INFO(page.file << ":" << example.line);
            if (secret.find("-----END", i) == std::string::npos &&
                secret.substr(i, 7).find_first_of(" -:") == std::string::npos) {
              CHECK(words.find(secret.substr(i, 7)) == std::string::npos);
            }
          }
        }
      }
    }
  }
}
