#pragma once

// What is said about an account: answers of `who_can` and `what_can`, escalation graphs, problems
// of its files. Plain values, for reports and for programs; account.h, access.h and graph.h make
// them.
//
// ```cpp
// iamcheck::WhoCan answer;
// bool nobody = answer.principals.empty();
// std::string_view word = iamcheck::to_string(iamcheck::Reach::kSome);  // some
// ```

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/access_answer.h"
#include "iamcheck/decision.h"
#include "iamcheck/explanation.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// Something in the inputs that cannot be used. The rest is; questions that hang on what is missing
/// are Undecided.
struct AccountProblem {
  Error error;                           ///< its span points into `source`
  std::shared_ptr<const Source> source;  ///< null: no place
};

/// How much of what was asked about is allowed.
enum class Reach : std::uint8_t {
  kAll,           ///< every action on every resource asked about
  kSome,          ///< at least one, and not known to be all
  kPossiblySome,  ///< patterns overlap in a way that was not decided
  kUndecided,     ///< it hangs on keys, or on policies that were not read
  kNone,
};
/// `all`, `some`, `possibly-some`, `undecided`, `none`.
std::string_view to_string(Reach reach);

/// What is allowed within the thing that was asked about.
struct AccessPart {
  std::string pattern;  ///< a resource, or a pattern of resources
  Reach reach = Reach::kNone;
};

/// What policies allow of the requests that were asked about, in their own words.
struct ExactAccess {
  /// With the conditions on keys that the question leaves open. Each holds a request that the
  /// evaluator allows. `callers`, `allowed_by` and `was_denied_by` stay empty.
  std::vector<AccessPiece> pieces;
  /// The pieces are all of it; false: there may be more.
  bool complete = false;
  /// Of the policies whose words these may be: reports keep the credentials of them back.
  std::vector<std::shared_ptr<const Source>> sources;
};

/// What one principal can do.
struct Access {
  std::string principal;  ///< ARN
  Reach reach = Reach::kNone;
  DecisionCause cause = DecisionCause::kNoAllow;
  /// The statements that allow it.
  std::vector<StatementNote> through;
  /// Unknown keys that it hangs on.
  std::vector<std::string> missing_context;
  /// Policies that it hangs on and that were not read.
  std::vector<std::string> unread;
  /// Narrower resources and what is known of them; only for a resource with wildcards.
  std::vector<AccessPart> parts;
  /// Of an action with wildcards: those that are not out of reach, the first thousand of them,
  /// their number, and the number of all.
  std::vector<std::string> actions;
  std::size_t actions_reached = 0;
  std::size_t actions_asked = 1;
  /// Where the reach is neither all nor none, and it could be proved (docs/account.md); else empty.
  ExactAccess exact;
};

struct WhoCan {
  std::string action;
  std::string resource;
  /// Everyone whose reach is not `kNone`, sorted by ARN.
  std::vector<Access> principals;
  std::size_t asked = 0;  ///< principals of the snapshot
  std::vector<std::string> assumptions;
  /// About the question: an action or a condition key that the catalogue does not have.
  std::vector<DecisionWarning> warnings;
};

/// One action of `what_can`.
struct ActionAccess {
  std::string action;  ///< `s3:GetObject`
  Reach reach = Reach::kNone;
  std::vector<AccessPart> parts;
  std::vector<std::string> missing_context;
  std::vector<std::string> unread;
  ExactAccess exact;  ///< as in `Access`
};

struct WhatCan {
  std::string principal;
  std::string resource;  ///< empty: any
  /// By service and name, those whose reach is not `kNone`.
  std::vector<ActionAccess> actions;
  std::size_t asked = 0;
  std::vector<std::string> assumptions;
  /// Actions that the principal's policies name, and condition keys, that the catalogue does not
  /// have; eight actions at most.
  std::vector<DecisionWarning> warnings;
};

/// One way along an edge.
struct EscalationWay {
  std::string path;  ///< `assume-role`, or a row of rules/escalation/paths.csv: `lambda-001`
  std::vector<std::string> actions;
  std::string service;  ///< that a role is passed to; empty: none
  /// False: it hangs on `keys`, on policies that were not read, or on resources that the snapshot
  /// does not show.
  bool certain = true;
  std::vector<std::string> keys;
};

struct EscalationEdge {
  /// Of `to`: the caller can give itself, or a principal that it controls, every right.
  static constexpr std::size_t kAdministrator = ~std::size_t{0};
  std::size_t from = 0;  ///< position in `EscalationGraph::nodes`
  std::size_t to = 0;
  std::vector<EscalationWay> ways;  ///< certain ones first
  bool certain() const { return !ways.empty() && ways.front().certain; }
};

struct EscalationNode {
  std::string arn;
  std::string name;  ///< `role/ci`
  /// May write the policies of every user and role: there is nothing more to become.
  bool administrator = false;
  /// Positions in `EscalationGraph::edges`: the shortest way to an administrator, certain edges
  /// only where there is such a way. Empty for administrators, and where there is none.
  std::vector<std::size_t> path;
  bool path_certain = true;
};

struct EscalationGraph {
  std::vector<EscalationNode> nodes;  ///< sorted by ARN
  std::vector<EscalationEdge>
      edges;                    ///< sorted by `from`, `to`; none leads out of an administrator
  std::size_t paths_known = 0;  ///< rows of the table
  std::size_t paths_asked = 0;  ///< those that a snapshot of IAM can answer
};

}  // namespace iamcheck
