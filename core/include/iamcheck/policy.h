#pragma once

// An IAM policy as it was written.
//
// Parsing throws nothing away: elements that are unknown, mistyped or given twice are kept as
// diagnostics beside a best-effort model; it fails for a text without an object, or above a limit.
// Source: IAM User Guide, "IAM JSON policy elements reference" and "Grammar of the IAM JSON policy
// language".
//
// ```cpp
// auto policy = iamcheck::parse_policy("p.json", R"({"Version": "2012-10-17", "Statement":
//     {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}})");
// bool allows = policy->statements[0].effect == iamcheck::Effect::kAllow;
// ```

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/document.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// Where a policy is attached; it decides which elements are legal and how the policy is evaluated.
enum class PolicyKind : std::uint8_t {
  kIdentity,  ///< identity-based policy of a user, group or role
  kResource,  ///< resource-based policy
  kTrust,     ///< role trust policy
  kScp,       ///< service control policy
  kRcp,       ///< resource control policy
  kBoundary,  ///< permissions boundary
  kSession,   ///< session policy
  kEndpoint,  ///< VPC endpoint policy
};

/// One row per kind: the closed vocabulary that parser, linter, command line and docs share.
struct PolicyKindInfo {
  PolicyKind kind;
  std::string_view
      name;  ///< `identity`, `resource`, `trust`, ... on the command line and in rule pages
  std::string_view title;     ///< `identity-based policy`, ... in sentences
  std::string_view aws_name;  ///< Access Analyzer's policyType; empty where it has none
  bool takes_principal;       ///< Principal is legal
  bool requires_principal;    ///< Principal or NotPrincipal must be there
  bool takes_not_principal;   ///< NotPrincipal is legal
  bool requires_resource;     ///< Resource or NotResource must be there
};

const std::array<PolicyKindInfo, 8>& policy_kinds();
const PolicyKindInfo& info(PolicyKind kind);
/// By `name` or `aws_name`, ignoring case.
std::optional<PolicyKind> policy_kind_from(std::string_view name);

enum class Effect : std::uint8_t { kAllow, kDeny };
std::string_view to_string(Effect effect);  // Allow, Deny

/// A piece of text with its place.
struct Text {
  std::string value;
  Span span;
  /// Known only at deploy time: an object with the one member `Ref` or `Fn::...`, as CloudFormation
  /// and the CDK write it. `value` is then the expression, as JSON without white space.
  bool unresolved = false;
};

/// Action, NotAction, Resource or NotResource: one value or a list.
struct ListElement {
  Span name_span;
  Span span;             ///< the value
  bool is_list = false;  ///< written with brackets
  std::vector<Text> values;
};

/// One entry of Principal or NotPrincipal.
struct PrincipalEntry {
  enum class Type : std::uint8_t { kEveryone, kAws, kService, kFederated, kCanonicalUser, kOther };
  Type type = Type::kOther;
  std::string type_name;  ///< as written: `AWS`, `Service`, ...; empty for the bare form
  Span type_span;
  Text value;
  bool bare = false;  ///< `"Principal": "..."` without the map
};

struct PrincipalElement {
  Span name_span;
  Span span;
  std::vector<PrincipalEntry> entries;
};

/// One operator with one key: `"StringLike": {"aws:PrincipalArn": [...]}`. All of a block are
/// AND-ed. Where the whole block is unresolved, the operator is, and where the keys of an operator
/// are, the key.
struct ConditionEntry {
  Text condition_operator;  ///< as written, with set prefix and IfExists
  Text key;
  Span span;  ///< the value
  bool is_list = false;
  std::vector<Text> values;  ///< booleans and numbers as their text
};

struct Statement {
  std::size_t index = 0;  ///< in `Policy::statements`
  /// In the list as written, which may hold things that are no statements.
  std::size_t item = 0;
  Span span;
  /// The whole statement is known only at deploy time, such as `{"Fn::If": [...]}`, and may then be
  /// several or none. Nothing else is set.
  std::optional<Text> expression;
  std::optional<Text> sid;
  std::optional<Text> effect_text;  ///< as written, when it is a text
  std::optional<Effect> effect;     ///< only for exactly `Allow` or `Deny`
  std::optional<ListElement> action, not_action, resource, not_resource;
  std::optional<PrincipalElement> principal, not_principal;
  std::optional<Span> condition_span;
  /// Some part of Condition has a type that the grammar does not know. `conditions` is then empty,
  /// and the statement never matches: reading it as "no condition" would grant more than was meant.
  bool condition_malformed = false;
  std::vector<ConditionEntry> conditions;
};

/// Something that the grammar does not allow. The linter turns these into findings.
struct PolicyDiagnostic {
  enum class Kind : std::uint8_t {
    kUnknownElement,   ///< a member name that the grammar does not have here
    kDuplicateMember,  ///< a member name twice in one object; the last one counts
    kWrongType,        ///< a value of a JSON type that the grammar does not allow here
    kForgiven,         ///< a comment or trailing comma that the tolerant reader skipped
  };
  Kind kind = Kind::kUnknownElement;
  std::string message;
  std::string help;
  Span span;
  std::string path;             ///< `Statement[1].Effect`
  std::optional<Span> related;  ///< the first of two duplicates
  /// About a value of a condition (`kWrongType`): AWS has a finding of its own for these.
  bool of_condition_value = false;
  /// About the form of Principal or NotPrincipal (`kWrongType`), or a type of principal that there
  /// is not (`kUnknownElement`): AWS has findings of their own for these.
  bool of_principal = false;
};

class Policy {
 public:
  std::shared_ptr<const Source> source;
  Span span;
  std::optional<Text> version;
  std::optional<Text> id;
  bool has_statement = false;  ///< the Statement member is there
  bool statement_is_list = false;
  Span statement_span;
  std::vector<Statement> statements;
  std::vector<PolicyDiagnostic> diagnostics;

  /// S4.1: policy variables work only under exactly this version.
  bool has_variables() const { return version && version->value == "2012-10-17"; }
};

/// The model of a tree. Errors: `not-a-policy`, no object; `limit-exceeded`, long names over much.
Result<Policy> parse_policy(const Document& document);
/// The same for a subtree, such as the policy inside an API answer.
Result<Policy> parse_policy(const Document& document, const Node& root);
/// Reads text and parses it: strict JSON unless `options.tolerant`.
Result<Policy> parse_policy(std::string name, std::string text, const ReadOptions& options = {});

/// What the content alone tells: trust (Principal with sts:AssumeRole*), resource (Principal), else
/// identity. Places and flags know more.
PolicyKind detect_kind(const Policy& policy);

/// What AWS attaches to every root, unit and account until somebody changes it: `FullAWSAccess`, an
/// SCP, and `RCPFullAWSAccess`, an RCP. Nothing for another name, or another kind. Source:
/// Organizations User Guide, "SCP evaluation" and "RCP evaluation".
std::optional<Policy> full_access_policy(std::string_view name, PolicyKind kind);

/// Whether an object looks like a policy document: a `Statement` of objects (or one object) with an
/// Effect, an action or a principal. For finding policies inside other documents.
bool looks_like_policy(const Node& node);

/// Whether an object that does not look like a policy was meant to be one: its `Version` is
/// `2012-10-17` or `2008-10-17`, or a member that is `Statement` but for its case or a slip of the
/// pen holds statements, which may be written in a wrong case too. What encloses a policy may
/// answer true as well.
bool looks_like_broken_policy(const Node& node);

/// Canonical JSON: grammar order of elements, two spaces, one value per line in lists, scalars
/// where a scalar was written. `parse_policy(print(p))` equals `p` but for spans and diagnostics.
std::string print(const Policy& policy);

/// Equal in everything but spans, sources and diagnostics.
bool same_policy(const Policy& a, const Policy& b);

}  // namespace iamcheck
