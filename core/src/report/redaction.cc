#include "report/redaction.h"

#include <algorithm>

#include "credentials/unescaped.h"
#include "text/fingerprint.h"

namespace iamcheck {
namespace {

struct Secrets {
  std::vector<Span> spans;  // may overlap
  std::vector<std::string> values;
};

Secrets secrets_of(const Source& source, std::vector<Span> spans,
                   const std::vector<Finding>& findings, bool with_values) {
  Secrets secrets;
  secrets.spans = std::move(spans);
  for (const Finding& finding : findings) {
    if (!finding.credential) continue;
    secrets.spans.push_back(finding.span);
    for (const RelatedSpan& related : finding.related) secrets.spans.push_back(related.span);
  }
  if (!with_values) return secrets;
  for (const Span& span : secrets.spans) {
    const std::string_view text = source.slice(span);
    std::string meant = unescaped(text);
    if (meant != text) secrets.values.push_back(std::move(meant));
    secrets.values.emplace_back(text);
  }
  return secrets;
}

// Sorted, and no two overlap: a line finds its own by a binary search.
std::vector<Span> merged(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  std::vector<Span> result;
  for (const Span& span : spans) {
    if (!result.empty() && span.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, span.end);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

}  // namespace

Redaction::Redaction(const FileFindings& file)
    : Redaction(*file.source, file.secrets, file.findings) {}

Redaction::Redaction(const Source& source, const CredentialScanner& scanner)
    : Redaction(source, scanner.examine(source).secrets, {}) {}

Redaction::Redaction(const Source& source, std::vector<Span> secrets,
                     const std::vector<Finding>& findings)
    : source_(&source), values_({}) {
  // What is said about credentials is redacted already.
  const bool only_credentials =
      !findings.empty() &&
      std::all_of(findings.begin(), findings.end(),
                  [](const Finding& finding) { return finding.credential.has_value(); });
  Secrets found = secrets_of(source, std::move(secrets), findings, !only_credentials);
  spans_ = merged(std::move(found.spans));
  values_ = KnownValues(found.values);
}

void Redaction::hide_in(std::string& text) const { values_.hide_in(text); }

// Of a text that is known but for a short secret the hash confirms every guess: the secret is left
// out. Two findings that differ in it alone are one to a baseline.
void Redaction::hide_in_fingerprint(const Finding& finding, Finding& out) const {
  const auto first = std::ranges::partition_point(
      spans_, [&](const Span& secret) { return secret.end <= finding.span.begin; });
  const bool shows = first != spans_.end() && first->begin < finding.span.end;
  if (!shows && out.document_path == finding.document_path && out.message == finding.message)
    return;
  Fingerprint fingerprint;
  fingerprint.add(out.rule).add(out.document_path).add(out.message);
  Span between = finding.span;
  for (auto secret = first; secret != spans_.end() && secret->begin < finding.span.end; ++secret) {
    between.end = std::max(between.begin, secret->begin);
    fingerprint.add(source_->slice(between));
    between.begin = std::min(secret->end, finding.span.end);
  }
  between.end = finding.span.end;
  out.fingerprint = fingerprint.add(source_->slice(between)).hex();
}

Finding Redaction::apply(const Finding& finding) const {
  Finding out = finding;
  if (finding.credential) return out;
  hide_in_texts(out);
  if (!finding.fingerprint.empty()) hide_in_fingerprint(finding, out);
  return out;
}

void Redaction::hide_in_texts(Finding& out) const {
  if (values_.empty()) return;
  hide_in(out.message);
  hide_in(out.label);
  hide_in(out.help);
  hide_in(out.document_path);
  for (std::string& note : out.notes) hide_in(note);
  for (RelatedSpan& related : out.related) hide_in(related.message);
  // An edit with a masked replacement would destroy what it means to mend.
  if (out.fix) {
    for (Edit& edit : out.fix->edits) {
      const std::string before = edit.replacement;
      hide_in(edit.replacement);
      if (edit.replacement != before) {
        out.fix.reset();
        break;
      }
    }
  }
}

}  // namespace iamcheck
