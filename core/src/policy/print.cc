// Canonical JSON of a policy. Strings are escaped by nlohmann's serializer, everything else is
// layout.
#include <nlohmann/json.hpp>
#include <utility>

#include "iamcheck/policy.h"

namespace iamcheck {
namespace {

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// An expression of CloudFormation is written back as the object that it was.
std::string text_json(const Text& text) {
  const bool object =
      text.unresolved && text.value.starts_with('{') && nlohmann::json::accept(text.value);
  return object ? text.value : json_string(text.value);
}

// Collects the members of one object and writes them, one a line.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::size_t indent) : indent_(indent) {}

  void add(std::string_view name, std::string value) {
    members_.emplace_back(name, std::move(value));
  }
  std::string finish() const {
    if (members_.empty()) return "{}";
    std::string out = "{\n";
    for (std::size_t i = 0; i < members_.size(); ++i) {
      out += std::string(indent_ + 2, ' ') + json_string(members_[i].first) + ": " +
             members_[i].second;
      out += i + 1 < members_.size() ? ",\n" : "\n";
    }
    return out + std::string(indent_, ' ') + "}";
  }

 private:
  std::size_t indent_;
  std::vector<std::pair<std::string, std::string>> members_;
};

std::string list_text(const std::vector<std::string>& items, std::size_t indent) {
  if (items.empty()) return "[]";
  std::string out = "[\n";
  for (std::size_t i = 0; i < items.size(); ++i) {
    out += std::string(indent + 2, ' ') + items[i] + (i + 1 < items.size() ? ",\n" : "\n");
  }
  return out + std::string(indent, ' ') + "]";
}

std::string values_text(const std::vector<Text>& values, bool is_list, std::size_t indent) {
  if (!is_list && values.size() == 1) return text_json(values[0]);
  std::vector<std::string> items;
  items.reserve(values.size());
  for (const Text& value : values) items.push_back(text_json(value));
  return list_text(items, indent);
}

std::string element_text(const ListElement& element, std::size_t indent) {
  return values_text(element.values, element.is_list, indent);
}

std::string principal_text(const PrincipalElement& element, std::size_t indent) {
  if (element.entries.size() == 1 && element.entries[0].bare)
    return text_json(element.entries[0].value);
  ObjectWriter object(indent);
  for (std::size_t i = 0; i < element.entries.size();) {
    std::vector<Text> group;
    std::string type = element.entries[i].type_name;
    for (; i < element.entries.size() && element.entries[i].type_name == type; ++i) {
      group.push_back(element.entries[i].value);
    }
    // Alone, such a type would read as a function of CloudFormation.
    const bool alone = group.size() == element.entries.size();
    if (alone && (type == "Ref" || type.starts_with("Fn::"))) object.add("AWS", "[]");
    object.add(type, values_text(group, false, indent + 2));
  }
  return object.finish();
}

std::string condition_text(const Statement& statement, std::size_t indent) {
  // `null` is not a Condition either, so the text re-parses to the same malformed block.
  if (statement.condition_malformed) return "null";
  ObjectWriter block(indent);
  const auto& entries = statement.conditions;
  if (!entries.empty() && entries[0].condition_operator.unresolved)
    return text_json(entries[0].condition_operator);
  for (std::size_t i = 0; i < entries.size();) {
    const std::string& name = entries[i].condition_operator.value;
    if (entries[i].key.unresolved) {
      block.add(name, text_json(entries[i++].key));
      continue;
    }
    ObjectWriter keys(indent + 2);
    for (; i < entries.size() && entries[i].condition_operator.value == name; ++i) {
      keys.add(entries[i].key.value,
               values_text(entries[i].values, entries[i].is_list, indent + 4));
    }
    block.add(name, keys.finish());
  }
  return block.finish();
}

std::string statement_text(const Statement& statement, std::size_t indent) {
  if (statement.expression) return text_json(*statement.expression);
  ObjectWriter object(indent);
  if (statement.sid) object.add("Sid", text_json(*statement.sid));
  if (statement.effect_text) object.add("Effect", text_json(*statement.effect_text));
  if (statement.principal)
    object.add("Principal", principal_text(*statement.principal, indent + 2));
  if (statement.not_principal)
    object.add("NotPrincipal", principal_text(*statement.not_principal, indent + 2));
  if (statement.action) object.add("Action", element_text(*statement.action, indent + 2));
  if (statement.not_action)
    object.add("NotAction", element_text(*statement.not_action, indent + 2));
  if (statement.resource) object.add("Resource", element_text(*statement.resource, indent + 2));
  if (statement.not_resource)
    object.add("NotResource", element_text(*statement.not_resource, indent + 2));
  if (statement.condition_span) object.add("Condition", condition_text(statement, indent + 2));
  return object.finish();
}

}  // namespace

std::string print(const Policy& policy) {
  ObjectWriter object(0);
  if (policy.version) object.add("Version", text_json(*policy.version));
  if (policy.id) object.add("Id", text_json(*policy.id));
  if (policy.has_statement) {
    if (!policy.statement_is_list && policy.statements.size() == 1) {
      object.add("Statement", statement_text(policy.statements[0], 2));
    } else {
      std::vector<std::string> items;
      items.reserve(policy.statements.size());
      for (const Statement& statement : policy.statements)
        items.push_back(statement_text(statement, 4));
      object.add("Statement", list_text(items, 2));
    }
  }
  return object.finish() + "\n";
}

}  // namespace iamcheck
