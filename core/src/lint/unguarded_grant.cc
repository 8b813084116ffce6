#include "lint/unguarded_grant.h"

#include <algorithm>
#include <optional>

#include "iamcheck/arn.h"
#include "iamcheck/condition_operator.h"
#include "lint/every_resource.h"
#include "match/overlap.h"
#include "text/ascii.h"

namespace iamcheck {

const GuardedAction kPassRole{
    "iam:PassRole", {"iam:PassedToService", "iam:AssociatedResourceArn"}, false};
const GuardedAction kCreateServiceLinkedRole{
    "iam:CreateServiceLinkedRole", {"iam:AWSServiceName", "iam:AWSServiceName"}, true};

namespace {

constexpr std::string_view kEveryRole = "arn:aws:iam::*:role/*";

// `*.amazonaws.com` and the like: every name of a service ends so.
bool is_every_service(std::string_view pattern) {
  const std::size_t named = pattern.find_first_not_of('*');
  return named != 0 && named != std::string_view::npos &&
         std::string_view(".amazonaws.com").ends_with(pattern.substr(named));
}

bool is_open(const Text& value, bool named_values) {
  if (value.unresolved) return false;
  if (named_values) return value.value.starts_with('*');
  return is_every_resource(value.value) || is_every_service(value.value);
}

// Operators that AWS takes for a limit; by our own measure a few more are one.
bool is_limit(const ConditionOperator& op, Profile profile) {
  const std::string_view name = op.base->name;
  if (name == "StringLike") return true;
  if (op.if_exists) return false;
  if (name == "StringEquals") return true;
  return profile != Profile::kAccessAnalyzer &&
         (name == "StringEqualsIgnoreCase" || name == "ArnEquals" || name == "ArnLike");
}

bool limits(const ConditionPlace& place, const GuardedAction& guarded, Profile profile) {
  const ConditionEntry& entry = place.entry;
  // What the template will say is given the benefit of the doubt.
  if (entry.condition_operator.unresolved || entry.key.unresolved) return true;
  if (std::ranges::none_of(guarded.keys, [&](std::string_view key) {
        return equals_ignoring_case(entry.key.value, key);
      }))
    return false;
  // ForAllValues is true when the key is missing: no limit.
  if (!place.op || place.op->set == SetQualifier::kForAllValues || !is_limit(*place.op, profile))
    return false;
  if (place.op->base->name == "StringEquals" && !guarded.named_values) return true;
  return std::ranges::none_of(
      entry.values, [&](const Text& value) { return is_open(value, guarded.named_values); });
}

bool is_readable(const Text& text) { return !text.unresolved && !has_placeholder(text.value); }

// The entry of the wanted form; for NotAction its first entry, as a sign.
const Text* action_of(const Statement& statement, const GuardedAction& guarded, ActionForm form) {
  const auto covers = [&](const Text& text) {
    // Most entries speak of another service: no pattern need be made of them.
    const std::string_view service = std::string_view(text.value).substr(0, text.value.find(':'));
    if (service.find_first_of("*?") == std::string_view::npos &&
        !equals_ignoring_case(service, guarded.name.substr(0, guarded.name.find(':'))))
      return false;
    return is_readable(text) && ActionPattern(text.value).matches(guarded.name);
  };
  if (form == ActionForm::kNotAction) {
    if (!statement.not_action || statement.action) return nullptr;
    const std::vector<Text>& values = statement.not_action->values;
    const bool kept = std::ranges::all_of(
        values, [&](const Text& text) { return is_readable(text) && !covers(text); });
    return kept && !values.empty() ? values.data() : nullptr;
  }
  if (!statement.action || statement.not_action) return nullptr;
  const std::vector<Text>& values = statement.action->values;
  const auto literal = std::ranges::find_if(values, [&](const Text& text) {
    return !text.unresolved && equals_ignoring_case(text.value, guarded.name);
  });
  if (form == ActionForm::kLiteral) return literal == values.end() ? nullptr : &*literal;
  if (literal != values.end()) return nullptr;
  const auto pattern = std::ranges::find_if(values, covers);
  return pattern == values.end() ? nullptr : &*pattern;
}

std::size_t index_in(const ListElement& list, const Text& text) {
  return static_cast<std::size_t>(&text - list.values.data());
}

// Where no other rule says the same, and nothing takes it away again.
bool is_news(RuleContext& context, const GuardedAction& guarded, const UnguardedGrant& grant,
             ActionForm form) {
  if (context.grants().denies(context.catalogue(), guarded.name)) return false;
  const Statement& statement = *grant.statement;
  if (form == ActionForm::kPattern && ActionText(grant.action->value).everything) {
    return false;  // star-action, admin-star-star
  }
  if (statement.not_resource) {
    const bool variables = context.policy().has_variables();
    const std::vector<Text>& left_out = statement.not_resource->values;
    return std::ranges::none_of(left_out, [&](const Text& entry) {
      return !is_readable(entry) || overlap_of(entry.value, kEveryRole, variables) == Overlap::kAll;
    });
  }
  if (form != ActionForm::kPattern || has_condition(statement)) return true;
  const ActionText written(grant.action->value);
  return !(is_everything(written.name) && equals_ignoring_case(written.service, "iam"));
}

bool name_action(const Policy& policy, const Statement& statement, const GuardedAction& guarded,
                 ActionForm form, UnguardedGrant& grant) {
  const Text* action = action_of(statement, guarded, form);
  if (action == nullptr) return false;
  if (statement.not_action) {
    grant.action_span = statement.not_action->name_span;
    grant.action_path = path_of(policy, statement) + ".NotAction";
  } else if (statement.action) {
    const ListElement& list = *statement.action;
    grant.action = action;
    grant.action_span = action->span;
    grant.action_path =
        path_of(policy, ListEntry{statement, "Action", list, index_in(list, *action), *action});
  }
  return true;
}

bool name_resource(const Policy& policy, const Statement& statement, ResourceForm form,
                   UnguardedGrant& grant) {
  if (statement.resource.has_value() == statement.not_resource.has_value()) return false;
  if (statement.not_resource && form == ResourceForm::kNotResource) {
    grant.resource_span = statement.not_resource->name_span;
    grant.resource_path = path_of(policy, statement) + ".NotResource";
    return true;
  }
  if (!statement.resource || form != ResourceForm::kStar) return false;
  const ListElement& list = *statement.resource;
  const auto star = std::ranges::find_if(
      list.values, [](const Text& text) { return !text.unresolved && text.value == "*"; });
  if (star == list.values.end()) return false;
  grant.resource_span = star->span;
  grant.resource_path =
      path_of(policy, ListEntry{statement, "Resource", list, index_in(list, *star), *star});
  return true;
}

std::optional<UnguardedGrant> grant_of(RuleContext& context, const Statement& statement,
                                       const GuardedAction& guarded, ActionForm action,
                                       ResourceForm resource) {
  UnguardedGrant grant;
  grant.statement = &statement;
  if (!is_grant(statement) || !name_action(context.policy(), statement, guarded, action, grant) ||
      !name_resource(context.policy(), statement, resource, grant))
    return std::nullopt;
  for (const ConditionPlace& place : condition_places(statement)) {
    if (limits(place, guarded, context.profile())) return std::nullopt;
  }
  return grant;
}

}  // namespace

std::vector<UnguardedGrant> unguarded_grants(RuleContext& context, const GuardedAction& guarded,
                                             ActionForm action, ResourceForm resource) {
  std::vector<UnguardedGrant> grants;
  for (const Statement& statement : context.policy().statements) {
    auto grant = grant_of(context, statement, guarded, action, resource);
    if (!grant) continue;
    if (context.profile() != Profile::kAccessAnalyzer && !is_news(context, guarded, *grant, action))
      continue;
    grants.push_back(std::move(*grant));
  }
  return grants;
}

}  // namespace iamcheck
