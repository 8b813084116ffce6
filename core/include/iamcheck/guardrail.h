#pragma once

// Rules of a user's own: access that no policy may grant, in the language of IAM itself.
//
// A guardrail is a Markdown page like those under rules/, with the forbidden access as statements
// in its front matter. Every policy is compared with it as a set of requests: a finding comes with
// a request that the policy allows and the page forbids, and silence is a proof (analysis.h). A
// page is data; no code is loaded from it.
//
//     ---
//     severity: error
//     forbid:
//       Action: iam:PassRole
//       Resource: "*"
//       Condition: {StringNotEquals: {"iam:PassedToService": lambda.amazonaws.com}}
//     ---
//     # Roles are passed to Lambda only
//
// ```cpp
// auto source = iamcheck::Source::from_bytes("no-delete.md",
//     "---\nforbid: {Action: \"s3:Delete*\"}\n---\n# Nothing is deleted from S3\n");
// iamcheck::GuardrailPage page = iamcheck::read_guardrail(source, "no-delete");
// bool usable = page.guardrail.has_value();
// ```
//
// A page may carry examples, fences marked `reported` or `clean`; `test_examples` runs them.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/catalogue.h"
#include "iamcheck/finding.h"
#include "iamcheck/policy.h"
#include "iamcheck/result.h"
#include "iamcheck/rule_page.h"

namespace iamcheck {

/// An example of a page: a policy, or a statement or a list of them, with what is expected of it.
struct GuardrailExample {
  std::string language;   ///< the first word of the fence; `yaml` and `yml` are YAML, all else JSON
  bool reported = false;  ///< false: the page must be silent
  std::string place;      ///< the document path of the finding; empty: any
  std::string severity;   ///< when it differs from the page's; may be empty
  std::optional<PolicyKind> kind;  ///< nothing: what the text tells
  std::string text;
  /// What is reported, when the example marks it: exactly these bytes.
  std::vector<RuleMark> marks, related;
  std::size_t line = 0;  ///< of the fence in the page, from 1
};

struct Guardrail {
  std::string slug;   ///< the name of its file: lower-case letters, digits and hyphens
  std::string title;  ///< what the finding says
  Severity severity = Severity::kError;
  SecuritySeverity security_severity = SecuritySeverity::kNone;
  Confidence confidence = Confidence::kHigh;
  std::vector<PolicyKind> applies_to;  ///< identity and resource, unless the page says more
  Policy forbidden;
  std::string why;   ///< the first paragraph under `Why it matters`, in one line; may be empty
  std::string help;  ///< the first paragraph under `How to fix`, in one line; may be empty
  std::string file;
  std::vector<GuardrailExample> examples;
};

/// A page that was read. With errors there is no guardrail: half a fence is none.
struct GuardrailPage {
  std::optional<Guardrail> guardrail;
  std::vector<Error> errors;  ///< with the places in the page
};

/// Reads one page. `forbid` is one statement or a list of them; an Effect that is left out is
/// `Allow`, and a `Deny` takes an exception out of what is forbidden. Errors: `invalid-argument`
/// for what is no front matter, an unknown key or value, a slug that a built-in rule has, and
/// whatever a linter would call an error in the statements; `yaml-syntax`.
GuardrailPage read_guardrail(const std::shared_ptr<const Source>& source, std::string_view slug,
                             const Catalogue& catalogue = Catalogue::embedded());

/// An example that is not what it says.
struct ExampleFailure {
  std::size_t line = 0;  ///< of the example's fence in the page, from 1
  std::string message;
};

/// Runs the examples of a page, in order; nothing when all are as they say.
std::vector<ExampleFailure> test_examples(const Guardrail& guardrail,
                                          const Catalogue& catalogue = Catalogue::embedded());

}  // namespace iamcheck
