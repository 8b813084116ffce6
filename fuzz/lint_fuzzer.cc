// Every rule over whatever is found in a text, as a policy of every kind: no rule breaks on it,
// places lie inside the text, and every report can be written.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "expectation.h"
#include "iamcheck/fix.h"
#include "iamcheck/input.h"
#include "iamcheck/lint.h"
#include "iamcheck/report.h"
#include "iamcheck/suppression.h"

namespace {

using iamcheck::Finding;

void check_finding(const iamcheck::Source& source, const Finding& finding) {
  expect(source.span().contains(finding.span), "a finding lies inside the source");
  for (const auto& related : finding.related)
    expect(source.span().contains(related.span), "a related place lies inside the source");
  expect(!finding.message.empty(), "a finding says what is wrong");
  expect(finding.fingerprint.size() == 16, "a finding has a fingerprint");
  if (!finding.fix) return;
  for (const auto& edit : finding.fix->edits)
    expect(source.span().contains(edit.span), "an edit lies inside the source");
  const auto fixed = iamcheck::apply_edits(source.text(), finding.fix->edits);
  expect(fixed.has_value(), "the edits of a fix can be made");
}

}  // namespace

// The first byte says what the text is called and how it is looked at.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t choice = data[0];
  const std::string name = choice % 2 == 0 ? "input.json" : "input.md";
  const auto source = iamcheck::Source::from_bytes(name, std::string(data + 1, data + size));
  iamcheck::LintOptions options;
  options.profile =
      choice % 3 == 0 ? iamcheck::Profile::kAccessAnalyzer : iamcheck::Profile::kStrict;
  options.today = 20'000 + static_cast<std::int64_t>(choice) * 10;
  options.limits.max_findings = 20;
  iamcheck::LintReport report;
  iamcheck::FileFindings file{source, {}};
  for (const auto& found : iamcheck::find_policies(source, {}).policies) {
    if (!found.policy) continue;
    iamcheck::LintSubject subject;
    subject.policy = &*found.policy;
    subject.path = found.path;
    subject.kind = iamcheck::policy_kinds()[(choice / 6) % iamcheck::policy_kinds().size()].kind;
    if (choice >= 128) subject.kind.reset();
    for (Finding& finding : iamcheck::lint(subject, options)) {
      check_finding(*source, finding);
      file.findings.push_back(std::move(finding));
    }
  }
  iamcheck::read_suppressions(*source).apply(file.findings, *source, options.today);
  report.files.push_back(std::move(file));
  expect(!iamcheck::render_json(report).empty(), "the JSON is written");
  expect(!iamcheck::render_sarif(report).empty(), "the SARIF is written");
  iamcheck::render_text(report, {});
  iamcheck::render_github(report);
  iamcheck::render_markdown(report);
  iamcheck::render_access_analyzer(report);
  return 0;
}
