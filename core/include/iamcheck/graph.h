#pragma once

// Who can become whom, and how near everybody is to an administrator.
//
// An edge says that one principal can act as another: by assuming a role (the trust policy and the
// identity-based policies agree, weighed by the evaluator like every other question), by passing a
// role to a service that runs code for the caller, by giving another principal a password, a key or
// a trust policy, or by writing its own policies. The ways are listed in
// rules/escalation/paths.csv.
//
// ```cpp
// auto account = iamcheck::Account::read({{"dump.json", R"({"RoleDetailList": []})"}});
// auto graph = iamcheck::escalation_graph(account);
// bool someone = graph && !graph->edges.empty();
// ```

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/account.h"
#include "iamcheck/context.h"
#include "iamcheck/result.h"

namespace iamcheck {

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

struct GraphOptions {
  Context context{Context::Mode::kAsk};
  /// More are an error.
  std::size_t max_decisions = 20'000'000;
};

/// Errors: `limit-exceeded`.
Result<EscalationGraph> escalation_graph(const Account& account, const GraphOptions& options = {});

/// The table as text, as it was built in.
std::string_view escalation_table();

}  // namespace iamcheck
