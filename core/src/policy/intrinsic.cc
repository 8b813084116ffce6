#include "policy/intrinsic.h"

#include <nlohmann/json.hpp>

namespace iamcheck {
namespace {

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// `Condition` is an intrinsic too, but stands only in the Conditions section of a template; here it
// is an element of statements.
bool is_intrinsic(const Node& node) {
  if (!node.is_object() || node.members.size() != 1) return false;
  const Member& member = node.members[0];
  if (member.name == "Ref") return member.value.is_text();
  constexpr std::string_view kFunction = "Fn::";
  return member.name.starts_with(kFunction) && member.name.size() > kFunction.size();
}

// The depth is bounded by Limits::max_depth, which the reader enforced.
void append_json(const Node& node, std::string& out) {
  switch (node.kind) {
    case Node::Kind::kText:
    case Node::Kind::kUnresolved:
      out += json_string(node.text);
      return;
    case Node::Kind::kNull:
    case Node::Kind::kBool:
    case Node::Kind::kNumber:
      out += node.text;
      return;
    case Node::Kind::kList:
      out += '[';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) out += ',';
        append_json(node.items[i], out);
      }
      out += ']';
      return;
    case Node::Kind::kObject:
      out += '{';
      for (std::size_t i = 0; i < node.members.size(); ++i) {
        if (i > 0) out += ',';
        out += json_string(node.members[i].name) + ':';
        append_json(node.members[i].value, out);
      }
      out += '}';
      return;
  }
}

}  // namespace

std::optional<Text> unresolved_text(const Node& node) {
  if (node.kind == Node::Kind::kUnresolved) return Text{node.text, node.span, true};
  if (!is_intrinsic(node)) return std::nullopt;
  Text text{"", node.span, true};
  append_json(node, text.value);
  return text;
}

}  // namespace iamcheck
