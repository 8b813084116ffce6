#include "wire/test_table.h"

#include <array>
#include <utility>
#include <vector>

#include "text/utf8.h"
#include "wire/test_fixtures.h"

namespace iamcheck {
namespace {

struct Axis {
  const char* list;    // in the table
  const char* member;  // in the case
};
constexpr std::array<Axis, 3> kAxes = {
    {{"principals", "principal"}, {"actions", "action"}, {"resources", "resource"}}};

std::string quoted(std::string_view text) { return "`" + escape_hidden(text.substr(0, 120)) + "`"; }

// The expectation of a cell: at each level the name, else `*`.
const Node* expectation(const Node* expect, const std::array<const Node*, 3>& cell) {
  for (const Node* value : cell) {
    if (expect == nullptr || !expect->is_object()) break;
    const Node* named = expect->find(value->text);
    expect = named != nullptr ? named : expect->find("*");
  }
  return expect;
}

// A name in `expect` that no list has is a cell that nobody tests.
std::optional<Error> check_names(const Node& expect, const Node& table, std::size_t axis) {
  if (!expect.is_object()) return std::nullopt;
  if (axis == kAxes.size()) {
    return Error{ErrorCode::kInvalidArgument,
                 "`expect` is nested deeper than principal, action, resource",
                 "write an answer here", expect.span};
  }
  for (const Member& member : expect.members) {
    bool known = member.name == "*";
    for (const Node& item : table.find(kAxes[axis].list)->items) known |= item.text == member.name;
    if (!known) {
      return Error{ErrorCode::kUnknownName,
                   quoted(member.name) + " is not in `" + kAxes[axis].list + "` of the table",
                   "`expect` goes by principal, then action, then resource", member.name_span};
    }
    if (auto error = check_names(member.value, table, axis + 1)) return error;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> for_each_cell(const Node& table, const std::function<bool(const Node&)>& run) {
  Node base;
  base.kind = Node::Kind::kObject;
  base.span = table.span;
  for (const Member& member : table.members) {
    bool axis = member.name == "expect";
    for (const Axis& a : kAxes) axis |= member.name == a.list;
    if (!axis) base.members.push_back(member);
  }
  for (const Axis& axis : kAxes) {
    const Node* list = table.find(axis.list);
    bool texts = list != nullptr && list->is_list() && !list->items.empty();
    for (std::size_t i = 0; texts && i < list->items.size(); ++i) texts = list->items[i].is_text();
    if (!texts) {
      return Error{ErrorCode::kInvalidArgument,
                   std::string("a table needs `") + axis.list + "`, a list of texts",
                   "a table has `principals`, `actions`, `resources` and `expect`",
                   list == nullptr ? table.span : list->span};
    }
  }
  const Node* expect = table.find("expect");
  if (expect == nullptr) {
    return Error{ErrorCode::kInvalidArgument, "the table lacks `expect`",
                 "write one answer, or answers by principal, action and resource", table.span};
  }
  if (auto error = check_names(*expect, table, 0)) return error;
  for (const Node& principal : table.find("principals")->items) {
    for (const Node& action : table.find("actions")->items) {
      for (const Node& resource : table.find("resources")->items) {
        const std::array<const Node*, 3> cell = {&principal, &action, &resource};
        const Node* wanted = expectation(expect, cell);
        if (wanted == nullptr) {
          return Error{ErrorCode::kInvalidArgument,
                       "the table expects nothing of " + quoted(principal.text) + ", " +
                           quoted(action.text) + ", " + quoted(resource.text),
                       "name it in `expect`, or write `*` for the rest", expect->span};
        }
        Node one = base;
        for (std::size_t i = 0; i < cell.size(); ++i)
          one.members.push_back({kAxes[i].member, cell[i]->span, *cell[i]});
        one.members.push_back({"expect", wanted->span, *wanted});
        if (!run(one)) return std::nullopt;
      }
    }
  }
  return std::nullopt;
}

}  // namespace iamcheck
