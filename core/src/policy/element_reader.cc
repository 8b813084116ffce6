#include "policy/element_reader.h"

#include <algorithm>
#include <map>

#include "policy/intrinsic.h"
#include "text/edit_distance.h"

namespace iamcheck {
namespace {

PrincipalEntry::Type principal_type(std::string_view name) {
  // Principal types are written exactly so (IAM User Guide, "AWS JSON policy elements: Principal").
  if (name == "AWS") return PrincipalEntry::Type::kAws;
  if (name == "Service") return PrincipalEntry::Type::kService;
  if (name == "Federated") return PrincipalEntry::Type::kFederated;
  if (name == "CanonicalUser") return PrincipalEntry::Type::kCanonicalUser;
  return PrincipalEntry::Type::kOther;
}

// A text, or what will be one when the template is deployed.
std::optional<Text> text_of(const Node& node) {
  if (node.is_text()) return Text{node.text, node.span, false};
  return unresolved_text(node);
}

}  // namespace

std::string child_path(const std::string& path, std::string_view member) {
  return path.empty() ? std::string(member) : path + "." + std::string(member);
}

std::string child_path(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

bool ElementReader::has_room(const std::string& path, std::size_t count) {
  if (exceeded_ || path.size() * count > left_) exceeded_ = true;
  if (!exceeded_) left_ -= path.size() * count;
  return !exceeded_;
}

std::vector<const Member*> ElementReader::members_of(const Node& object, const std::string& path) {
  if (!has_room(path, object.members.size())) return {};
  struct Occurrences {
    const Member* first;
    const Member* last;
  };
  std::map<std::string_view, Occurrences> by_name;
  for (const Member& member : object.members) {
    auto [place, fresh] = by_name.emplace(member.name, Occurrences{&member, &member});
    if (fresh) continue;
    place->second.last = &member;
    PolicyDiagnostic diagnostic;
    diagnostic.kind = PolicyDiagnostic::Kind::kDuplicateMember;
    diagnostic.message =
        "`" + member.name + "` stands twice in one object; only the last one counts";
    diagnostic.help = "merge the two, or remove one";
    diagnostic.span = member.name_span;
    diagnostic.path = child_path(path, member.name);
    diagnostic.related = place->second.first->name_span;
    diagnostics_.push_back(std::move(diagnostic));
  }
  std::vector<const Member*> members;
  members.reserve(by_name.size());
  for (const Member& member : object.members) {
    if (by_name.at(member.name).last == &member) members.push_back(&member);
  }
  return members;
}

void ElementReader::report_unknown(const Member& member, const std::string& path,
                                   std::string help) {
  PolicyDiagnostic diagnostic;
  diagnostic.kind = PolicyDiagnostic::Kind::kUnknownElement;
  diagnostic.message = "`" + member.name + "` is no element of " +
                       (path.find('[') == std::string::npos && path.find('.') == std::string::npos
                            ? std::string("a policy")
                            : std::string("a statement"));
  diagnostic.help = std::move(help);
  diagnostic.span = member.name_span;
  diagnostic.path = path;
  diagnostics_.push_back(std::move(diagnostic));
}

void ElementReader::report_principal_type(const Member& type, const std::string& path) {
  const std::string near =
      nearest_name(type.name, {"AWS", "Service", "Federated", "CanonicalUser"});
  PolicyDiagnostic diagnostic;
  diagnostic.kind = PolicyDiagnostic::Kind::kUnknownElement;
  diagnostic.message = "`" + type.name + "` is no type of principal";
  diagnostic.help = near.empty() ? "" : "did you mean `" + near + "`? ";
  diagnostic.help += "a principal is one of `AWS`, `Service`, `Federated`, `CanonicalUser`";
  diagnostic.span = type.name_span;
  diagnostic.path = path;
  diagnostic.of_principal = true;
  diagnostics_.push_back(std::move(diagnostic));
}

void ElementReader::report_type(const Node& node, const std::string& path,
                                std::string_view expected) {
  PolicyDiagnostic diagnostic;
  diagnostic.kind = PolicyDiagnostic::Kind::kWrongType;
  std::size_t dot = path.rfind('.');
  std::string element = dot == std::string::npos ? path : path.substr(dot + 1);
  if (element.empty()) element = "the policy";
  diagnostic.message = "`" + element + "` must be " + std::string(expected) + ", not " +
                       (node.kind == Node::Kind::kNull     ? ""
                        : node.kind == Node::Kind::kObject ? "an "
                                                           : "a ") +
                       std::string(to_string(node.kind));
  diagnostic.span = node.span;
  diagnostic.path = path;
  diagnostics_.push_back(std::move(diagnostic));
}

void ElementReader::report_principal_form(const Node& node, const std::string& path) {
  report_type(node, path, "`\"*\"` or an object such as {\"AWS\": ...}");
  diagnostics_.back().of_principal = node.is_text() || node.is_list();
}

std::optional<Text> ElementReader::text(const Node& node, const std::string& path) {
  if (std::optional<Text> text = text_of(node)) return text;
  report_type(node, path, "a string");
  return std::nullopt;
}

std::vector<Text> ElementReader::values(const Node& node, const std::string& path,
                                        bool scalars_as_text) {
  std::string_view expected = scalars_as_text ? "a string, a number, a boolean, or a list of them"
                                              : "a string or a list of strings";
  auto accepted = [&](const Node& value) -> std::optional<Text> {
    const bool scalar = value.kind == Node::Kind::kBool || value.kind == Node::Kind::kNumber;
    if (scalar && scalars_as_text) return Text{value.text, value.span, false};
    return text_of(value);
  };
  std::vector<Text> out;
  if (!has_room(path, node.items.size())) return out;
  if (!node.is_list()) {
    if (std::optional<Text> text = accepted(node)) {
      out.push_back(*std::move(text));
    } else {
      report_type(node, path, expected);
      diagnostics_.back().of_condition_value = scalars_as_text;
    }
    return out;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (std::optional<Text> text = accepted(node.items[i])) {
      out.push_back(*std::move(text));
    } else {
      report_type(node.items[i], child_path(path, i),
                  scalars_as_text ? "a string, a number or a boolean" : "a string");
      diagnostics_.back().of_condition_value = scalars_as_text;
    }
  }
  return out;
}

std::optional<ListElement> ElementReader::list(const Member& member, const std::string& path) {
  ListElement element;
  element.name_span = member.name_span;
  element.span = member.value.span;
  element.is_list = member.value.is_list();
  element.values = values(member.value, path, false);
  // An element whose only value is mistyped is still there: it matches nothing, it is not absent.
  return element;
}

void ElementReader::principal_values(const Member& type, const std::string& path,
                                     PrincipalElement& element) {
  for (Text& value : values(type.value, path, false)) {
    PrincipalEntry entry;
    entry.type = principal_type(type.name);
    entry.type_name = type.name;
    entry.type_span = type.name_span;
    if (entry.type == PrincipalEntry::Type::kAws && !value.unresolved && value.value == "*") {
      entry.type = PrincipalEntry::Type::kEveryone;
    }
    entry.value = std::move(value);
    element.entries.push_back(std::move(entry));
  }
}

std::optional<PrincipalElement> ElementReader::principal(const Member& member,
                                                         const std::string& path) {
  PrincipalElement element;
  element.name_span = member.name_span;
  element.span = member.value.span;
  if (std::optional<Text> text = text_of(member.value)) {
    PrincipalEntry entry;
    entry.bare = true;
    entry.value = *std::move(text);
    // S2: AWS knows only the bare `*`; another bare text is read as {"AWS": text}.
    bool everyone = !entry.value.unresolved && entry.value.value == "*";
    entry.type = everyone ? PrincipalEntry::Type::kEveryone : PrincipalEntry::Type::kAws;
    if (!everyone && !entry.value.unresolved) report_principal_form(member.value, path);
    element.entries.push_back(std::move(entry));
    return element;
  }
  if (!member.value.is_object()) {
    report_principal_form(member.value, path);
    return element;
  }
  for (const Member* counting : members_of(member.value, path)) {
    const Member& type = *counting;
    std::string type_path = child_path(path, type.name);
    if (principal_type(type.name) == PrincipalEntry::Type::kOther) {
      report_principal_type(type, type_path);
    }
    principal_values(type, type_path, element);
  }
  return element;
}

bool ElementReader::condition(const Node& block, const std::string& path,
                              std::vector<ConditionEntry>& entries) {
  if (std::optional<Text> text = unresolved_text(block)) {
    ConditionEntry entry;
    entry.condition_operator = *std::move(text);
    entry.key = {"", block.span, true};
    entry.span = block.span;
    entries.push_back(std::move(entry));
    return true;
  }
  if (!block.is_object()) {
    report_type(block, path, "an object of operators");
    return false;
  }
  bool well_typed = true;
  for (const Member* counting : members_of(block, path)) {
    const Member& operator_member = *counting;
    std::string operator_path = child_path(path, operator_member.name);
    if (std::optional<Text> text = unresolved_text(operator_member.value)) {
      ConditionEntry entry;
      entry.condition_operator = {operator_member.name, operator_member.name_span};
      entry.key = *std::move(text);
      entry.span = operator_member.value.span;
      entries.push_back(std::move(entry));
      continue;
    }
    if (!operator_member.value.is_object()) {
      report_type(operator_member.value, operator_path, "an object of condition keys");
      well_typed = false;
      continue;
    }
    for (const Member* counting_key : members_of(operator_member.value, operator_path)) {
      const Member& key = *counting_key;
      ConditionEntry entry;
      entry.condition_operator = {operator_member.name, operator_member.name_span};
      entry.key = {key.name, key.name_span};
      entry.span = key.value.span;
      entry.is_list = key.value.is_list();
      entry.values = values(key.value, child_path(operator_path, key.name), true);
      well_typed &= entry.values.size() == (entry.is_list ? key.value.items.size() : 1);
      entries.push_back(std::move(entry));
    }
  }
  return well_typed;
}

}  // namespace iamcheck
