// Escalation graphs as text, DOT (https://graphviz.org/doc/info/lang.html) and Mermaid
// (https://mermaid.js.org/syntax/flowchart.html).
#include <algorithm>
#include <map>
#include <set>

#include "iamcheck/account_report.h"
#include "iamcheck/report.h"

namespace iamcheck {
namespace {

constexpr std::size_t kManySources = 6;
constexpr std::size_t kMaxNames = 12;
constexpr std::size_t kAdministrator = EscalationEdge::kAdministrator;

std::string name_of(const EscalationGraph& graph, std::size_t node, bool many_accounts) {
  if (node == kAdministrator) return "administrator";
  const EscalationNode& one = graph.nodes[node];
  return escape_controls(many_accounts ? one.arn : one.name);
}

bool has_many_accounts(const EscalationGraph& graph) {
  std::set<std::string_view> accounts;
  for (const EscalationNode& node : graph.nodes)
    accounts.insert(std::string_view(node.arn).substr(0, node.arn.rfind(':')));
  return accounts.size() > 1;
}

std::string way_text(const EscalationEdge& edge) {
  const EscalationWay& way = edge.ways.front();
  std::string out = way.path;
  if (way.path != "assume-role") {
    out += " (";
    for (std::size_t i = 0; i < way.actions.size(); ++i)
      out += (i == 0 ? "" : " + ") + way.actions[i];
    out += ")";
  }
  if (!way.certain) {
    out += way.keys.empty() ? ", possibly" : ", if";
    for (std::size_t i = 0; i < way.keys.size(); ++i)
      out += (i == 0 ? " " : ", ") + escape_controls(way.keys[i]);
  }
  if (edge.ways.size() > 1)
    out += ", and " + std::to_string(edge.ways.size() - 1) +
           (edge.ways.size() == 2 ? " more way" : " more ways");
  return out;
}

// Letters that have a meaning in DOT's and Mermaid's quoted texts.
std::string quoted(const std::string& text, bool mermaid) {
  std::string out = "\"";
  for (const char c : text) {
    if (mermaid && (c == '"' || c == '<' || c == '>' || c == '#' || c == '&')) {
      out += "#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      if (!mermaid && (c == '"' || c == '\\')) out += '\\';
      out += c;
    }
  }
  return out + "\"";
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kMaxNames); ++i)
    out += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMaxNames) out += " and " + std::to_string(names.size() - kMaxNames) + " more";
  return out;
}

// One line for what many can become in one way, else one line for what one can.
std::string edges_text(const EscalationGraph& graph, bool many_accounts) {
  using Key = std::pair<std::size_t, std::string>;
  std::map<Key, std::vector<std::string>> sources, targets;
  for (const EscalationEdge& edge : graph.edges)
    sources[{edge.to, way_text(edge)}].push_back(name_of(graph, edge.from, many_accounts));
  std::string out;
  for (const EscalationEdge& edge : graph.edges) {
    const std::string way = way_text(edge);
    if (sources[{edge.to, way}].size() < kManySources)
      targets[{edge.from, way}].push_back(name_of(graph, edge.to, many_accounts));
  }
  for (const auto& [key, names] : sources) {
    if (names.size() < kManySources) continue;
    out += "  " + std::to_string(names.size()) + " principals -> " +
           name_of(graph, key.first, many_accounts) + "  by " + key.second + "\n      " +
           listed(names) + "\n";
  }
  for (const auto& [key, names] : targets)
    out += "  " + name_of(graph, key.first, many_accounts) + " -> " + listed(names) + "  by " +
           key.second + "\n";
  return out;
}

std::string text_of(const EscalationGraph& graph) {
  const bool many = has_many_accounts(graph);
  std::string administrators, ways, rest;
  std::size_t count = 0, with_way = 0, without = 0;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const EscalationNode& node = graph.nodes[i];
    if (node.administrator) {
      ++count;
      administrators += "  " + name_of(graph, i, many) + "\n";
      continue;
    }
    if (node.path.empty()) {
      ++without;
      continue;
    }
    ++with_way;
    ways += "  " + name_of(graph, i, many) + (node.path_certain ? "" : "  (possibly)") + "\n";
    for (const std::size_t e : node.path) {
      const EscalationEdge& edge = graph.edges[e];
      ways += "      -> " + name_of(graph, edge.to, many) + "  by " + way_text(edge) + "\n";
    }
  }
  rest = edges_text(graph, many);
  std::string out = "administrators (" + std::to_string(count) + ")\n" + administrators;
  out += "shortest ways to an administrator (" + std::to_string(with_way) + ")\n" + ways;
  out += "who can become whom (" + std::to_string(graph.edges.size()) + ")\n" + rest;
  return out + std::to_string(without) + " of " + std::to_string(graph.nodes.size()) +
         " principals have no way to an administrator; " + std::to_string(graph.paths_asked) +
         " of " + std::to_string(graph.paths_known) + " known paths were asked\n";
}

std::string drawing(const EscalationGraph& graph, bool mermaid) {
  const bool many = has_many_accounts(graph);
  std::set<std::size_t> drawn;
  for (const EscalationEdge& edge : graph.edges) {
    drawn.insert(edge.from);
    drawn.insert(edge.to);
  }
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (graph.nodes[i].administrator) drawn.insert(i);
  }
  const auto id = [](std::size_t node) {
    return node == kAdministrator ? std::string("admin") : "n" + std::to_string(node);
  };
  std::string out = mermaid ? "flowchart LR\n" : "digraph escalation {\n  rankdir=LR;\n";
  for (const std::size_t node : drawn) {
    const bool administrator = node == kAdministrator || graph.nodes[node].administrator;
    const std::string label = quoted(name_of(graph, node, many), mermaid);
    if (mermaid) {
      out += "  " + id(node) + (administrator ? "{{" : "[") + label + (administrator ? "}}" : "]") +
             "\n";
    } else {
      out += "  " + id(node) + " [label=" + label +
             (administrator ? ", shape=doubleoctagon" : ", shape=box") + "];\n";
    }
  }
  for (const EscalationEdge& edge : graph.edges) {
    const std::string label = quoted(edge.ways.front().path, mermaid);
    if (mermaid) {
      out += "  " + id(edge.from) + (edge.certain() ? " -->|" : " -.->|") + label + "| " +
             id(edge.to) + "\n";
    } else {
      out += "  " + id(edge.from) + " -> " + id(edge.to) + " [label=" + label +
             (edge.certain() ? "" : ", style=dashed") + "];\n";
    }
  }
  return out + (mermaid ? "" : "}\n");
}

}  // namespace

std::string render_graph(const EscalationGraph& graph, GraphFormat format) {
  if (format == GraphFormat::kText) return text_of(graph);
  return drawing(graph, format == GraphFormat::kMermaid);
}

}  // namespace iamcheck
