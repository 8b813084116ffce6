#pragma once

// Finds the policies in a file of any kind.
//
// What a file is, is decided by its content; the name is only a hint. JSON (strict or with comments
// and trailing commas; one document, several, or JSON Lines), YAML (one document or several, with
// the tags of CloudFormation), policies nested anywhere in either, Terraform's HCL, and fenced
// blocks in Markdown are read; in other text no policies are looked for; its caller still scans it
// for credentials.
//
// ```cpp
// auto source = iamcheck::Source::from_bytes("notes.md", "```json\n{\"Statement\": []}\n```\n");
// iamcheck::FoundPolicies found = iamcheck::find_policies(source, {});
// ```

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/limits.h"
#include "iamcheck/policy.h"
#include "iamcheck/result.h"

namespace iamcheck {

/// What a file is.
enum class InputFormat : std::uint8_t { kJson, kMarkdown, kText, kBinary, kYaml, kHcl };
std::string_view to_string(InputFormat format);  // json, markdown, text, ...

/// One policy, or one text that was meant to be a policy and cannot be read.
struct FoundPolicy {
  std::optional<Policy> policy;
  std::optional<Error> error;
  /// Where it stands in its document: empty for the root, else `policyDocument`,
  /// `Policies[2].Document`.
  std::string path;
  /// What the place tells about its kind (`AssumeRolePolicyDocument` is a trust policy).
  std::optional<PolicyKind> kind;
  /// What the place tells about the resource that it hangs on, in CloudFormation's words:
  /// `AWS::S3::Bucket`. Empty: nothing.
  std::string resource_type;
  /// It is written inside of a string of the document, or in HCL. Places are those of the file, but
  /// what stands there is no plain JSON: fixes, which are made for JSON, do not fit.
  bool embedded = false;
};

struct FoundPolicies {
  InputFormat format = InputFormat::kText;
  std::vector<FoundPolicy> policies;
};

struct InputOptions {
  /// The caller says that this is a policy: an unreadable or policy-less JSON text is then an
  /// error.
  bool expect_policy = false;
  Limits limits;
};

/// The policies of a source, in order. Never fails as a whole: what cannot be read stands in the
/// list with its error (`json-syntax`, `hcl-syntax`, `not-utf8`, `limit-exceeded`, ...), and so
/// does, as the last entry, the fact that `limits.max_documents` was reached.
FoundPolicies find_policies(const std::shared_ptr<const Source>& source,
                            const InputOptions& options);

}  // namespace iamcheck
