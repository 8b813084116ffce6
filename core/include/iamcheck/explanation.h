#pragma once

// A decision in words, with the places in the policies that led to it. `explain` of evaluate.h
// makes it.
//
// ```cpp
// iamcheck::Explanation explanation;
// for (const iamcheck::StatementNote& note : explanation.deciding) {
//   iamcheck::Position place = note.source->position(note.span.begin);
// }
// ```

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "iamcheck/decision.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// One statement and what it has to do with the decision. A policy of an account that was not read
/// has a source without text.
struct StatementNote {
  StatementRef statement;
  std::string policy;        ///< name of the policy
  bool aws_managed = false;  ///< as in `AttachedPolicy`
  std::string layer;         ///< `identity`, `resource`, ...
  std::string title;         ///< `identity-based policy`, ...
  std::string sid;           ///< empty when it has none
  std::string text;  ///< `explicit deny`, `allows it`, `does not apply: the action does not match`
  std::shared_ptr<const Source> source;
  Span
      span;  ///< the element to look at: the one that matched most narrowly, or the one that failed
};

/// What one kind of policy, or one level of SCPs or RCPs, had to do with the decision.
struct LayerNote {
  std::string layer;                ///< `scp`, `identity`, ...
  std::string title;                ///< `service control policy`, ...
  std::string level;                ///< name of the level; empty when the kind has none
  std::string text;                 ///< `allows`, `denies`, `may allow`, `has no say: ...`
  std::optional<StatementNote> by;  ///< the statement that denies, else the one that allows
};

struct Explanation {
  std::string verdict;   ///< `allowed`, `denied`, `undecided`
  std::string sentence;  ///< `user/alice can s3:GetObject on arn:aws:s3:::b/k`
  std::string cause;     ///< the cause in a sentence
  std::vector<StatementNote> deciding;
  /// Denied: statements that would have let it through, were one thing different; their text says
  /// which (`would be allowed if ...`). Undecided: the statements that it hangs on. Allowed: Denies
  /// that do not bind the root user who repairs a bucket policy (S9.4). At most three.
  std::vector<StatementNote> nearest;
  /// Undecided: what unknown keys must have for it to be allowed, each a way of its own, in words.
  /// `allowed_if` of analysis.h finds them; `explain` leaves this empty.
  std::vector<std::string> allowed_if;
  /// In the order in which AWS names the layers; only for a decision with a trace.
  std::vector<LayerNote> layers;
  /// Every statement that did not decide, and why; only for a decision with a trace.
  std::vector<StatementNote> others;
};

/// The decision about a call of several units (call.h).
struct CallExplanation {
  std::string verdict;
  /// `user/alice cannot ec2:RunInstances on 2 resources and iam:PassRole on arn:...`
  std::string sentence;
  std::string cause;               ///< of the deciding unit; of an allowed call that all are
  std::vector<Explanation> units;  ///< one for each of `CallDecision::units`
};

}  // namespace iamcheck
