#include "wire/unit_reader.h"

#include <optional>
#include <utility>

#include "iamcheck/arn.h"
#include "text/utf8.h"
#include "wire/request_reader.h"

namespace iamcheck {
namespace {

constexpr std::string_view kMembers = "`action`, `resource`, `resourceAccountId` and `context`";

Error wrong(const Node& node, std::string message, std::string help) {
  return {ErrorCode::kInvalidArgument, std::move(message), std::move(help), node.span};
}

class UnitReader {
 public:
  UnitReader(std::string place, std::vector<DecisionWarning>& warnings)
      : place_(std::move(place)), warnings_(warnings) {}

  std::optional<Error> read(const Node& object, CallUnit& unit) {
    if (!object.is_object())
      return wrong(
          object,
          "`" + place_ + "` is a " + std::string(to_string(object.kind)) + ", not an object",
          "a unit has " + std::string(kMembers));
    for (const Member& member : object.members) {
      if (auto error = read_member(member.name, member.value, unit)) return error;
    }
    for (const auto& [name, text] :
         {std::pair{"action", &unit.action}, std::pair{"resource", &unit.resource}}) {
      if (text->empty())
        return wrong(object, "`" + place_ + "` lacks `" + name + "`",
                     "a unit has an `action`, or takes that of the request, and a `resource`");
    }
    return std::nullopt;
  }

 private:
  std::optional<Error> read_member(const std::string& name, const Node& value, CallUnit& unit) {
    if (name == "context") return read_context(value, unit.context);
    std::string* text = name == "action"              ? &unit.action
                        : name == "resource"          ? &unit.resource
                        : name == "resourceAccountId" ? &unit.resource_account
                                                      : nullptr;
    if (text == nullptr) {
      warnings_.push_back({"unknown-member", "`" + place_ + "` has the unknown member `" +
                                                 escape_hidden(name.substr(0, 120)) + "`"});
      return std::nullopt;
    }
    if (!value.is_text())
      return wrong(value,
                   "`" + place_ + "." + name + "` is a " + std::string(to_string(value.kind)) +
                       ", not a string",
                   "a unit has " + std::string(kMembers));
    *text = value.text;
    if (text == &unit.resource_account && !is_account_id(*text))
      return wrong(value, "`" + place_ + "." + name + "` is no account id",
                   "it is an account id of 12 digits");
    return std::nullopt;
  }

  std::string place_;
  std::vector<DecisionWarning>& warnings_;
};

}  // namespace

Result<std::vector<CallUnit>> read_units(const Node& list, const std::string& action,
                                         std::vector<DecisionWarning>& warnings) {
  if (!list.is_list() || list.items.empty())
    return wrong(list, "`units` is no list of units",
                 "write [{\"action\": ..., \"resource\": ...}, ...]");
  if (list.items.size() > Call::kMaxUnits)
    return Error{ErrorCode::kLimitExceeded,
                 "`units` has more than " + std::to_string(Call::kMaxUnits) + " units",
                 "ask in several requests", list.span};
  std::vector<CallUnit> units;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    CallUnit unit{action, ""};
    UnitReader reader("units[" + std::to_string(i) + "]", warnings);
    if (auto error = reader.read(list.items[i], unit)) return *std::move(error);
    units.push_back(std::move(unit));
  }
  return units;
}

}  // namespace iamcheck
