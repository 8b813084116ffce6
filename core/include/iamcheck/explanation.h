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
#include <string>
#include <vector>

#include "iamcheck/decision.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// One statement and what it has to do with the decision.
struct StatementNote {
  StatementRef statement;
  std::string policy;        ///< name of the policy
  bool aws_managed = false;  ///< as in `AttachedPolicy`
  std::string layer;         ///< `identity`, `resource`, ...
  std::string sid;           ///< empty when it has none
  std::string text;  ///< `explicit deny`, `allows it`, `does not apply: the action does not match`
  std::shared_ptr<const Source> source;
  Span
      span;  ///< the element to look at: the one that matched most narrowly, or the one that failed
};

struct Explanation {
  std::string verdict;   ///< `allowed`, `denied`, `undecided`
  std::string sentence;  ///< `user/alice can s3:GetObject on arn:aws:s3:::b/k`
  std::string cause;     ///< the cause in a sentence
  std::vector<StatementNote> deciding;
  /// Every statement that did not decide, and why; only for a decision with a trace.
  std::vector<StatementNote> others;
};

}  // namespace iamcheck
