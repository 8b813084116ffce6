// From the tree to the model. Grammar: IAM User Guide, "Grammar of the IAM JSON policy language".
#include <array>
#include <utility>

#include "iamcheck/policy.h"
#include "policy/element_reader.h"
#include "policy/intrinsic.h"
#include "text/edit_distance.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 3> kPolicyElements = {"Version", "Id", "Statement"};
constexpr std::array<std::string_view, 9> kStatementElements = {
    "Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
    "NotAction", "Resource", "NotResource", "Condition"};

template <std::size_t N>
std::string suggestion(std::string_view name, const std::array<std::string_view, N>& known) {
  std::vector<std::string_view> names(known.begin(), known.end());
  std::string near = nearest_name(name, names);
  if (!near.empty()) return "did you mean `" + near + "`?";
  std::string help = "elements are";
  for (std::string_view element : known)
    help += (help.size() > 12 ? ", `" : " `") + std::string(element) + "`";
  return help;
}

Statement read_statement(const Node& node, std::size_t item, const std::string& path,
                         ElementReader& reader) {
  Statement statement;
  statement.item = item;
  statement.span = node.span;
  statement.expression = unresolved_text(node);
  if (statement.expression) return statement;
  for (const Member* counting : reader.members_of(node, path)) {
    const Member& member = *counting;
    std::string here = child_path(path, member.name);
    const std::string& name = member.name;
    if (name == "Sid") {
      statement.sid = reader.text(member.value, here);
    } else if (name == "Effect") {
      statement.effect_text = reader.text(member.value, here);
      if (statement.effect_text && statement.effect_text->value == "Allow")
        statement.effect = Effect::kAllow;
      if (statement.effect_text && statement.effect_text->value == "Deny")
        statement.effect = Effect::kDeny;
    } else if (name == "Action") {
      statement.action = reader.list(member, here);
    } else if (name == "NotAction") {
      statement.not_action = reader.list(member, here);
    } else if (name == "Resource") {
      statement.resource = reader.list(member, here);
    } else if (name == "NotResource") {
      statement.not_resource = reader.list(member, here);
    } else if (name == "Principal") {
      statement.principal = reader.principal(member, here);
    } else if (name == "NotPrincipal") {
      statement.not_principal = reader.principal(member, here);
    } else if (name == "Condition") {
      statement.condition_span = member.value.span;
      statement.condition_malformed = !reader.condition(member.value, here, statement.conditions);
      if (statement.condition_malformed) statement.conditions.clear();
    } else {
      reader.report_unknown(member, here, suggestion(name, kStatementElements));
    }
  }
  return statement;
}

void read_statements(const Node& node, Policy& policy, ElementReader& reader) {
  policy.has_statement = true;
  policy.statement_span = node.span;
  policy.statement_is_list = node.is_list();
  if (node.is_object() || unresolved_text(node)) {
    policy.statements.push_back(read_statement(node, 0, "Statement", reader));
    return;
  }
  if (!node.is_list()) {
    reader.report_type(node, "Statement", "an object or a list of objects");
    return;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    std::string path = child_path("Statement", i);
    if (node.items[i].is_object() || unresolved_text(node.items[i])) {
      Statement statement = read_statement(node.items[i], i, path, reader);
      statement.index = policy.statements.size();
      policy.statements.push_back(std::move(statement));
    } else {
      reader.report_type(node.items[i], path, "an object");
    }
  }
}

}  // namespace

Result<Policy> parse_policy(const Document& document) {
  return parse_policy(document, document.root);
}

Result<Policy> parse_policy(const Document& document, const Node& root) {
  if (!root.is_object()) {
    return Error{ErrorCode::kNotAPolicy,
                 "a policy is a JSON object, this is a " + std::string(to_string(root.kind)),
                 "write {\"Version\": \"2012-10-17\", \"Statement\": [...]}", root.span};
  }
  Policy policy;
  policy.source = document.source;
  policy.span = root.span;
  const std::size_t size = root.span.size();
  ElementReader reader(policy.diagnostics,
                       size != 0 || !document.source ? size : document.source->text().size());
  for (const Member* counting : reader.members_of(root, "")) {
    const Member& member = *counting;
    if (member.name == "Version") {
      policy.version = reader.text(member.value, member.name);
    } else if (member.name == "Id") {
      policy.id = reader.text(member.value, member.name);
    } else if (member.name == "Statement") {
      read_statements(member.value, policy, reader);
    } else {
      reader.report_unknown(member, member.name, suggestion(member.name, kPolicyElements));
    }
  }
  if (reader.exceeded()) {
    return Error{ErrorCode::kLimitExceeded,
                 "the names in the policy are too long for what stands under them",
                 "shorten the names of operators, keys and types of principals", root.span};
  }
  for (const Leniency& leniency : document.leniencies) {
    if (!root.span.contains(leniency.span)) continue;
    PolicyDiagnostic diagnostic;
    diagnostic.kind = PolicyDiagnostic::Kind::kForgiven;
    diagnostic.message =
        "a " + std::string(to_string(leniency.kind)) + " is not JSON; AWS refuses this document";
    diagnostic.help = "remove the " + std::string(to_string(leniency.kind));
    diagnostic.span = leniency.span;
    policy.diagnostics.push_back(std::move(diagnostic));
  }
  return policy;
}

Result<Policy> parse_policy(std::string name, std::string text, const ReadOptions& options) {
  auto document = read_json(Source::from_bytes(std::move(name), std::move(text)), options);
  if (!document) return document.error();
  return parse_policy(*document);
}

}  // namespace iamcheck
