#pragma once

// Findings about one policy.
//
// Every rule is a page in rules/policy; the page carries severity, documentation and executed
// examples, the check is a function named after the page. `lint` runs the selected rules over one
// policy and is a pure function: today's date is an option, and without it nothing ages.
//
// ```cpp
// auto policy = iamcheck::parse_policy("p.json", R"({"Version": "2012-10-17", "Statement":
//     {"Effect": "Allow", "Action": "*", "Resource": "*"}})");
// iamcheck::LintSubject subject;
// subject.policy = &*policy;
// std::vector<iamcheck::Finding> findings = iamcheck::lint(subject, {});
// // findings[0].rule == "admin-star-star"
// ```

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "iamcheck/catalogue.h"
#include "iamcheck/finding.h"
#include "iamcheck/guardrail.h"
#include "iamcheck/input.h"
#include "iamcheck/limits.h"
#include "iamcheck/policy.h"
#include "iamcheck/result.h"
#include "iamcheck/rule_page.h"

namespace iamcheck {

/// Who says what kind of policy it is. A guess costs the rules that depend on it one step of
/// confidence.
enum class KindSource : std::uint8_t { kContent, kPlace, kFlag };
std::string_view to_string(KindSource source);  // content, place, flag

/// One policy and what is known of it.
struct LintSubject {
  const Policy* policy = nullptr;
  /// Nothing: `detect_kind` looks at the content.
  std::optional<PolicyKind> kind;
  KindSource kind_source = KindSource::kContent;
  /// What a resource-based policy is attached to, such as `AWS::S3::Bucket`; empty: not known.
  std::string resource_type;
  /// Where the policy stands in its document, such as `Resources.Role.Properties`; put before the
  /// document path of each finding.
  std::string path;
  /// Written inside of a string (`FoundPolicy::embedded`): its findings have no fixes.
  bool embedded = false;
};

/// What was found in a file, as a subject. What the caller says wins over what the place tells;
/// nothing and empty say nothing. `policy` is that of `found`, and must outlive the subject.
LintSubject subject_of(const FoundPolicy& found, const Policy& policy,
                       std::optional<PolicyKind> kind, const std::string& resource_type);

/// A rule that the program brings along, where a page would not say enough. Its findings are like
/// those of any other rule: the runner sorts, counts and limits them, and fills in what they share.
struct FunctionRule {
  std::string slug;      ///< lower-case letters, digits and hyphens; no page has it
  std::string category;  ///< for `select` and `ignore`; may be empty
  std::vector<PolicyKind> applies_to;
  /// What is wrong with the policy. Place, document path (that in the policy), message, help,
  /// notes, related places, severity, confidence and security severity of a finding count; the rest
  /// is filled in. Whatever it throws leaves `lint`.
  std::function<std::vector<Finding>(const LintSubject& subject, PolicyKind kind)> check;
};

struct LintOptions {
  /// Which rules run where `select` is empty. `kAccessAnalyzer`: those with a code of AWS's policy
  /// validation, as AWS has them: nothing ages.
  Profile profile = Profile::kDefault;
  /// Slugs to run, whatever the profile; a category stands for its rules in the profile.
  std::vector<std::string> select;
  /// Slugs and categories to leave out.
  std::vector<std::string> ignore;
  /// Rules of the user's own, run after the built-in ones. They must outlive the call.
  std::span<const Guardrail> guardrails;
  /// The same, as functions; run last.
  std::span<const FunctionRule> functions;
  /// Null: the embedded catalogue.
  const Catalogue* catalogue = nullptr;
  /// Today as days since 1970-01-01 (UTC), for the ageing of the catalogue (catalogue.md section
  /// 4).
  std::optional<std::int64_t> today;
  /// `max_findings` holds for each rule; `max_related` for each finding.
  Limits limits;
};

/// Findings sorted by place, then rule, with fingerprints filled. `omitted`, when given, becomes
/// the number of those above `limits.max_findings` of one rule.
std::vector<Finding> lint(const LintSubject& subject, const LintOptions& options,
                          std::size_t* omitted = nullptr);

/// The finding for a text that should have been a policy and cannot be read (`json-syntax`).
Finding lint_unreadable(const Error& error);

/// Slugs and categories of `select` and `ignore` that no rule has, each with the
/// nearest known slug in `help`.
std::vector<Error> check_rule_names(const LintOptions& options);

}  // namespace iamcheck
