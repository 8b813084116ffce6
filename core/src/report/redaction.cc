#include "report/redaction.h"

#include <algorithm>

#include "credentials/unescaped.h"

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
    : values_({}) {
  // What is said about credentials is redacted already.
  const bool only_credentials =
      !findings.empty() &&
      std::all_of(findings.begin(), findings.end(),
                  [](const Finding& finding) { return finding.credential.has_value(); });
  Secrets found = secrets_of(source, std::move(secrets), findings, !only_credentials);
  spans_ = merged(std::move(found.spans));
  values_ = KnownValues(found.values);
}

void Redaction::hide_in(std::string& text) const {
  std::string out;
  std::size_t copied = 0;
  values_.find(text, [&](std::size_t at, const KnownValues::Value& value) {
    out.append(text, copied, at - copied);
    out += value.redacted;
    copied = at + value.folded.size();
  });
  if (copied > 0) text = out + text.substr(copied);
  // Long texts are cut off, perhaps in the middle of a secret.
  for (std::size_t end = text.find("..."); end != std::string::npos;) {
    std::size_t begin = 0;
    const KnownValues::Value* value = values_.cut_at(text, end, begin);
    if (value != nullptr) {
      const std::string head = value->redacted.substr(0, value->redacted.find("..."));
      text.replace(begin, end - begin, head);
      end = begin + head.size();
    }
    end = text.find("...", end + 3);
  }
}

Finding Redaction::apply(const Finding& finding) const {
  Finding out = finding;
  if (values_.empty() || finding.credential) return out;
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
  return out;
}

}  // namespace iamcheck
