#include "wire/test_names.h"

#include <algorithm>

#include "iamcheck/request.h"
#include "text/edit_distance.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

std::string quoted(std::string_view text) { return "`" + escape_hidden(text.substr(0, 120)) + "`"; }

std::string nearest_fixture(const Node& document, std::string_view group, const std::string& word) {
  std::vector<std::string_view> names;
  const Node* fixtures = document.is_object() ? document.find(group) : nullptr;
  if (fixtures != nullptr) {
    for (const Member& member : fixtures->members) names.push_back(member.name);
  }
  return nearest_name(word, names);
}

// An ARN with parts missing is decided as written, with a warning.
bool is_principal(const std::string& text) {
  return text == "*" || text.starts_with("arn:") ||
         Principal::parse(text).kind != Principal::Kind::kOther;
}

bool is_resource(const std::string& text) { return text == "*" || text.starts_with("arn:"); }

bool is_action(const std::string& text) {
  const std::size_t colon = text.find(':');
  return colon != std::string::npos && colon != 0 && colon + 1 < text.size() &&
         text.find_first_of("*?") == std::string::npos;
}

}  // namespace

std::optional<Error> find_duplicate_key(const Node& root) {
  if (root.is_object() && root.find("Statement") != nullptr) return std::nullopt;
  std::vector<const Member*> members;
  members.reserve(root.members.size());
  for (const Member& member : root.members) members.push_back(&member);
  std::ranges::stable_sort(members, {}, &Member::name);
  const auto twice = std::ranges::adjacent_find(members, {}, &Member::name);
  if (twice != members.end()) {
    return Error{
        ErrorCode::kInvalidArgument, quoted((*twice)->name) + " stands twice in one object",
        "only one of them would count: remove one, or join them", (*std::next(twice))->name_span};
  }
  for (const Member& member : root.members) {
    if (auto error = find_duplicate_key(member.value)) return error;
  }
  for (const Node& item : root.items) {
    if (auto error = find_duplicate_key(item)) return error;
  }
  return std::nullopt;
}

namespace {

std::optional<Error> check_members(const Node& completed, const Node& written,
                                   const Node& document) {
  struct Row {
    const char* member;
    const char* group;
    bool (*good)(const std::string&);
    const char* what;
    const char* help;
  };
  static constexpr Row kRows[] = {
      {"principal", "principals", is_principal, "neither a principal nor a name of one",
       "write an ARN, a service such as ec2.amazonaws.com, `*anonymous*`, or a name under "
       "`principals`"},
      {"action", "", is_action, "no action", "write service:Name in full, such as s3:GetObject"},
      {"resource", "resources", is_resource, "neither a resource nor a name of one",
       "write an ARN, `*`, or a name under `resources`"},
  };
  for (const Row& row : kRows) {
    const Node* value = completed.find(row.member);
    if (value == nullptr || !value->is_text() || row.good(value->text)) continue;
    const std::string near = nearest_fixture(document, row.group, value->text);
    const Node* place = written.find(row.member);
    return Error{ErrorCode::kUnknownName, quoted(value->text) + " is " + row.what,
                 near.empty() ? row.help : "did you mean `" + escape_hidden(near) + "`?",
                 place != nullptr ? place->span : value->span};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> check_words(const Node& completed, const Node& written, const Node& document) {
  if (auto error = check_members(completed, written, document)) return error;
  const Node* units = completed.find("units");
  if (units == nullptr) return std::nullopt;
  for (const Node& unit : units->items) {
    if (!unit.is_object()) continue;
    if (auto error = check_members(unit, unit, document)) return error;
  }
  return std::nullopt;
}

std::vector<Error> check_fixtures(const Node& document,
                                  std::span<const std::string_view> case_members) {
  std::vector<Error> errors;
  const auto check = [&](const std::string& place, const Node& fixture) {
    for (const Member& member : fixture.members) {
      if (std::ranges::find(case_members, member.name) == case_members.end()) continue;
      errors.push_back({ErrorCode::kInvalidArgument,
                        place + " says `" + member.name + "`, which is no part of a request",
                        "write it in each case", member.name_span});
    }
  };
  const Node* defaults = document.find("defaults");
  if (defaults != nullptr && !defaults->is_object() && defaults->kind != Node::Kind::kNull)
    errors.push_back(
        {ErrorCode::kInvalidArgument,
         "`defaults` is a " + std::string(to_string(defaults->kind)) + ", not an object",
         "write the members of a request that all cases share", defaults->span});
  if (defaults != nullptr) check("`defaults`", *defaults);
  for (const char* group : {"principals", "resources"}) {
    const Node* fixtures = document.find(group);
    if (fixtures == nullptr) continue;
    for (const Member& fixture : fixtures->members)
      check(quoted(fixture.name) + " under `" + group + "`", fixture.value);
  }
  return errors;
}

std::optional<Error> check_expectations(const Node& given) {
  if (const Node* by = given.find("decidedBy")) {
    bool good = by->is_object() && !by->members.empty();
    for (const Member& member : by->members)
      good &= (member.name == "policy" || member.name == "sid") && member.value.is_text();
    if (!good)
      return Error{ErrorCode::kInvalidArgument, "`decidedBy` names no statement",
                   "write {policy: NAME, sid: SID}, or one of the two", by->span};
  }
  if (const Node* keys = given.find("missingContext")) {
    if (!keys->is_list() || !std::ranges::all_of(keys->items, &Node::is_text))
      return Error{ErrorCode::kInvalidArgument, "`missingContext` is no list of keys",
                   "write [aws:SourceIp, ...], or []", keys->span};
  }
  return std::nullopt;
}

}  // namespace iamcheck
