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
#include "iamcheck/account_answer.h"
#include "iamcheck/context.h"
#include "iamcheck/result.h"

namespace iamcheck {

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
