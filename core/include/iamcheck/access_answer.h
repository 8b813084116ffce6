#pragma once

// What a question about policies as sets comes to: a proof, or what was found against it.
//
// Plain results, for reports and programs; `analysis.h` asks the questions.
//
// ```cpp
// iamcheck::AccessAnswer answer;  // what `no_new_access` returns
// bool proved = answer.verdict == iamcheck::Verdict::kPass;
// std::string_view word = iamcheck::to_string(answer.verdict);
// ```

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/decision.h"
#include "iamcheck/request.h"
#include "iamcheck/source.h"

namespace iamcheck {

enum class Verdict : std::uint8_t {
  kPass,           ///< proved: no request
  kFailConfirmed,  ///< a request was found, and the evaluator answers it as claimed
  kFailPossible,   ///< nothing rules it out, and no request was found that the evaluator confirms
  kUnknown,        ///< the limits were reached
};
std::string_view to_string(Verdict verdict);  // PASS, FAIL, FAIL, UNKNOWN
/// `proved`, `confirmed`, `possible`; empty for UNKNOWN.
std::string_view certainty_of(Verdict verdict);

/// A condition on a request, for people: `aws:SourceIp` in (192.0.2.0/24), or not in, or absent.
struct AccessCondition {
  std::string key;
  std::string phrase;  ///< `is one of a, b`, `is none of a`, `is absent`, `is present`
};

/// A piece of a difference, in the words of the policies: some action of `actions` but for
/// `actions_except`, on some resource, and so on. Empty lists: any.
struct AccessPiece {
  std::vector<std::string> actions, actions_except;
  std::vector<std::string> resources, resources_except;
  std::vector<std::string> callers, callers_except;
  std::vector<AccessCondition> conditions;
  /// Of the new side: the statement that allows it, one for each layer that must.
  std::vector<StatementRef> allowed_by;
  /// Of the old side: the Deny that kept it out, when that is why it is new.
  std::optional<StatementRef> was_denied_by;
};

/// An answer about `new minus old`.
struct AccessAnswer {
  Verdict verdict = Verdict::kUnknown;
  /// Statements of the new side that allow something new, each once, in order.
  std::vector<StatementRef> reasons;
  /// A request that is allowed by the new side and not by the old: of FAIL, where one was found.
  std::optional<RequestFields> witness;
  std::vector<AccessPiece> added;
  bool added_complete = true;  ///< `added` is the whole difference
  /// The statement of the old side that comes nearest to allowing the witness, and what it lacks:
  /// `Action`, `Resource`, `Principal`, `Condition aws:SourceIp`.
  std::optional<StatementRef> closest;
  std::vector<std::string> closest_lacks;
  /// Under `kStrict`: only the documented reading of ARNs finds the difference.
  bool only_documented_reading = false;
  /// False: the two readings of ARNs read these policies alike, and both answer the same.
  bool depends_on_reading = true;
  std::vector<std::string> assumptions;
};

/// What the unknown keys of a request must have for it to be allowed: any one of the ways.
struct AllowedIf {
  std::vector<std::vector<AccessCondition>> ways;
  bool complete = true;  ///< there are no others
};

/// A statement without which the policy allows exactly the same.
struct RedundantStatement {
  std::uint32_t statement = 0;
  bool deny = false;  ///< it is a Deny, without effect in this document
};
struct RedundancyAnswer {
  std::vector<RedundantStatement> redundant;
  /// Statements about which nothing was proved within the limits.
  std::vector<std::uint32_t> unknown;
};

/// What one statement does beside the others of its document.
struct StatementUse {
  enum class Kind : std::uint8_t {
    kNeeded,        ///< without it the document would say something else
    kNeverMatches,  ///< no request has it matching
    kTakenAway,     ///< an Allow, and the Denies `by` deny all that it allows
    kCovered,       ///< the statements `by` say the same about all of its requests
    kUnknown,       ///< not decided within the limits, or its Effect is known only at deploy time
  };
  Kind kind = Kind::kUnknown;
  /// Of `kNeverMatches`: its conditions contradict each other, whatever else it says.
  bool contradicts_itself = false;
  std::vector<std::uint32_t> by;  ///< none of them can be left out
};

/// What a statement is called, by `StatementRef`: `statement 2 "Sid"`, and of several policies with
/// the policy it stands in.
using StatementLabels = std::vector<std::vector<std::string>>;

/// Where a statement stands in its file; of a policy that was not read from one, nowhere.
struct StatementPlace {
  Position begin, end;
  bool known = false;
};
using StatementPlaces = std::vector<StatementPlace>;

/// Two versions of a policy, asked in both directions.
struct AccessDiff {
  std::string old_name, new_name;
  std::string new_path;  ///< the file of the newer version, as a reviewer finds it; may be empty
  AccessAnswer added;    ///< new minus old
  AccessAnswer removed;  ///< old minus new
  StatementLabels old_labels, new_labels;
  StatementPlaces new_places;  ///< of the statements of the newer version, by index
};

}  // namespace iamcheck
