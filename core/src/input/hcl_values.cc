#include "input/hcl_values.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "input/hcl_functions.h"

namespace iamcheck {
namespace {

using Kind = HclExpression::Kind;

Node scalar(Node::Kind kind, const Span& span, std::string text) {
  Node node;
  node.kind = kind;
  node.span = span;
  node.text = std::move(text);
  return node;
}

Node boolean(bool value, const Span& span) {
  return scalar(Node::Kind::kBool, span, value ? "true" : "false");
}

std::optional<std::size_t> index_of(const Node& key) {
  std::size_t index = 0;
  const char* end = key.text.data() + key.text.size();
  const auto [stop, error] = std::from_chars(key.text.data(), end, index);
  if (!is_known_scalar(key) || error != std::errc() || stop != end) return std::nullopt;
  return index;
}

std::optional<double> number_of(const Node& node) {
  double value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  if (node.kind != Node::Kind::kNumber || error != std::errc() || stop != end) return std::nullopt;
  return value;
}

// Values of different types are never equal in Terraform.
bool equal(const Node& a, const Node& b) {
  if (a.kind != b.kind) return false;
  const auto x = number_of(a), y = number_of(b);
  if (x && y) return *x == *y;
  if (a.is_scalar()) return a.kind == Node::Kind::kNull || a.text == b.text;
  if (a.is_list()) return std::ranges::equal(a.items, b.items, equal);
  return a.members.size() == b.members.size() &&
         std::ranges::all_of(a.members, [&](const Member& member) {
           const Node* other = b.find(member.name);
           return other != nullptr && equal(member.value, *other);
         });
}

const HclExpression& without_parentheses(const HclExpression& expression) {
  const HclExpression* inner = &expression;
  while (inner->kind == Kind::kParentheses) inner = inner->parts.data();
  return *inner;
}

}  // namespace

bool has_unresolved(const Node& node) {
  return node.kind == Node::Kind::kUnresolved || std::ranges::any_of(node.items, has_unresolved) ||
         std::ranges::any_of(node.members,
                             [](const Member& member) { return has_unresolved(member.value); });
}

bool is_known_scalar(const Node& node) {
  return node.is_text() || node.kind == Node::Kind::kNumber || node.kind == Node::Kind::kBool;
}

std::optional<bool> truth_of(const Node& node) {
  if (!is_known_scalar(node)) return std::nullopt;
  if (node.text == "true") return true;
  if (node.text == "false") return false;
  return std::nullopt;
}

HclValues::HclValues(const HclFile& file) : file_(file) {
  for (const HclBlock& block : file.body.blocks) {
    if (block.type == "locals") {
      for (const HclAttribute& local : block.body.attributes)
        locals_.emplace(local.name, Name{&local.value, {}, {}});
    } else if (block.type == "variable" && block.labels.size() == 1) {
      const HclAttribute* value = block.body.find("default");
      if (value != nullptr) variables_.emplace(block.labels[0], Name{&value->value, {}, {}});
    }
  }
}

Node HclValues::unresolved(const Span& span) const {
  constexpr std::size_t kLongest = 200;
  std::string_view text = file_.source->slice(span);
  std::size_t size = std::min(text.size(), kLongest);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
    --size;
  std::string shown(text.substr(0, size));
  if (size < text.size()) shown += "...";
  if (!shown.starts_with("${")) shown = "${" + shown + "}";
  return scalar(Node::Kind::kUnresolved, span, std::move(shown));
}

Node HclValues::copy(const Node& node) {
  return work_.spend_copy(node, depth_) ? node : unresolved(node.span);
}

Node HclValues::evaluate(const HclExpression& expression, const HclScope* scope) {
  if (depth_ >= HclWork::kDeepest || !work_.spend(1)) return unresolved(expression.span);
  ++depth_;
  Node value = dispatch(expression, scope);
  --depth_;
  return value;
}

Node HclValues::dispatch(const HclExpression& expression, const HclScope* scope) {
  const auto literal = [&](Node::Kind kind) {
    if (!work_.spend(0, expression.text.size())) return unresolved(expression.span);
    return scalar(kind, expression.span, expression.text);
  };
  switch (expression.kind) {
    case Kind::kNull:
      return scalar(Node::Kind::kNull, expression.span, "null");
    case Kind::kBool:
      return literal(Node::Kind::kBool);
    case Kind::kNumber:
      return literal(Node::Kind::kNumber);
    case Kind::kText:
      return literal(Node::Kind::kText);
    case Kind::kTemplate:
      return template_value(expression, scope);
    case Kind::kInterpolation:
    case Kind::kParentheses:
      return evaluate(expression.parts[0], scope);
    case Kind::kList:
      return list(expression, scope);
    case Kind::kObject:
      return object(expression, scope);
    case Kind::kCall:
      return call(expression, scope);
    case Kind::kName:
    case Kind::kTraversal:
      return traversal(expression, scope);
    case Kind::kUnary:
      return unary(expression, scope);
    case Kind::kBinary:
      return binary(expression, scope);
    case Kind::kConditional:
      return conditional(expression, scope);
    case Kind::kForList:
    case Kind::kForObject:
      return loop(expression, scope);
    default:
      return unresolved(expression.span);
  }
}

// --- Texts

Node HclValues::template_value(const HclExpression& text, const HclScope* scope) {
  // `"${x}"` is x, of whatever type.
  if (text.parts.size() == 1 && text.parts[0].kind == Kind::kInterpolation)
    return evaluate(text.parts[0], scope);
  Node node = scalar(Node::Kind::kText, text.span, {});
  bool complete = true;
  render(text, scope, [&](std::string_view run, const Span&, bool known) {
    complete &= work_.spend(0, run.size());
    if (complete) node.text += run;
    if (!known) node.kind = Node::Kind::kUnresolved;
  });
  return complete ? std::move(node) : unresolved(text.span);
}

void HclValues::render(const HclExpression& text, const HclScope* scope, const HclTextSink& sink) {
  for (const HclExpression& part : text.parts) {
    if (work_.exhausted()) return sink(unresolved(text.span).text, text.span, false);
    if (part.kind == Kind::kText) {
      sink(part.text, part.span, true);
    } else if (part.kind == Kind::kInterpolation) {
      const Node value = evaluate(part, scope);
      if (is_known_scalar(value)) {
        sink(value.text, part.span, true);
      } else if (value.kind == Node::Kind::kUnresolved) {
        sink(value.text, part.span, false);
      } else {
        sink(unresolved(part.span).text, part.span, false);
      }
    } else if (part.kind == Kind::kIfText) {
      const std::optional<bool> truth = truth_of(evaluate(part.parts[0], scope));
      if (truth) {
        render(part.parts[*truth ? 1 : 2], scope, sink);
      } else {
        sink(unresolved(part.span).text, part.span, false);
      }
    } else if (part.kind == Kind::kForText) {
      render_loop(part, scope, sink);
    }
  }
}

void HclValues::render_loop(const HclExpression& loop, const HclScope* scope,
                            const HclTextSink& sink) {
  const bool known = for_each(loop, scope, [&](const HclScope* inner) {
    render(loop.parts[4], inner, sink);
    return true;
  });
  if (!known) sink(unresolved(loop.span).text, loop.span, false);
}

// --- Collections

Node HclValues::list(const HclExpression& list, const HclScope* scope) {
  Node node = scalar(Node::Kind::kList, list.span, {});
  for (const HclExpression& item : list.parts) node.items.push_back(evaluate(item, scope));
  return node;
}

// Nobody knows what an object holds when the name of a member is not known.
Node HclValues::object(const HclExpression& object, const HclScope* scope) {
  Node node = scalar(Node::Kind::kObject, object.span, {});
  for (std::size_t i = 0; i + 1 < object.parts.size(); i += 2) {
    Node key = evaluate(object.parts[i], scope);
    if (!is_known_scalar(key)) return unresolved(object.span);
    Node value = evaluate(object.parts[i + 1], scope);
    node.members.push_back({std::move(key.text), object.parts[i].span, std::move(value)});
  }
  return node;
}

Node HclValues::call(const HclExpression& call, const HclScope* scope) {
  std::vector<Node> arguments;
  arguments.reserve(call.parts.size());
  for (const HclExpression& part : call.parts) arguments.push_back(evaluate(part, scope));
  if (call.expands && !arguments.empty()) {
    Node last = std::move(arguments.back());
    arguments.pop_back();
    if (!last.is_list()) return unresolved(call.span);
    std::ranges::move(last.items, std::back_inserter(arguments));
  }
  std::optional<Node> value = call_hcl_function(call.text, std::move(arguments), call.span, work_);
  return value ? *std::move(value) : unresolved(call.span);
}

// --- Names

HclValues::Name* HclValues::find_name(const HclExpression& traversal) {
  if (traversal.kind != Kind::kTraversal || traversal.parts[0].kind != Kind::kName ||
      traversal.parts[1].kind != Kind::kAttribute)
    return nullptr;
  const std::string& root = traversal.parts[0].text;
  Names& names = root == "local" ? locals_ : variables_;
  if (root != "local" && root != "var") return nullptr;
  const auto found = names.find(traversal.parts[1].text);
  return found == names.end() ? nullptr : &found->second;
}

const HclExpression& HclValues::definition(const HclExpression& expression) {
  const HclExpression* current = &without_parentheses(expression);
  for (std::size_t steps = 0; steps < HclWork::kDeepest; ++steps) {
    const Name* name = find_name(*current);
    if (name == nullptr || current->parts.size() != 2) break;
    current = &without_parentheses(*name->expression);
  }
  return *current;
}

const HclExpression* HclValues::defined_as(const HclExpression& expression) {
  const Name* name = find_name(expression);
  return name == nullptr ? nullptr : name->expression;
}

const Node* HclValues::named_value(const HclExpression& traversal) {
  Name* name = find_name(traversal);
  if (name == nullptr || name->state == Name::State::kOpen) return nullptr;
  if (name->state == Name::State::kNew) {
    name->state = Name::State::kOpen;
    // Where the name is used says nothing about its own names.
    name->value = evaluate(*name->expression, nullptr);
    name->state = Name::State::kKnown;
  }
  return &name->value;
}

Node HclValues::traversal(const HclExpression& expression, const HclScope* scope) {
  const HclExpression& root = expression.kind == Kind::kName ? expression : expression.parts[0];
  if (root.kind != Kind::kName) {
    const Node base = evaluate(root, scope);
    return follow(base, expression, 1, scope);
  }
  for (const HclScope* inner = scope; inner != nullptr; inner = inner->outer) {
    if (inner->name == root.text) return follow(*inner->value, expression, 1, scope);
  }
  const Node* named = named_value(expression);
  return named == nullptr ? unresolved(expression.span) : follow(*named, expression, 2, scope);
}

// The steps of a traversal from `step` on, into `base`.
Node HclValues::follow(const Node& base, const HclExpression& traversal, std::size_t step,
                       const HclScope* scope) {
  const Node* current = &base;
  const std::size_t steps = traversal.kind == Kind::kName ? 0 : traversal.parts.size();
  for (; step < steps; ++step) {
    const HclExpression& one = traversal.parts[step];
    if (one.kind == Kind::kSplat) return splat(*current, traversal, step + 1, scope);
    const Node key = one.kind == Kind::kIndex ? evaluate(one.parts[0], scope)
                                              : scalar(Node::Kind::kText, one.span, one.text);
    // What is looked through counts as well.
    if (!is_known_scalar(key) || !work_.spend(1 + current->members.size() / 16))
      return unresolved(traversal.span);
    const std::optional<std::size_t> index = index_of(key);
    const Node* next = nullptr;
    if (current->is_object()) next = current->find(key.text);
    if (current->is_list() && index && *index < current->items.size())
      next = &current->items[*index];
    if (next == nullptr) return unresolved(traversal.span);
    current = next;
  }
  return copy(*current);
}

// What stands behind a splat is asked of every item.
Node HclValues::splat(const Node& base, const HclExpression& traversal, std::size_t step,
                      const HclScope* scope) {
  if (base.kind == Node::Kind::kUnresolved || depth_ >= HclWork::kDeepest)
    return unresolved(traversal.span);
  Node node = scalar(Node::Kind::kList, traversal.span, {});
  ++depth_;
  if (base.is_list()) {
    for (const Node& item : base.items) node.items.push_back(follow(item, traversal, step, scope));
  } else if (base.kind != Node::Kind::kNull) {
    node.items.push_back(follow(base, traversal, step, scope));
  }
  --depth_;
  return node;
}

// --- Operators

Node HclValues::unary(const HclExpression& operation, const HclScope* scope) {
  Node value = evaluate(operation.parts[0], scope);
  if (operation.text == "!") {
    const std::optional<bool> truth = truth_of(value);
    return truth ? boolean(!*truth, operation.span) : unresolved(operation.span);
  }
  if (value.kind != Node::Kind::kNumber || value.text.starts_with('-'))
    return unresolved(operation.span);
  return scalar(Node::Kind::kNumber, operation.span, "-" + value.text);
}

Node HclValues::binary(const HclExpression& operation, const HclScope* scope) {
  const std::string& text = operation.text;
  const Node left = evaluate(operation.parts[0], scope);
  const Node right = evaluate(operation.parts[1], scope);
  if (text == "&&" || text == "||") {
    const std::optional<bool> a = truth_of(left), b = truth_of(right);
    const bool deciding = text == "||";
    if (a == deciding || b == deciding) return boolean(deciding, operation.span);
    return a && b ? boolean(!deciding, operation.span) : unresolved(operation.span);
  }
  if (text == "==" || text == "!=") {
    if (has_unresolved(left) || has_unresolved(right)) return unresolved(operation.span);
    return boolean(equal(left, right) == (text == "=="), operation.span);
  }
  const std::optional<double> a = number_of(left), b = number_of(right);
  if (!a || !b) return unresolved(operation.span);
  if (text == "<") return boolean(*a < *b, operation.span);
  if (text == ">") return boolean(*a > *b, operation.span);
  if (text == "<=") return boolean(*a <= *b, operation.span);
  if (text == ">=") return boolean(*a >= *b, operation.span);
  // No policy is known whose letters hang on arithmetic.
  return unresolved(operation.span);
}

Node HclValues::conditional(const HclExpression& choice, const HclScope* scope) {
  const std::optional<bool> truth = truth_of(evaluate(choice.parts[0], scope));
  return truth ? evaluate(choice.parts[*truth ? 1 : 2], scope) : unresolved(choice.span);
}

// --- for

bool HclValues::for_each(const HclExpression& loop, const HclScope* scope,
                         const std::function<bool(const HclScope*)>& turn) {
  const Node collection = evaluate(loop.parts[2], scope);
  if (!collection.is_list() && !collection.is_object()) return false;
  const std::size_t size = std::max(collection.items.size(), collection.members.size());
  const Kind written = definition(loop.parts[2]).kind;
  // The key of an item is its number in a list, and the item itself in a set: a value alone does
  // not tell which of both it is.
  const bool counted = written == Kind::kList || written == Kind::kForList;
  for (std::size_t i = 0; i < size; ++i) {
    if (!work_.spend(1)) return false;
    const bool list = collection.is_list();
    const Node key = list && !counted ? unresolved(loop.parts[0].span)
                     : list           ? scalar(Node::Kind::kNumber, loop.span, std::to_string(i))
                                      : scalar(Node::Kind::kText, collection.members[i].name_span,
                                               collection.members[i].name);
    const Node& value = list ? collection.items[i] : collection.members[i].value;
    const HclScope outer{loop.parts[0].text, &key, scope};
    const HclScope inner{loop.parts[1].text, &value, loop.parts[0].text.empty() ? scope : &outer};
    if (!turn(&inner)) return false;
  }
  return true;
}

Node HclValues::loop(const HclExpression& loop, const HclScope* scope) {
  const bool makes_object = loop.kind == Kind::kForObject;
  Node node = scalar(makes_object ? Node::Kind::kObject : Node::Kind::kList, loop.span, {});
  std::map<std::string, std::size_t, std::less<>> places;
  const bool known = for_each(loop, scope, [&](const HclScope* inner) {
    if (loop.parts.size() > 5) {
      const std::optional<bool> kept = truth_of(evaluate(loop.parts[5], inner));
      if (!kept) return false;
      if (!*kept) return true;
    }
    Node value = evaluate(loop.parts[4], inner);
    if (!makes_object) {
      node.items.push_back(std::move(value));
      return true;
    }
    const Node key = evaluate(loop.parts[3], inner);
    if (!is_known_scalar(key)) return false;
    const auto [place, fresh] = places.emplace(key.text, node.members.size());
    if (fresh) node.members.push_back({key.text, key.span, {}});
    Node& member = node.members[place->second].value;
    if (!loop.expands) {
      member = std::move(value);
    } else {
      if (fresh) member = scalar(Node::Kind::kList, loop.span, {});
      member.items.push_back(std::move(value));
    }
    return true;
  });
  return known ? std::move(node) : unresolved(loop.span);
}

}  // namespace iamcheck
