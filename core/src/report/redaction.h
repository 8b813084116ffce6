#pragma once

// Keeps the credentials of a file out of what is said about it. The scanner's own texts are
// redacted already, but a policy check may quote the very word that is a key.

#include <map>
#include <string>
#include <vector>

#include "iamcheck/credentials.h"
#include "iamcheck/report.h"

namespace iamcheck {

class Redaction {
 public:
  explicit Redaction(const FileFindings& file);
  /// Looks for the credentials itself.
  Redaction(const Source& source, const CredentialScanner& scanner);

  /// What no excerpt may show.
  const std::vector<Span>& spans() const { return spans_; }

  /// The finding with every credential of the file in its texts replaced by its redacted form.
  Finding apply(const Finding& finding) const;
  void hide_in(std::string& text) const;

 private:
  struct Secret {
    std::string text;
    std::string redacted;
  };
  void add(const Source& source, const std::vector<Finding>& findings);

  std::vector<Span> spans_;
  std::vector<Secret> secrets_;  // longest first: one may begin with another
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
