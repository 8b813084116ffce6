#include "account/shortest_paths.h"

#include <deque>

namespace iamcheck {
namespace {

constexpr std::size_t kNoEdge = ~std::size_t{0};

// The first edge of each node's shortest way.
std::vector<std::size_t> first_edges(const EscalationGraph& graph, bool certain_only) {
  std::vector<std::vector<std::size_t>> into(graph.nodes.size());
  std::vector<std::size_t> next(graph.nodes.size(), kNoEdge);
  std::deque<std::size_t> queue;
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const EscalationEdge& edge = graph.edges[e];
    if (certain_only && !edge.certain()) continue;
    if (edge.to != EscalationEdge::kAdministrator) {
      into[edge.to].push_back(e);
    } else if (next[edge.from] == kNoEdge) {
      next[edge.from] = e;
      queue.push_back(edge.from);
    }
  }
  // Becoming an administrator takes one step too, so both kinds of beginnings are equally near.
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    if (!graph.nodes[n].administrator) continue;
    for (const std::size_t e : into[n]) {
      const std::size_t from = graph.edges[e].from;
      if (next[from] != kNoEdge) continue;
      next[from] = e;
      queue.push_back(from);
    }
  }
  while (!queue.empty()) {
    const std::size_t node = queue.front();
    queue.pop_front();
    for (const std::size_t e : into[node]) {
      const std::size_t from = graph.edges[e].from;
      if (next[from] != kNoEdge || graph.nodes[from].administrator) continue;
      next[from] = e;
      queue.push_back(from);
    }
  }
  return next;
}

std::vector<std::size_t> path_of(const EscalationGraph& graph, std::size_t node,
                                 const std::vector<std::size_t>& next) {
  std::vector<std::size_t> path;
  while (node != EscalationEdge::kAdministrator && !graph.nodes[node].administrator) {
    path.push_back(next[node]);
    node = graph.edges[next[node]].to;
  }
  return path;
}

}  // namespace

void find_shortest_paths(EscalationGraph& graph) {
  const std::vector<std::size_t> certain = first_edges(graph, true);
  const std::vector<std::size_t> possible = first_edges(graph, false);
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    EscalationNode& node = graph.nodes[n];
    if (node.administrator) continue;
    node.path_certain = certain[n] != kNoEdge;
    if (certain[n] != kNoEdge) {
      node.path = path_of(graph, n, certain);
    } else if (possible[n] != kNoEdge) {
      node.path = path_of(graph, n, possible);
    }
  }
}

}  // namespace iamcheck
