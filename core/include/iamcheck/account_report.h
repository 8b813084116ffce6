#pragma once

// Answers about accounts, and escalation graphs, for people and for programs.
//
// ```cpp
// iamcheck::WhoCan answer;
// std::string text = iamcheck::render_text(answer);
// std::string dot = iamcheck::render_graph(iamcheck::EscalationGraph{},
//                                          iamcheck::GraphFormat::kDot);
// ```

#include <cstdint>
#include <string>
#include <vector>

#include "iamcheck/account_answer.h"

namespace iamcheck {

/// One line each: `dump.json:12:3: warning: MESSAGE; HELP`.
std::string render_text(const std::vector<AccountProblem>& problems);

std::string render_text(const WhoCan& answer);
std::string render_text(const WhatCan& answer);
/// `iamcheck/who-can/v1` and `iamcheck/what-can/v1`, see docs/schema.
std::string render_json(const WhoCan& answer, const std::vector<AccountProblem>& problems);
std::string render_json(const WhatCan& answer, const std::vector<AccountProblem>& problems);

enum class GraphFormat : std::uint8_t { kText, kDot, kMermaid };
std::string render_graph(const EscalationGraph& graph, GraphFormat format);
/// `iamcheck/graph/v1`.
std::string render_json(const EscalationGraph& graph, const std::vector<AccountProblem>& problems);

}  // namespace iamcheck
