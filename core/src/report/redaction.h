#pragma once

// Keeps the credentials of a file out of what is said about it. The scanner's own texts are
// redacted already, but a policy check may quote the very word that is a key.

#include <map>
#include <string>
#include <vector>

#include "credentials/known_values.h"
#include "iamcheck/credentials.h"
#include "iamcheck/report.h"

namespace iamcheck {

class Redaction {
 public:
  explicit Redaction(const FileFindings& file);
  /// Looks for the credentials itself.
  Redaction(const Source& source, const CredentialScanner& scanner);

  /// What no excerpt may show: sorted, none overlaps another.
  const std::vector<Span>& spans() const { return spans_; }

  /// The finding with every credential of the file in its texts replaced by its redacted form, and
  /// a fingerprint that holds none.
  Finding apply(const Finding& finding) const;
  void hide_in(std::string& text) const;

 private:
  Redaction(const Source& source, std::vector<Span> secrets, const std::vector<Finding>& findings);

  void hide_in_texts(Finding& out) const;
  void hide_in_fingerprint(const Finding& finding, Finding& out) const;

  const Source* source_;
  std::vector<Span> spans_;
  KnownValues values_;
};

/// The redactions of the policies that a decision points into.
class PolicyRedactions {
 public:
  const Redaction& of(const Source& source) {
    auto found = redactions_.find(&source);
    if (found == redactions_.end()) {
      found = redactions_.emplace(&source, Redaction(source, scanner_)).first;
    }
    return found->second;
  }

 private:
  CredentialScanner scanner_;
  std::map<const Source*, Redaction> redactions_;
};

}  // namespace iamcheck
