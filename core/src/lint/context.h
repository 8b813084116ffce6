#pragma once

// What a check sees: one policy, its kind, the catalogue, and a place for its findings.
//
// A check is a function `check_<slug_with_underscores>(RuleContext&)`. The packer lists one for
// every page of rules/policy (core/pack/rules_pack.cc), so that a page without a check does not
// link. A check says what is wrong and where; severity, confidence and the like come from its page
// unless it knows better, and the runner fills in the rest.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/access_answer.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/condition_operator.h"
#include "iamcheck/finding.h"
#include "iamcheck/policy.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/suggestion.h"
#include "lint/grants.h"

namespace iamcheck {

/// The catalogue is too old to be sure that a name does not exist (catalogue.md section 4).
inline constexpr std::int64_t kStaleCatalogueDays = 90;

class RuleContext {
 public:
  /// `most`: findings kept of each rule; further ones are counted.
  RuleContext(const Policy& policy, PolicyKind kind, const Catalogue& catalogue,
              std::optional<std::int64_t> today, Profile profile, std::size_t most)
      : policy_(policy),
        kind_(kind),
        catalogue_(catalogue),
        today_(today),
        profile_(profile),
        most_(most) {}

  const Policy& policy() const { return policy_; }
  PolicyKind kind() const { return kind_; }
  const Catalogue& catalogue() const { return catalogue_; }
  /// `kAccessAnalyzer`: exactly what AWS reports is wanted, also where a rule knows better.
  Profile profile() const { return profile_; }
  /// `AWS::S3::Bucket`: what a resource-based policy is attached to; empty: not known.
  const std::string& resource_type() const { return resource_type_; }
  void set_resource_type(std::string type) { resource_type_ = std::move(type); }
  /// False when nobody said what day it is.
  bool catalogue_is_stale() const;

  /// A new finding of the rule that runs. The reference is good until the next call.
  Finding& report(Span span, std::string document_path, std::string message);

  /// The rule has as many findings as are kept; a further one only counts. What takes long to find
  /// out for it, such as the nearest name, need not be found out.
  bool full() const { return findings_.size() - first_of_rule_ >= most_; }

  /// What the statement is good for beside the others, proved; found out at the first question.
  const StatementUse& use_of(const Statement& statement);

  /// What the policy allows, as sets of actions; found out at the first question.
  const PolicyGrants& grants();

  /// The parser has said already that the element at `path` has a wrong type.
  bool mistyped(std::string_view path) const;

  /// What the findings of a rule have unless its check knows better.
  struct RuleDefaults {
    std::string_view slug;
    Severity severity = Severity::kWarning;
    Confidence confidence = Confidence::kHigh;
    SecuritySeverity security_severity = SecuritySeverity::kNone;
  };
  void start_rule(const RuleDefaults& defaults) {
    defaults_ = defaults;
    first_of_rule_ = findings_.size();
  }
  std::size_t omitted() const { return omitted_; }
  std::vector<Finding>& findings() { return findings_; }

 private:
  const Policy& policy_;
  PolicyKind kind_;
  const Catalogue& catalogue_;
  std::optional<std::int64_t> today_;
  Profile profile_;
  std::string resource_type_;
  RuleDefaults defaults_;
  std::vector<Finding> findings_;
  std::size_t most_;
  std::size_t first_of_rule_ = 0;
  std::size_t omitted_ = 0;
  std::optional<std::vector<StatementUse>> uses_;
  std::optional<PolicyGrants> grants_;
  Finding left_out_;  // what a check writes into when there are enough
};

/// `Statement`, or `Statement[2]` when there is a list of them.
std::string path_of(const Policy& policy, const Statement& statement);

/// One entry of Action, NotAction, Resource or NotResource.
struct ListEntry {
  const Statement& statement;
  std::string_view element;  ///< `Action`, `NotAction`, ...
  const ListElement& list;
  std::size_t index;
  const Text& text;
};
std::string path_of(const Policy& policy, const ListEntry& entry);

/// The element's entries in all statements, in order.
std::vector<ListEntry> action_entries(const Policy& policy);
std::vector<ListEntry> resource_entries(const Policy& policy);
/// Of one element of one statement; `list` may be missing.
std::vector<ListEntry> entries_of(const Statement& statement, std::string_view element,
                                  const std::optional<ListElement>& list);

/// One operator with one key, `Condition.StringLike.aws:PrincipalArn`, and what the operator means.
struct ConditionPlace {
  const Statement& statement;
  const ConditionEntry& entry;
  std::optional<ConditionOperator> op;  ///< nothing: unknown or unresolved
  /// The positive comparison, denied: true for a request without the key (S7.1).
  bool negated() const { return op && op->base->negated; }
};
std::vector<ConditionPlace> condition_places(const Policy& policy);
std::vector<ConditionPlace> condition_places(const Statement& statement);
/// Of the key, as in `Statement[0].Condition.StringLike.aws:PrincipalArn`; findings about it have
/// the span `entry.key.span`.
std::string path_of(const Policy& policy, const ConditionPlace& place);
/// Of one of its values.
std::string path_of(const Policy& policy, const ConditionPlace& place, std::size_t value);

/// An Allow that can match at all. A statement with an unreadable Condition never does.
bool is_grant(const Statement& statement);
bool has_condition(const Statement& statement);
/// One that AWS takes; there is no `NullIfExists`.
bool is_operator(std::string_view name);

/// `*`, or several stars: every action or resource there is.
bool is_everything(std::string_view text);

/// Something that a person or a template engine is to replace: `<BUCKET>`, `{{ name }}`, `${...}`,
/// `#{...}`, `$(...)`, `%NAME%`, `@@name@@`. What a rule says about its letters would be noise.
bool has_placeholder(std::string_view text);

/// `text` in backticks, shortened when it is very long.
std::string quoted(std::string_view text);

}  // namespace iamcheck
