#pragma once

// What a policy grants, in words: by service and access level, statement by statement, with what
// its Deny statements take away and the ways to more rights that its actions open.
//
// A summary reads one policy by itself. Whether a request is allowed hangs on the other policies
// too, and on the request; `evaluate` answers that. Actions are those of the catalogue: an action
// that AWS added later is not counted. Source: IAM User Guide, "Understand access level summaries".
//
// ```cpp
// auto policy = iamcheck::parse_policy("ci.json", R"({"Version": "2012-10-17", "Statement":
//     {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})");
// auto summary = iamcheck::summarize(*policy, iamcheck::Catalogue::embedded());
// // summary->sentence: allows 78 actions of s3, ...
// bool reads_only = summary->services[0].levels.back().level == iamcheck::AccessLevel::kRead;
// ```

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/catalogue.h"
#include "iamcheck/policy.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// Actions of one service with one access level.
struct LevelSummary {
  AccessLevel level = AccessLevel::kList;
  std::vector<std::string> actions;  ///< names without the service, sorted
  std::size_t known = 0;             ///< how many the service has
  /// Of `actions`: allowed on every resource, without a condition, and touched by no Deny.
  std::size_t unlimited = 0;
};

/// What is allowed of one service.
struct ServiceSummary {
  std::string prefix;  ///< `s3`
  std::string name;    ///< `Amazon S3`
  std::size_t allowed = 0;
  std::size_t known = 0;      ///< actions that the service has
  std::size_t unlimited = 0;  ///< as in `LevelSummary`
  /// In the order of `AccessLevel`, those that have actions. An action of several levels stands in
  /// each.
  std::vector<LevelSummary> levels;
};

/// One statement in words. Texts of the policy stand in them as written: escape before showing.
struct StatementSummary {
  std::size_t index = 0;  ///< from 0
  std::string sid;        ///< empty: none
  Span span;
  std::optional<Effect> effect;  ///< nothing: neither `Allow` nor `Deny`, or of deploy time
  std::string actions;           ///< `s3:GetObject and s3:ListBucket`, `every action except iam:*`
  std::string principals;  ///< `everyone`, `the account 111122223333`; empty where kind has none
  std::string resources;   ///< `every resource`, `every resource except arn:aws:s3:::b/*`
  std::vector<std::string> conditions;  ///< all must hold
  std::string never;                    ///< why it matches no request; else empty
  std::size_t action_count = 0;         ///< actions of the catalogue that it speaks about
  /// Allow: actions that work on none of its resources, by the ARN forms of the catalogue. They
  /// count as not allowed.
  std::vector<std::string> idle_actions;
  /// Entries of Action that match nothing in the catalogue.
  std::vector<std::string> unknown_actions;
  /// Deny: the actions that it takes away from what the policy allows.
  std::vector<std::string> taken;
  /// Deny: it does so whatever the request is. Else only on its resources, from its principals and
  /// under its conditions.
  bool always = false;
  bool open = false;  ///< some entry of Action or NotAction is known only at deploy time
};

/// A row of rules/escalation/paths.csv whose actions are all allowed.
struct EscalationSummary {
  std::string path;                   ///< `lambda-001`
  std::string gain;                   ///< what it gives, in words
  std::vector<std::string> actions;   ///< needed, all of them
  std::vector<std::string> services;  ///< that a role may be passed to
  /// Every action is allowed on every resource, without a condition and untouched by a Deny. Else
  /// it hangs on which resources and which requests.
  bool unlimited = false;
};

struct PolicySummary {
  std::shared_ptr<const Source> source;
  std::string path;  ///< where the policy stands in its document; empty: it is the document
  PolicyKind kind = PolicyKind::kIdentity;
  /// The most important thing, to stand behind the policy's name: `allows every action ...`.
  std::string sentence;
  std::size_t allowed = 0;    ///< actions that some Allow grants and no Deny takes away wholly
  std::size_t unlimited = 0;  ///< as in `LevelSummary`
  std::size_t known = 0;      ///< actions of the catalogue
  std::vector<ServiceSummary> services;  ///< sorted by prefix
  std::vector<StatementSummary> statements;
  /// Of policies that grant by themselves to principals of the account: identity-based policies.
  std::vector<EscalationSummary> escalations;
  std::size_t escalations_known = 0;  ///< rows of the table; 0: they were not looked for
  std::string catalogue_date;
};

/// More statements are `limit-exceeded`: AWS's largest policy has room for a few hundred.
inline constexpr std::size_t kMaxSummaryStatements = 2'000;

struct SummaryOptions {
  std::optional<PolicyKind> kind;  ///< nothing: what the content tells
  std::string path;                ///< becomes `PolicySummary::path`
};

/// Errors: `limit-exceeded` above `kMaxSummaryStatements` or `kMaxActionEntries`.
Result<PolicySummary> summarize(const Policy& policy, const Catalogue& catalogue,
                                const SummaryOptions& options = {});

}  // namespace iamcheck
