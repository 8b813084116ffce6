#include "input/policy_documents.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "input/hcl_json.h"

namespace iamcheck {
namespace {

using Kind = HclExpression::Kind;

// Documents in each other, and calls in each other.
constexpr std::size_t kDeepest = 64;

Node text_node(const Span& span, std::string text) {
  Node node;
  node.kind = Node::Kind::kText;
  node.span = span;
  node.text = std::move(text);
  return node;
}

Node container(Node::Kind kind, const Span& span) {
  Node node;
  node.kind = kind;
  node.span = span;
  return node;
}

// The provider writes `&{...}` for the variables of policies, which `${...}` would be HCL.
void name_variables(Node& node) {
  for (std::size_t at = node.text.find("&{"); at != node.text.npos; at = node.text.find("&{", at))
    node.text[at] = '$';
  for (Node& item : node.items) name_variables(item);
}

Span word_of(const HclBlock& block) {
  Span span = block.header;
  span.end = span.begin + static_cast<std::uint32_t>(block.type.size());
  return span;
}

// Functions that make one list of lists.
bool makes_list(std::string_view function) {
  constexpr std::array<std::string_view, 8> kNames = {"compact", "concat",   "distinct", "flatten",
                                                      "sort",    "setunion", "tolist",   "toset"};
  return std::ranges::find(kNames, function) != kNames.end();
}

}  // namespace

std::optional<std::string_view> policy_document_name(const HclExpression& expression) {
  if (expression.kind != Kind::kTraversal || expression.parts.size() < 3) return std::nullopt;
  const auto& parts = expression.parts;
  if (parts[0].kind != Kind::kName || parts[0].text != "data" ||
      parts[1].kind != Kind::kAttribute || parts[1].text != "aws_iam_policy_document" ||
      parts[2].kind != Kind::kAttribute)
    return std::nullopt;
  return parts[2].text;
}

bool is_policy_document(const HclBlock& block) {
  return block.type == "data" && block.labels.size() == 2 &&
         block.labels[0] == "aws_iam_policy_document";
}

// Statements of several documents. One that has the Sid of one of an earlier document takes its
// place; in one document Terraform refuses that.
struct PolicyDocuments::Merge {
  struct Place {
    std::size_t index;
    std::size_t document;
  };
  Node statements;
  std::map<std::string, Place, std::less<>> places;
  std::size_t document = 0;

  void add(Node statement) {
    const Node* sid = statement.find("Sid");
    if (sid != nullptr && sid->is_text() && !sid->text.empty()) {
      const auto [place, fresh] =
          places.emplace(sid->text, Place{statements.items.size(), document});
      if (!fresh && place->second.document != document) {
        place->second.document = document;
        statements.items[place->second.index] = std::move(statement);
        return;
      }
    }
    statements.items.push_back(std::move(statement));
  }
};

PolicyDocuments::PolicyDocuments(HclValues& values, const Limits& limits)
    : values_(values), limits_(limits) {
  for (const HclBlock& block : values.file().body.blocks) {
    if (is_policy_document(block)) blocks_.emplace(block.labels[1], &block);
  }
}

Node PolicyDocuments::policy(const HclBlock& block) {
  Node root = container(Node::Kind::kObject, block.span);
  if (!open_.insert(block.labels[1]).second || open_.size() > kDeepest) {
    open_.erase(block.labels[1]);
    return unresolved(block.header);
  }
  add_text(root, "Version", block.body, "version", nullptr);
  if (root.members.empty())
    root.members.push_back({"Version", block.header, text_node(block.header, "2012-10-17")});
  add_text(root, "Id", block.body, "policy_id", nullptr);
  Merge merge;
  merge.statements = container(Node::Kind::kList, block.span);
  merge_documents(merge, block.body, "source_policy_documents", "source_json");
  ++merge.document;
  for_blocks(
      block.body, "statement", nullptr,
      [&](const HclBody& body, const HclBlock& one, const HclScope* scope) {
        merge.add(statement(body, one, scope));
      },
      [&](const HclBlock& dynamic) { merge.add(unresolved(dynamic.header)); });
  merge_documents(merge, block.body, "override_policy_documents", "override_json");
  root.members.push_back({"Statement", block.header, std::move(merge.statements)});
  open_.erase(block.labels[1]);
  return root;
}

// --- Statements

Node PolicyDocuments::statement(const HclBody& body, const HclBlock& block, const HclScope* scope) {
  if (!values_.work().spend(1)) return unresolved(block.header);
  Node out = container(Node::Kind::kObject, block.span);
  add_text(out, "Sid", body, "sid", scope);
  add_text(out, "Effect", body, "effect", scope);
  if (out.find("Effect") == nullptr)
    out.members.push_back({"Effect", word_of(block), text_node(word_of(block), "Allow")});
  add_principals(out, "Principal", body, "principals", scope);
  add_principals(out, "NotPrincipal", body, "not_principals", scope);
  add_values(out, "Action", body, "actions", scope);
  add_values(out, "NotAction", body, "not_actions", scope);
  add_values(out, "Resource", body, "resources", scope);
  add_values(out, "NotResource", body, "not_resources", scope);
  add_conditions(out, body, scope);
  return out;
}

void PolicyDocuments::add_text(Node& out, std::string_view name, const HclBody& body,
                               std::string_view attribute, const HclScope* scope) {
  const HclAttribute* found = body.find(attribute);
  if (found == nullptr) return;
  Node value = values_.evaluate(found->value, scope);
  if (value.kind == Node::Kind::kNull || (value.is_text() && value.text.empty())) return;
  if (is_known_scalar(value)) value.kind = Node::Kind::kText;
  out.members.push_back({std::string(name), found->name_span, std::move(value)});
}

// The provider leaves out what is empty.
void PolicyDocuments::add_values(Node& out, std::string_view name, const HclBody& body,
                                 std::string_view attribute, const HclScope* scope) {
  const HclAttribute* found = body.find(attribute);
  if (found == nullptr) return;
  Node values = values_of(found->value, scope, 0);
  if (values.kind == Node::Kind::kNull || (values.is_list() && values.items.empty())) return;
  if (attribute.ends_with("resources")) name_variables(values);
  out.members.push_back({std::string(name), found->name_span, std::move(values)});
}

// A list of texts. Where only a part of it is not known, the rest is kept.
Node PolicyDocuments::values_of(const HclExpression& expression, const HclScope* scope,
                                std::size_t depth) {
  const HclExpression& written = values_.definition(expression);
  const bool call = written.kind == Kind::kCall && makes_list(written.text) && !written.expands;
  if ((!call && written.kind != Kind::kList) || depth >= kDeepest || !values_.work().spend(1)) {
    Node value = values_.evaluate(expression, scope);
    for (Node& item : value.items) {
      if (is_known_scalar(item)) item.kind = Node::Kind::kText;
    }
    return value;
  }
  Node out = container(Node::Kind::kList, written.span);
  for (const HclExpression& part : written.parts) {
    Node value = values_of(part, scope, depth + 1);
    if (value.is_list()) {
      std::ranges::move(value.items, std::back_inserter(out.items));
    } else if (value.kind != Node::Kind::kNull) {
      if (is_known_scalar(value)) value.kind = Node::Kind::kText;
      out.items.push_back(std::move(value));
    }
  }
  if (call && written.text == "compact")
    std::erase_if(out.items, [](const Node& item) { return item.is_text() && item.text.empty(); });
  return out;
}

void PolicyDocuments::add_principals(Node& out, std::string_view name, const HclBody& body,
                                     std::string_view type, const HclScope* scope) {
  Node map = container(Node::Kind::kObject, {});
  Span name_span;
  bool known = true;
  const auto place = [&](const HclBlock& block) {
    if (name_span.size() != 0) return;
    name_span = word_of(block);
    map.span = block.span;
  };
  for_blocks(
      body, type, scope,
      [&](const HclBody& inner, const HclBlock& block, const HclScope* names) {
        place(block);
        const HclAttribute *kind = inner.find("type"), *identifiers = inner.find("identifiers");
        if (kind == nullptr || identifiers == nullptr) return;
        const Node key = values_.evaluate(kind->value, names);
        Node values = values_of(identifiers->value, names, 0);
        if (!is_known_scalar(key)) known = false;
        name_variables(values);
        const auto same = std::ranges::find(map.members, key.text, &Member::name);
        if (same == map.members.end()) {
          map.members.push_back({key.text, key.span, std::move(values)});
        } else if (same->value.is_list() && values.is_list()) {
          std::ranges::move(values.items, std::back_inserter(same->value.items));
        } else {
          known = false;
        }
      },
      [&](const HclBlock& dynamic) {
        place(dynamic);
        known = false;
      });
  if (name_span.size() == 0) return;
  if (!known) {
    map = unresolved(map.span);
  } else if (map.members.size() == 1 && map.members[0].name == "*") {
    // Only this form is everybody; any other type `*` is refused by AWS.
    const Node& all = map.members[0].value;
    if (all.is_list() && all.items.size() == 1 && all.items[0].text == "*")
      map = text_node(all.items[0].span, "*");
  }
  out.members.push_back({std::string(name), name_span, std::move(map)});
}

void PolicyDocuments::add_conditions(Node& out, const HclBody& body, const HclScope* scope) {
  Node conditions = container(Node::Kind::kObject, {});
  Span name_span;
  bool known = true;
  const auto place = [&](const HclBlock& block) {
    if (name_span.size() != 0) return;
    name_span = word_of(block);
    conditions.span = block.span;
  };
  for_blocks(
      body, "condition", scope,
      [&](const HclBody& inner, const HclBlock& block, const HclScope* names) {
        place(block);
        // Behind an operator that is not known, nothing else is.
        if (conditions.kind == Node::Kind::kObject) add_condition(conditions, inner, block, names);
      },
      [&](const HclBlock& dynamic) {
        place(dynamic);
        known = false;
      });
  if (name_span.size() == 0) return;
  if (!known) conditions = unresolved(conditions.span);
  out.members.push_back({"Condition", name_span, std::move(conditions)});
}

void PolicyDocuments::add_condition(Node& conditions, const HclBody& body, const HclBlock& block,
                                    const HclScope* scope) {
  const HclAttribute *test = body.find("test"), *variable = body.find("variable"),
                     *values = body.find("values");
  // Terraform refuses it; what it would have said is not known.
  const Node name = test == nullptr ? unresolved(block.span) : values_.evaluate(test->value, scope);
  if (!is_known_scalar(name)) {
    conditions = unresolved(block.span);
    return;
  }
  auto same = std::ranges::find(conditions.members, name.text, &Member::name);
  if (same == conditions.members.end()) {
    conditions.members.push_back(
        {name.text, name.span, container(Node::Kind::kObject, block.span)});
    same = conditions.members.end() - 1;
  }
  Node& keys = same->value;
  const Node key =
      variable == nullptr ? unresolved(block.span) : values_.evaluate(variable->value, scope);
  if (!is_known_scalar(key) || !keys.is_object()) {
    keys = unresolved(block.span);
    return;
  }
  Node value = values == nullptr ? unresolved(block.span) : values_of(values->value, scope, 0);
  name_variables(value);
  const auto before = std::ranges::find(keys.members, key.text, &Member::name);
  if (before == keys.members.end()) {
    keys.members.push_back({key.text, key.span, std::move(value)});
  } else if (before->value.is_list() && value.is_list()) {
    std::ranges::move(value.items, std::back_inserter(before->value.items));
  } else {
    keys = unresolved(block.span);
  }
}

// --- Blocks

void PolicyDocuments::for_blocks(const HclBody& body, std::string_view type, const HclScope* scope,
                                 const BlockReader& read,
                                 const std::function<void(const HclBlock&)>& open) {
  for (const HclBlock& block : body.blocks) {
    if (block.type == type) {
      read(block.body, block, scope);
    } else if (block.type == "dynamic" && block.labels.size() == 1 && block.labels[0] == type &&
               !for_dynamic(block, type, scope, read)) {
      open(block);
    }
  }
}

bool PolicyDocuments::for_dynamic(const HclBlock& dynamic, std::string_view type,
                                  const HclScope* scope, const BlockReader& read) {
  const HclAttribute *for_each = dynamic.body.find("for_each"),
                     *iterator = dynamic.body.find("iterator");
  const auto content = std::ranges::find(dynamic.body.blocks, "content", &HclBlock::type);
  if (for_each == nullptr || content == dynamic.body.blocks.end()) return false;
  const Node collection = values_.evaluate(for_each->value, scope);
  if (!collection.is_list() && !collection.is_object()) return false;
  const std::string_view name =
      iterator != nullptr && iterator->value.kind == Kind::kName ? iterator->value.text : type;
  const auto turn = [&](Node key, Node value) {
    Node pair = container(Node::Kind::kObject, dynamic.header);
    pair.members.push_back({"key", dynamic.header, std::move(key)});
    pair.members.push_back({"value", dynamic.header, std::move(value)});
    const HclScope inner{name, &pair, scope};
    read(content->body, *content, &inner);
  };
  for (const Node& item : collection.items) {
    if (!values_.work().spend(1)) return false;
    turn(unresolved(for_each->value.span), values_.copy(item));
  }
  for (const Member& member : collection.members) {
    if (!values_.work().spend(1)) return false;
    turn(text_node(member.name_span, member.name), values_.copy(member.value));
  }
  return true;
}

// --- Documents in documents

void PolicyDocuments::merge_documents(Merge& merge, const HclBody& body, std::string_view list,
                                      std::string_view single) {
  if (const HclAttribute* several = body.find(list)) merge_elements(merge, several->value, 0);
  if (const HclAttribute* one = body.find(single)) merge_document(merge, one->value);
}

void PolicyDocuments::merge_elements(Merge& merge, const HclExpression& expression,
                                     std::size_t depth) {
  const HclExpression& written = values_.definition(expression);
  const bool call = written.kind == Kind::kCall && makes_list(written.text) && !written.expands;
  if (depth >= kDeepest || !values_.work().spend(1)) {
    merge.add(unresolved(expression.span));
  } else if (written.kind == Kind::kList || call) {
    for (const HclExpression& part : written.parts) merge_elements(merge, part, depth + 1);
  } else {
    merge_document(merge, written);
  }
}

void PolicyDocuments::merge_document(Merge& merge, const HclExpression& expression) {
  ++merge.document;
  if (!values_.work().spend(1)) return merge.add(unresolved(expression.span));
  const HclExpression* written = &values_.definition(expression);
  if (written->kind == Kind::kTemplate && written->parts.size() == 1 &&
      written->parts[0].kind == Kind::kInterpolation)
    written = &values_.definition(written->parts[0].parts[0]);
  Node document = unresolved(expression.span);
  if (const auto name = policy_document_name(*written)) {
    const auto block = blocks_.find(*name);
    if (block != blocks_.end()) {
      document = policy(*block->second);
      if (document.is_object()) merged_.emplace(*name);
    }
  } else if (written->kind == Kind::kCall && written->text == "jsonencode" &&
             written->parts.size() == 1) {
    document = values_.evaluate(written->parts[0]);
  } else if (written->kind == Kind::kTemplate) {
    auto json = read_hcl_json(values_, *written, nullptr, limits_);
    if (json && *json) document = std::move((*json)->root);
    // An empty text is no document.
    if (written->parts.empty()) return;
  } else if (values_.evaluate(*written).kind == Node::Kind::kNull) {
    return;
  }
  Node* statements = nullptr;
  for (Member& member : document.members) {
    if (member.name == "Statement") statements = &member.value;
  }
  // What stands there instead of statements is for the document's own check.
  if (statements == nullptr) {
    merge.add(unresolved(expression.span));
  } else if (!statements->is_list()) {
    merge.add(std::move(*statements));
  } else {
    for (Node& statement : statements->items) merge.add(std::move(statement));
  }
}

}  // namespace iamcheck
