// "A key of one type is missing for the others, hence ...IfExists." AWS's own example is a policy
// for ec2:RunInstances that asks for ec2:InstanceType: without IfExists it denies, since the
// subnet, the image and the network interface have no such key. Source: IAM User Guide, "IAM JSON
// policy elements: Condition operators", `...IfExists`.
#include "evaluate/unit_scope.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "evaluate/resource_form.h"
#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

bool lists(const CatalogueList<ConditionKey>& keys, const ConditionKey& key) {
  for (const ConditionKey& one : keys) {
    if (one == key) return true;
  }
  return false;
}

// Global keys that AWS sends with some resources only. The catalogue tells which ones can have
// them, not which ones of this call do.
bool is_about_tags(const ContextKey& key) {
  constexpr std::array<std::string_view, 3> kBeginnings = {"aws:requesttag/", "aws:resourcetag/",
                                                           "aws:tagkeys"};
  return std::ranges::any_of(kBeginnings,
                             [&](auto text) { return key.folded().starts_with(text); });
}

bool has_account(const std::string& resource) {
  const std::optional<Arn> arn = Arn::parse(resource);
  return arn && is_account_id(arn->account);
}

}  // namespace

std::optional<Error> check_units(const Call& call) {
  if (call.units.empty())
    return Error{ErrorCode::kInvalidArgument,
                 "the call has no unit",
                 "give it an action and a resource at least",
                 {}};
  if (call.units.size() > Call::kMaxUnits)
    return Error{ErrorCode::kLimitExceeded,
                 "the call has more than " + std::to_string(Call::kMaxUnits) + " units",
                 "ask in several calls",
                 {}};
  return std::nullopt;
}

std::optional<Error> check_statements(std::span<const UnitQuestion> units) {
  std::size_t statements = 0;
  for (const UnitQuestion& unit : units) {
    for (const AttachedPolicy& attached : unit.policies.policies())
      statements += attached.policy->statements.size();
  }
  if (statements <= Call::kMaxStatements) return std::nullopt;
  return Error{
      ErrorCode::kLimitExceeded,
      "the units have more than " + std::to_string(Call::kMaxStatements) + " statements together",
      "ask in several calls",
      {}};
}

UnitScope::UnitScope(const Call& call, const Catalogue& catalogue)
    : call_(call), catalogue_(catalogue) {
  known_.reserve(call.units.size());
  for (const CallUnit& unit : call.units) {
    Known known{catalogue.find_action(unit.action), {}};
    if (known.action.has_value()) {
      for (const ResourceUse& use : known.action->resource_types()) {
        if (is_of_type(unit.resource, use.type())) known.uses.push_back(use);
      }
    }
    known_.push_back(std::move(known));
  }
}

bool UnitScope::has(const Known& unit, const ConditionKey& key) const {
  if (!unit.action.has_value()) return true;  // nothing is known about it
  if (lists(unit.action->own_condition_keys(), key)) return true;
  // `*`, or a resource that the catalogue does not know, may be of any type.
  if (unit.uses.empty()) return lists(unit.action->condition_keys(), key);
  return std::ranges::any_of(
      unit.uses, [&](const ResourceUse& use) { return lists(use.condition_keys(), key); });
}

bool UnitScope::leaves_out(std::size_t unit, std::string_view name) const {
  if (known_.size() == 1) return false;
  const std::optional<ConditionKey> key = catalogue_.find_condition_key(name);
  if (!key || key->global() || key->name().starts_with("aws:")) return false;
  if (has(known_[unit], *key)) return false;
  // A key that belongs to nothing in the call is used as given, like that of a single question.
  return std::ranges::any_of(known_, [&](const Known& one) {
    return one.action.has_value() && lists(one.action->condition_keys(), *key);
  });
}

RequestFields UnitScope::fields(std::size_t unit, UnitQuestion& question) const {
  const CallUnit& asked = call_.units[unit];
  RequestFields fields = call_.fields;
  fields.action = asked.action;
  fields.resource = asked.resource;
  if (!asked.resource_account.empty()) {
    fields.resource_account = asked.resource_account;
  } else if (known_.size() > 1 && has_account(asked.resource)) {
    fields.resource_account.clear();
  }
  fields.context = Context(call_.fields.context.mode());
  for (const Context::Entry& entry : call_.fields.context.entries()) {
    const std::string& name = entry.key.name();
    if (asked.context.has(name)) continue;
    const bool given = entry.state != ContextValue::State::kAbsent;
    if (given && leaves_out(unit, name)) {
      question.left_out.push_back(name);
      fields.context.set_absent(name);
      continue;
    }
    fields.context.set(entry);
    if (given && known_.size() > 1 && is_about_tags(entry.key)) {
      question.warnings.push_back(
          {"tag-of-call", "`" + name +
                              "` was taken from the call; AWS sends a resource's own tags with it, "
                              "and tags of the request only with what the call tags: give them "
                              "unit by unit"});
    }
  }
  for (const Context::Entry& entry : asked.context.entries()) fields.context.set(entry);
  return fields;
}

void UnitScope::leave_out_tested(std::size_t unit, UnitQuestion& question) const {
  if (known_.size() == 1 || call_.fields.context.mode() != Context::Mode::kAsk) return;
  RequestFields fields = question.request.fields();
  std::set<std::string> seen;
  for (const AttachedPolicy& attached : question.policies.policies()) {
    for (const Statement& statement : attached.policy->statements) {
      for (const ConditionEntry& condition : statement.conditions) {
        const std::string& name = condition.key.value;
        if (!seen.insert(ascii_lower(name)).second) continue;
        if (fields.context.has(name) || !leaves_out(unit, name)) continue;
        question.left_out.push_back(name);
        fields.context.set_absent(name);
      }
    }
  }
  question.request = Request(std::move(fields));
}

}  // namespace iamcheck
