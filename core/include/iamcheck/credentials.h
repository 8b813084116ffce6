#pragma once

// Finds credentials that somebody left in a text.
//
// The scanner looks at bytes, not at formats: INI files, dotenv, JSON, YAML, Terraform, source
// code, Markdown and terminal transcripts all go through the same pass. One sweep finds the
// keywords of all rules (rules/credentials/*.md) with their positions; only there a rule looks
// closer. Escapes of JSON strings (`\\u0041`, `\\/`) hide nothing in texts up to
// `Limits::max_document_bytes`. What it then reports has passed the offline checks of its rule;
// placeholders, variables and templates are silent, values from public documentation are notes. A
// key id and its secret are one finding.
//
// No finding holds a secret: texts carry the first four and the last two characters. The spans
// cover the credentials wholly, so whoever prints source lines masks the spans of findings whose
// `credential` is set, the primary one and the related ones.
//
// ```cpp
// iamcheck::CredentialScanner scanner;
// auto source = iamcheck::Source::from_bytes("app.env", "AWS_ACCESS_KEY_ID=${KEY}\n");
// std::vector<iamcheck::Finding> findings = scanner.scan(*source);
// // findings.empty(): a variable is no credential
// ```

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/finding.h"
#include "iamcheck/limits.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/source.h"

namespace iamcheck {

struct CredentialOptions {
  Limits limits;
  /// An error in a file of tests, fixtures, examples or documentation (told by the name of the
  /// source) becomes a warning. Nothing is ever silenced by where it stands.
  bool lower_by_path = true;
  /// Only these rules, and not these; by slug, unknown names name nothing. What is left out takes
  /// part in no pair: of a key id and its secret the other one is reported under its own rule.
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  /// With `kStrict` also the rules of that profile, such as hashed passwords; they run too when
  /// they are selected by name. Credentials of rules that do not run are no `secrets` either.
  Profile profile = Profile::kDefault;
};

/// What `CredentialScanner::examine` gives.
struct CredentialScan {
  std::vector<Finding> findings;  ///< sorted by place
  /// Every place of every credential, sorted, whether its rule is selected or not, and wherever
  /// else in the text the value of one of the first 100,000 stands. Nobody may print these bytes.
  std::vector<Span> secrets;
  std::size_t omitted = 0;  ///< findings above `limits.max_findings`
};

/// Immutable after construction, safe to share between threads. Construction builds the table of
/// keywords; the expression of a rule is compiled when one of its keywords is first seen.
class CredentialScanner {
 public:
  CredentialScanner();
  ~CredentialScanner();
  CredentialScanner(CredentialScanner&&) noexcept;
  CredentialScanner& operator=(CredentialScanner&&) noexcept;

  /// The credentials in `source`, sorted by place. Time and memory grow linearly with the text,
  /// whatever bytes it holds. At most `limits.max_findings` are returned; `omitted`, when given,
  /// becomes the number of those above.
  std::vector<Finding> scan(const Source& source, const CredentialOptions& options = {},
                            std::size_t* omitted = nullptr) const;

  /// The same, with the places that no excerpt may show.
  CredentialScan examine(const Source& source, const CredentialOptions& options = {}) const;

 private:
  class Implementation;
  std::unique_ptr<const Implementation> implementation_;
};

/// Puts the redacted form in the place of every credential of `inspected` that stands in one of
/// `texts`: messages quote names and values, and any of them may be a key.
void hide_credentials(std::string_view inspected, std::vector<std::string>& texts);

/// The first four and the last two characters of a secret, as in `AKIA...D6`; less of a short one.
std::string redact(std::string_view secret);

}  // namespace iamcheck
