#pragma once

// What a policy grants, as plain numbers and words: the result of `summarize` (summary.h).
//
// ```cpp
// iamcheck::PolicySummary summary;  // of a policy that allows nothing
// summary.sentence = "allows nothing";
// for (const iamcheck::ServiceSummary& service : summary.services)
//   summary.allowed += service.allowed;
// ```

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "iamcheck/catalogue.h"
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

enum class SummaryEffect : std::uint8_t {
  kAllow,
  kDeny,
  kNeither,  ///< neither `Allow` nor `Deny`, or known only at deploy time
};

/// One statement in words. Texts of the policy stand in them as written: escape before showing.
struct StatementSummary {
  std::size_t index = 0;  ///< from 0
  std::string sid;        ///< empty: none
  Span span;
  SummaryEffect effect = SummaryEffect::kNeither;
  std::string actions;     ///< `s3:GetObject and s3:ListBucket`, `every action except iam:*`
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
  std::string path;          ///< where the policy stands in its document; empty: it is the document
  std::string policy_type;   ///< `identity`, ...: the name of its PolicyKind
  std::string policy_title;  ///< `identity-based policy`
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

}  // namespace iamcheck
