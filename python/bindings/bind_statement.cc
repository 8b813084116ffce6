#include "bind_statement.h"

#include <optional>
#include <utility>
#include <vector>

namespace iamcheck::python {
namespace {

std::string statement_path(const Policy& policy, const Statement& statement) {
  if (!policy.statement_is_list) return "Statement";
  return "Statement[" + std::to_string(statement.item) + "]";
}

// Paths of entries are kept as that of the list, one text for all of them, and the number: of a
// list with a long path and many entries they would fill the memory.
constexpr int kNoList = -1;

int number_of(bool is_list, std::size_t index) {
  return is_list ? static_cast<int>(index) : kNoList;
}

std::string condition_path(const std::string& statement, const ConditionEntry& entry) {
  std::string path = statement;
  return path.append(".Condition.")
      .append(entry.condition_operator.value)
      .append(".")
      .append(entry.key.value);
}

// Entries of one type follow each other; a list of one is told from a scalar by what the text has
// in between. Calls `visit(entry, path, number)`.
template <typename Visit>
void each_principal(const Policy& policy, const std::string& element,
                    const std::vector<PrincipalEntry>& entries, Visit visit) {
  for (std::size_t first = 0; first < entries.size();) {
    std::size_t end = first + 1;
    while (end < entries.size() && entries[end].type_name == entries[first].type_name) ++end;
    const PrincipalEntry& one = entries[first];
    std::string path = element;
    if (!one.bare) path.append(".").append(one.type_name);
    bool is_list = end - first > 1;
    if (!is_list && one.value.span.begin >= one.type_span.end) {
      is_list =
          policy.source->slice({one.type_span.source, one.type_span.end, one.value.span.begin})
              .find_first_of("[-") != std::string_view::npos;
    }
    const py::str shared = to_str(path);
    for (std::size_t i = first; i < end; ++i)
      visit(entries[i], shared, number_of(is_list && !one.bare, i - first));
    first = end;
  }
}

// In the order of the arguments of iamcheck.policy.PolicyText.
py::tuple text_tuple(const Policy& policy, const Text& text, const py::str& path,
                     int number = kNoList) {
  const Position place = policy.source->position(text.span.begin);
  return py::make_tuple(to_str(text.value), path, number, text.span.begin, text.span.end,
                        place.line, place.column, text.unresolved);
}

py::tuple values_of(const Policy& policy, const std::vector<Text>& values, const py::str& path,
                    bool is_list) {
  py::tuple items(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    items[i] = text_tuple(policy, values[i], path, number_of(is_list, i));
  return items;
}

py::object list_or_none(const Policy& policy, const std::optional<ListElement>& element,
                        const std::string& path) {
  if (!element) return py::none();
  return values_of(policy, element->values, to_str(path), element->is_list);
}

// The bare form has no type.
py::object principals_or_none(const Policy& policy, const std::optional<PrincipalElement>& element,
                              const std::string& path) {
  if (!element) return py::none();
  py::list items;
  each_principal(policy, path, element->entries,
                 [&](const PrincipalEntry& entry, const py::str& shared, int number) {
                   items.append(py::make_tuple(to_str_or_none(entry.type_name),
                                               text_tuple(policy, entry.value, shared, number)));
                 });
  return py::tuple(items);
}

py::tuple conditions_of(const Policy& policy, const Statement& statement, const std::string& path) {
  py::tuple items(statement.conditions.size());
  for (std::size_t i = 0; i < statement.conditions.size(); ++i) {
    const ConditionEntry& entry = statement.conditions[i];
    const py::str key = to_str(condition_path(path, entry));
    const Position place = policy.source->position(entry.key.span.begin);
    items[i] = py::make_tuple(to_str(entry.condition_operator.value), to_str(entry.key.value),
                              values_of(policy, entry.values, key, entry.is_list), key,
                              entry.key.span.begin, entry.key.span.end, place.line, place.column);
  }
  return items;
}

// Collects the places of one statement.
class Places {
 public:
  explicit Places(py::list& out) : out_(out) {}

  void add(const py::str& path, int number, const Span& span) {
    out_.append(py::make_tuple(path, number, span.begin, span.end));
  }
  void add(const std::string& path, const Span& span) { add(to_str(path), kNoList, span); }
  void add(const std::string& path, const std::optional<Text>& text) {
    if (text) add(path, text->span);
  }
  void add(const py::str& path, const std::vector<Text>& values, bool is_list) {
    for (std::size_t i = 0; i < values.size(); ++i)
      add(path, number_of(is_list, i), values[i].span);
  }
  void add(const std::string& path, const std::optional<ListElement>& element) {
    if (!element) return;
    if (element->is_list) add(path, element->span);
    add(to_str(path), element->values, element->is_list);
  }
  void add(const std::string& path, const std::optional<PrincipalElement>& element,
           const Policy& policy) {
    if (!element) return;
    const bool bare = element->entries.size() == 1 && element->entries.front().bare;
    if (!bare) add(path, element->span);
    each_principal(policy, path, element->entries,
                   [&](const PrincipalEntry& entry, const py::str& shared, int number) {
                     add(shared, number, entry.value.span);
                   });
  }
  void add_conditions(const std::string& path, const Statement& statement) {
    if (statement.condition_span) add(path + ".Condition", *statement.condition_span);
    for (const ConditionEntry& entry : statement.conditions) {
      add(path + ".Condition." + entry.condition_operator.value, entry.condition_operator.span);
      const py::str key = to_str(condition_path(path, entry));
      add(key, kNoList, entry.key.span);
      add(key, entry.values, entry.is_list);
    }
  }

 private:
  py::list& out_;
};

}  // namespace

py::tuple statement_tuple(const Policy& policy, const Statement& statement) {
  const std::string path = statement_path(policy, statement);
  const auto text_or_none = [&](const std::optional<Text>& text, const char* name) {
    return text ? py::object(text_tuple(policy, *text, to_str(path + name))) : py::none();
  };
  const auto list = [&](const std::optional<ListElement>& element, const char* name) {
    return list_or_none(policy, element, path + name);
  };
  const auto principals = [&](const std::optional<PrincipalElement>& element, const char* name) {
    return principals_or_none(policy, element, path + name);
  };
  const Position place = policy.source->position(statement.span.begin);
  return py::make_tuple(
      statement.index, text_or_none(statement.sid, ".Sid"),
      statement.effect ? text_or_none(statement.effect_text, ".Effect") : py::none(),
      list(statement.action, ".Action"), list(statement.not_action, ".NotAction"),
      list(statement.resource, ".Resource"), list(statement.not_resource, ".NotResource"),
      principals(statement.principal, ".Principal"),
      principals(statement.not_principal, ".NotPrincipal"), conditions_of(policy, statement, path),
      place.line, place.column, to_str(path), statement.span.begin, statement.span.end,
      statement.expression.has_value());
}

py::list places_of(const Policy& policy) {
  py::list out;
  Places places(out);
  places.add("", policy.span);
  places.add("Version", policy.version);
  places.add("Id", policy.id);
  if (policy.has_statement && policy.statement_is_list)
    places.add("Statement", policy.statement_span);
  for (const Statement& statement : policy.statements) {
    const std::string path = statement_path(policy, statement);
    places.add(path, statement.span);
    places.add(path + ".Sid", statement.sid);
    places.add(path + ".Effect", statement.effect_text);
    places.add(path + ".Action", statement.action);
    places.add(path + ".NotAction", statement.not_action);
    places.add(path + ".Resource", statement.resource);
    places.add(path + ".NotResource", statement.not_resource);
    places.add(path + ".Principal", statement.principal, policy);
    places.add(path + ".NotPrincipal", statement.not_principal, policy);
    places.add_conditions(path, statement);
  }
  for (const PolicyDiagnostic& diagnostic : policy.diagnostics)
    places.add(diagnostic.path, diagnostic.span);
  return out;
}

}  // namespace iamcheck::python
