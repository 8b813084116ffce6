#pragma once

// What a check has to say about a place in a text.
//
// The linter and the credential scanner both produce findings; every reporter consumes them. A
// finding knows nothing of terminals, JSON or SARIF.
//
// ```cpp
// iamcheck::Finding finding;
// finding.rule = "passrole-star-resource";
// finding.severity = iamcheck::Severity::kError;
// finding.message = "any role can be passed to any service";
// ```

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/source.h"

namespace iamcheck {

/// How bad it is. The order is the order of `--fail-on`.
enum class Severity { kNote, kWarning, kError };
/// How sure the check is that what it reports is real.
enum class Confidence { kLow, kMedium, kHigh };
/// Security weight where the rule has one (SARIF `security-severity`).
enum class SecuritySeverity { kNone, kLow, kMedium, kHigh, kCritical };

std::string_view to_string(Severity severity);      // note, warning, error
std::string_view to_string(Confidence confidence);  // low, medium, high
std::string_view to_string(
    SecuritySeverity security_severity);  // none, low, medium, high, critical

/// A second place that helps to understand the first.
struct RelatedSpan {
  Span span;
  std::string message;
  /// It explains the finding and is no part of what is wrong: Access Analyzer does not list it.
  bool aside = false;
};

/// Replace the bytes of `span` by `replacement`.
struct Edit {
  Span span;
  std::string replacement;
};

/// Edits that remove the finding. `safe`: the meaning of the policy stays as it is.
struct Fix {
  bool safe = true;
  std::string description;
  std::vector<Edit> edits;
};

/// What is known about a credential, without the credential itself.
struct CredentialDetails {
  std::string kind;        ///< the rule's kind, such as `aws-access-key-id`
  std::string provider;    ///< `aws`, `github`, ...
  std::string redacted;    ///< first 4 and last 2 characters
  bool validated = false;  ///< an offline check (checksum, structure, pair) confirms the shape
  std::string account_id;  ///< AWS account the key id belongs to, when it can be decoded
};

/// Somebody has said that a finding is not to be reported.
struct Suppression {
  enum class Kind { kInSource, kConfiguration, kBaseline };
  Kind kind = Kind::kInSource;
  std::string reason;  ///< as written; may be empty
};

std::string_view to_string(Suppression::Kind kind);  // source, configuration, baseline

struct Finding {
  std::string rule;  ///< the slug, such as `unknown-action`
  Severity severity = Severity::kWarning;
  Confidence confidence = Confidence::kHigh;
  SecuritySeverity security_severity = SecuritySeverity::kNone;
  std::string message;  ///< one line: what is wrong
  std::string label;    ///< behind the carets: what this place has to do with it; may be empty
  std::vector<std::string> notes;  ///< why it matters here, one line each
  std::string help;                ///< what to do; may be empty
  Span span;                       ///< the primary place
  std::vector<RelatedSpan> related;
  std::size_t related_omitted = 0;  ///< related places above `Limits::max_related`
  std::string
      document_path;        ///< `Statement[1].Condition.StringLike.aws:PrincipalArn`; may be empty
  std::string fingerprint;  ///< stable under line shifts; filled by the runner
  std::optional<Fix> fix;
  std::optional<CredentialDetails> credential;
  /// Only reports that keep a record of it show such a finding; it decides no exit code.
  std::optional<Suppression> suppression;
};

}  // namespace iamcheck
