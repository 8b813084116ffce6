#include "report/redaction.h"

#include <algorithm>

#include "text/ascii.h"

namespace iamcheck {
namespace {

// Shorter texts are no credentials, and replacing them would only garble the messages.
constexpr std::size_t kShortest = 8;

}  // namespace

Redaction::Redaction(const FileFindings& file) : spans_(file.secrets) {
  add(*file.source, file.findings);
}

Redaction::Redaction(const Source& source, const CredentialScanner& scanner) {
  add(source, scanner.scan(source));
}

void Redaction::add(const Source& source, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (!finding.credential) continue;
    spans_.push_back(finding.span);
    for (const RelatedSpan& related : finding.related) spans_.push_back(related.span);
  }
  for (const Span& span : spans_) {
    const std::string_view text = source.slice(span);
    if (text.size() >= kShortest) secrets_.push_back({ascii_lower(text), redact(text)});
  }
  std::sort(secrets_.begin(), secrets_.end(), [](const Secret& a, const Secret& b) {
    return a.text.size() != b.text.size() ? a.text.size() > b.text.size() : a.text < b.text;
  });
  secrets_.erase(std::unique(secrets_.begin(), secrets_.end(),
                             [](const Secret& a, const Secret& b) { return a.text == b.text; }),
                 secrets_.end());
}

void Redaction::hide_in(std::string& text) const {
  for (const Secret& secret : secrets_) {
    if (text.size() < secret.text.size()) continue;
    const std::string folded = ascii_lower(text);  // messages quote some words in lower case
    std::size_t at = folded.find(secret.text);
    if (at == std::string::npos) continue;
    std::string out;
    std::size_t copied = 0;
    for (; at != std::string::npos; at = folded.find(secret.text, copied)) {
      out.append(text, copied, at - copied).append(secret.redacted);
      copied = at + secret.text.size();
    }
    text = out.append(text, copied);
  }
}

Finding Redaction::apply(const Finding& finding) const {
  Finding out = finding;
  if (secrets_.empty() || finding.credential) return out;
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
