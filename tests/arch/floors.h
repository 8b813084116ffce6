#pragma once

// The house: which floor each folder of core/src lies on, and which folder each public header
// belongs to. This table is the one of docs/design.md; a new folder or public header is entered in
// both.

#include <array>
#include <string_view>

namespace arch {

struct Folder {
  std::string_view name;
  int floor;
};

// `umbrella` is no folder: it is where iamcheck.h stands, above everything.
inline constexpr std::array<Folder, 16> kFolders = {{
    {"text", 1},
    {"document", 2},
    {"policy", 3},
    {"credentials", 3},
    {"match", 4},
    {"catalogue", 5},
    {"condition", 6},
    {"input", 6},
    {"evaluate", 7},
    {"analysis", 8},
    {"account", 9},
    {"lint", 10},
    {"replay", 10},
    {"report", 11},
    {"wire", 11},
    {"umbrella", 12},
}};

struct PublicHeader {
  std::string_view name;
  std::string_view folder;
};

// clang-format off: one row a line, by floor.
inline constexpr std::array<PublicHeader, 52> kPublicHeaders = {{
    {"source.h", "text"},
    {"result.h", "text"},
    {"limits.h", "text"},
    {"finding.h", "text"},
    {"truth.h", "text"},
    {"suggestion.h", "text"},
    {"version.h", "text"},
    {"rule_page.h", "text"},
    {"document.h", "document"},
    {"policy.h", "policy"},
    {"layout.h", "policy"},
    {"credentials.h", "credentials"},
    {"context_key.h", "match"},
    {"pattern.h", "match"},
    {"arn.h", "match"},
    {"catalogue.h", "catalogue"},
    {"action_list.h", "catalogue"},
    {"context.h", "condition"},
    {"condition.h", "condition"},
    {"condition_operator.h", "condition"},
    {"input.h", "input"},
    {"request.h", "evaluate"},
    {"policy_set.h", "evaluate"},
    {"decision_kind.h", "evaluate"},
    {"decision.h", "evaluate"},
    {"evaluate.h", "evaluate"},
    {"explanation.h", "evaluate"},
    {"call.h", "evaluate"},
    {"access_answer.h", "analysis"},
    {"analysis.h", "analysis"},
    {"summary.h", "analysis"},
    {"policy_summary.h", "analysis"},
    {"account.h", "account"},
    {"account_answer.h", "account"},
    {"access.h", "account"},
    {"graph.h", "account"},
    {"fix.h", "lint"},
    {"guardrail.h", "lint"},
    {"suppression.h", "lint"},
    {"baseline.h", "lint"},
    {"lint.h", "lint"},
    {"report.h", "report"},
    {"catalogue_report.h", "report"},
    {"account_report.h", "report"},
    {"access_report.h", "report"},
    {"action_list_report.h", "report"},
    {"summary_report.h", "report"},
    {"check.h", "wire"},
    {"simulate.h", "wire"},
    {"aws_simulation.h", "wire"},
    {"test_cases.h", "wire"},
    {"iamcheck.h", "umbrella"},
}};
// clang-format on

// What a folder must not see although the floors would let it.
struct Ban {
  std::string_view folder;
  std::string_view include;  // as written; a prefix when it ends in `/`
  std::string_view reason;
};

inline constexpr std::array<Ban, 12> kBans = {{
    {"report", "iamcheck/policy.h", "report renders plain results, never a Policy"},
    {"report", "policy/", "report renders plain results, never a Policy"},
    {"match", "iamcheck/document.h", "match works on texts, it never sees JSON"},
    {"match", "document/", "match works on texts, it never sees JSON"},
    {"match", "nlohmann/", "match works on texts, it never sees JSON"},
    {"evaluate", "iamcheck/input.h", "evaluate never sees files"},
    {"evaluate", "input/", "evaluate never sees files"},
    {"evaluate", "filesystem", "evaluate never sees files"},
    {"evaluate", "fstream", "evaluate never sees files"},
    {"evaluate", "ctime", "evaluate has no clock"},
    {"lint", "ctime", "lint has no clock"},
    {"lint", "fstream", "lint never sees files"},
}};

// The evaluator's twin must share nothing with the evaluator but the names of its results.
inline constexpr std::array<std::string_view, 1> kOracleMayInclude = {"iamcheck/decision_kind.h"};
// The one file in which the twin and the thing it checks meet.
inline constexpr std::string_view kOracleMeetingPlace = "tests/oracle/adapter_core.cc";

}  // namespace arch
