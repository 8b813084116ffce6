#include "document/hcl_json_syntax.h"

#include <algorithm>
#include <array>
#include <utility>

#include "document/hcl_parser.h"

namespace iamcheck {
namespace {

using Kind = HclExpression::Kind;

bool has_template(std::string_view text) {
  return text.find("${") != text.npos || text.find("%{") != text.npos;
}

// What may be written as one object or as a list of them.
template <typename Visit>
void for_objects(const Node& node, const Visit& visit) {
  if (node.is_object()) visit(node);
  for (const Node& item : node.items) {
    if (item.is_object()) visit(item);
  }
}

bool is_block_of_policy_document(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames = {"statement", "principals", "not_principals",
                                                      "condition", "dynamic",    "content"};
  return std::ranges::find(kNames, name) != kNames.end();
}

class Spelling {
 public:
  Spelling(const Document& document, const Limits& limits)
      : source_(*document.source), limits_(limits), nodes_(document.nodes) {}

  void add_file(const Node& root, HclBody& out) {
    for (const Member& member : root.members) {
      const bool named = member.name == "module" || member.name == "variable" ||
                         member.name == "output" || member.name == "provider";
      const std::size_t labels = member.name == "resource" || member.name == "data" ? 2
                                 : named                                            ? 1
                                                                                    : 0;
      add_blocks(member, member.name, member.value, {}, labels, out);
    }
  }

 private:
  // Below the names of its labels stands the body of a block.
  void add_blocks(const Member& member, const std::string& type, const Node& value,
                  const std::vector<std::string>& labels, std::size_t missing, HclBody& out) {
    for_objects(value, [&](const Node& object) {
      if (missing == 0) {
        HclBlock block;
        block.type = type;
        block.labels = labels;
        block.header = member.name_span;
        block.span = object.span;
        const bool document =
            type == "data" && labels.size() == 2 && labels[0] == "aws_iam_policy_document";
        add_body(object, document || is_block_of_policy_document(type), block.body);
        out.blocks.push_back(std::move(block));
        return;
      }
      for (const Member& label : object.members) {
        std::vector<std::string> further = labels;
        further.push_back(label.name);
        add_blocks(label, type, label.value, further, missing - 1, out);
      }
    });
  }

  void add_body(const Node& object, bool of_document, HclBody& out) {
    for (const Member& member : object.members) {
      if (of_document && is_block_of_policy_document(member.name)) {
        add_blocks(member, member.name, member.value, {}, member.name == "dynamic" ? 1 : 0, out);
      } else {
        HclExpression value = expression(member.value);
        // `"iterator": "one"` is a name.
        if (of_document && member.name == "iterator") value.kind = Kind::kName;
        if (of_document && member.name == "iterator") value.text = member.value.text;
        out.attributes.push_back({member.name, member.name_span, std::move(value)});
      }
    }
  }

  HclExpression leaf(Kind kind, const Span& span, std::string text) const {
    HclExpression out;
    out.kind = kind;
    out.span = span;
    out.text = std::move(text);
    return out;
  }

  // Depth is bounded by Limits::max_depth, which the reader of JSON enforced.
  HclExpression expression(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kBool:
        return leaf(Kind::kBool, node.span, node.text);
      case Node::Kind::kNumber:
        return leaf(Kind::kNumber, node.span, node.text);
      case Node::Kind::kText:
        return text(node);
      case Node::Kind::kList: {
        HclExpression list = leaf(Kind::kList, node.span, {});
        for (const Node& item : node.items) list.parts.push_back(expression(item));
        return list;
      }
      case Node::Kind::kObject: {
        HclExpression object = leaf(Kind::kObject, node.span, {});
        for (const Member& member : node.members) {
          Node key;
          key.kind = Node::Kind::kText;
          key.text = member.name;
          key.span = member.name_span;
          object.parts.push_back(text(key));
          object.parts.push_back(expression(member.value));
        }
        return object;
      }
      case Node::Kind::kNull:
      case Node::Kind::kUnresolved:
        break;
    }
    return leaf(Kind::kNull, node.span, "null");
  }

  // A string of JSON is a string of HCL, but for escapes within `${...}` and a few escapes of its
  // own; a template with the former is not known.
  HclExpression text(const Node& node) {
    try {
      return HclParser::read_string(source_, node.span, limits_, nodes_);
    } catch (const HclStop& stop) {
      if (stop.error.code == ErrorCode::kLimitExceeded) throw;
    }
    if (has_template(node.text)) return leaf(Kind::kName, node.span, node.text);
    HclExpression out = leaf(Kind::kTemplate, node.span, {});
    out.parts.push_back(leaf(Kind::kText, node.span, node.text));
    return out;
  }

  const Source& source_;
  const Limits& limits_;
  std::size_t nodes_;
};

bool names_aws(const Node* kinds) {
  if (kinds == nullptr) return false;
  bool found = false;
  for_objects(*kinds, [&](const Node& object) {
    found |= std::ranges::any_of(object.members, [](const Member& member) {
      return member.name.starts_with("aws_") && !member.value.is_scalar();
    });
  });
  return found;
}

}  // namespace

bool is_terraform_json(const Document& document) {
  return names_aws(document.root.find("resource")) || names_aws(document.root.find("data"));
}

HclFile read_hcl_from_json(const Document& document, const ReadOptions& options) {
  HclFile file;
  file.source = document.source;
  try {
    Spelling(document, options.limits).add_file(document.root, file.body);
  } catch (const HclStop& stop) {
    file.error = stop.error;
  }
  return file;
}

}  // namespace iamcheck
