#pragma once

// The rules, as the pages a person reads.
//
// Every rule is one Markdown page under rules/: its front matter says how bad the thing is, its
// text is the documentation, its examples are the tests. The pages are packed into the library at
// build time (rules/README.md describes the format), so `iamcheck rule`, SARIF, the documentation
// and the test runner all read this one table. Everything here is constant data that lives as long
// as the program.
//
// ```cpp
// if (const iamcheck::RulePage* page = iamcheck::find_rule_page("aws-secret-key")) {
//   std::string title(page->title);
//   std::string advice(page->section("How to fix"));
// }
// ```

#include <span>
#include <string>
#include <string_view>

#include "iamcheck/finding.h"

namespace iamcheck {

enum class RuleKind { kPolicy, kCredential };
/// Which rules run: those that reviewers want to hear of, all of them, or those that AWS's own
/// validation has.
enum class Profile { kDefault, kStrict, kAccessAnalyzer };
/// What `--fix` can do about a finding of the rule.
enum class RuleFix { kNone, kSafe, kUnsafe };

std::string_view to_string(RuleKind kind);    // policy, credential
std::string_view to_string(RuleFix fix);      // none, safe, unsafe
std::string_view to_string(Profile profile);  // default, strict, access-analyzer

/// A rule of another tool that looks at the same thing.
struct RulePeer {
  std::string_view tool;
  std::string_view id;
};

/// A half-open range of bytes in the text of an example.
struct RuleMark {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A fenced example. The lines of marks (`^^^` under the reported place, `~~~` under a related one)
/// are not part of `text`.
struct RuleExample {
  std::string_view language;  ///< the first word of the fence: `json`, `yaml`, `hcl`, `text`
  bool reported = false;      ///< false: the rule must be silent
  std::string_view place;     ///< `reported="..."`: the document path of the finding; may be empty
  std::string_view severity;  ///< `severity="..."`: when it differs from the page's; may be empty
  std::string_view why;       ///< `why="..."`: why a clean example is clean
  std::string_view policy_type;            ///< `policy-type="..."`: when the text cannot tell
  std::string_view file;                   ///< `file="..."`: the name the text is read under
  std::span<const std::string_view> also;  ///< `also="..."`: other rules that fire here too
  std::string_view text;
  std::span<const RuleMark> marks;
  std::span<const RuleMark> related;
  std::size_t line = 0;  ///< where the fence stands in the page, from 1
  /// `fill="..."`: the one `…` in `text` stands for so many letters; 0: for itself. The marks are
  /// those of `filled_text()`.
  std::size_t fill = 0;

  /// What the rule is run over.
  std::string filled_text() const;
};

/// Where a credential rule looks, from the place where one of its keywords was found.
enum class CredentialAnchor {
  kToken,     ///< the credential itself starts at the keyword
  kAssigned,  ///< the keyword is part of a name, the credential is the value bound to it
  kNearby,    ///< the keyword starts a key id, the credential stands close to it without a name
  kLiteral,   ///< the keyword is part of a name that a literal is given to, in strict notation
};

std::string_view to_string(CredentialAnchor anchor);  // token, assigned, nearby, literal

/// How a credential rule finds what it finds.
struct CredentialPattern {
  CredentialAnchor anchor = CredentialAnchor::kToken;
  std::span<const std::string_view> keywords;  ///< lower case when `ignore_case`
  bool ignore_case = false;
  std::string_view pattern;   ///< RE2, matched from where the credential starts
  double entropy = 0;         ///< least Shannon entropy in bits a character; 0: no floor
  std::string_view validate;  ///< the offline check by name, `none` for none
  /// A second way to the same kind of credential: parts of names, in lower case, whose value
  /// matches `named_pattern`. For forms without a fixed part of their own.
  std::span<const std::string_view> names;
  std::string_view named_pattern;
  /// Only where one of these words, in lower case, stands in the 512 bytes to either side.
  std::span<const std::string_view> near;
  /// How many bytes before its keyword a token starts; -1: one byte behind the keyword's first.
  int least_lead = 0;
  int most_lead = 0;
};

struct RulePage {
  std::string_view slug;
  RuleKind kind = RuleKind::kPolicy;
  std::string_view title;
  Severity severity = Severity::kWarning;
  SecuritySeverity security_severity = SecuritySeverity::kNone;
  Confidence confidence = Confidence::kHigh;
  std::string_view category;
  std::span<const std::string_view> applies_to;  ///< policy types; empty for credential rules
  RuleFix fix = RuleFix::kNone;
  std::string_view since;
  /// Access Analyzer's findingType; empty where it has no such check.
  std::string_view finding_type;
  Profile profile = Profile::kDefault;  ///< the least that it is part of
  std::span<const RulePeer> peers;
  std::span<const std::string_view> references;
  std::span<const std::string_view> aliases;  ///< slugs this rule had before
  std::string_view file;                      ///< `policy/passrole-star-resource.md`
  std::string_view text;                      ///< the whole page
  std::string_view body;                      ///< the page without its front matter
  std::span<const RuleExample> examples;
  const CredentialPattern* credential = nullptr;  ///< only for credential rules

  /// Access Analyzer's issueCode; empty where it has no such check.
  std::string_view access_analyzer_code() const;
  /// Whether the profile runs it.
  bool belongs_to(Profile wanted) const;

  /// The Markdown under a heading of the page, such as `How to fix`; empty when there is none.
  std::string_view section(std::string_view heading) const;
};

/// All pages, sorted by slug.
std::span<const RulePage> rule_pages();

/// The page with this slug or alias; null when there is none.
const RulePage* find_rule_page(std::string_view slug);

}  // namespace iamcheck
