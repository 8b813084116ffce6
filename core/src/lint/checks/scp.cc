// Service control policies. Source: AWS Organizations User Guide, "SCP syntax", which takes the
// whole policy language since 2025-09-19.
#include <algorithm>
#include <string>

#include "iamcheck/arn.h"
#include "lint/context.h"
#include "lint/deletion.h"
#include "lint/principal_places.h"

namespace iamcheck {
namespace {

constexpr std::string_view kSince =
    "AWS Organizations takes it since 2025-09-19, older tools do not";

bool has_everything(const std::optional<ListElement>& list) {
  return list && std::ranges::any_of(list->values, [](const Text& text) {
           return !text.unresolved && is_everything(text.value);
         });
}

const Text* every_action(const Statement& statement) {
  if (!statement.action) return nullptr;
  const auto& values = statement.action->values;
  const auto found = std::ranges::find_if(values, [](const Text& text) {
    return !text.unresolved && ActionPattern(text.value).matches_everything();
  });
  return found == values.end() ? nullptr : &*found;
}

}  // namespace

void check_scp_principal(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    const auto report = [&](std::string_view name, const std::optional<PrincipalElement>& element) {
      if (!element) return;
      Finding& finding =
          context.report(element->name_span, path_of(policy, statement) + "." + std::string(name),
                         "a service control policy takes no `" + std::string(name) + "`");
      finding.notes.emplace_back("it is about every principal of the accounts it is attached to");
      finding.help = "remove the element; a condition on `aws:PrincipalArn` can spare somebody";
      if (const auto edit = deletion_of(policy, statement, element->name_span, element->span))
        finding.fix = Fix{false, "remove the element", {*edit}};
    };
    report("Principal", statement.principal);
    report("NotPrincipal", statement.not_principal);
  }
}

void check_scp_action_wildcard(RuleContext& context) {
  for (const ListEntry& entry : action_entries(context.policy())) {
    const std::string_view text = entry.text.value;
    const std::size_t wildcard = text.find_first_of("*?");
    if (!is_literal(entry.text) || wildcard == std::string_view::npos ||
        wildcard + 1 == text.size() || is_everything(text)) {
      continue;
    }
    Finding& finding = context.report(entry.text.span, path_of(context.policy(), entry),
                                      quoted(text) + " has a wildcard elsewhere than at its end");
    finding.notes.emplace_back(kSince);
    finding.help = "list the actions, or let the pattern end in `*`";
  }
}

void check_scp_allow_condition(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kAllow || !statement.condition_span) continue;
    Finding& finding =
        context.report(*statement.condition_span, path_of(policy, statement) + ".Condition",
                       "an Allow of a service control policy with a `Condition`");
    finding.notes.emplace_back(kSince);
    finding.help = "write it as a Deny with the opposite condition";
  }
}

void check_scp_allow_notaction(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kAllow || !statement.not_action) continue;
    Finding& finding =
        context.report(statement.not_action->name_span, path_of(policy, statement) + ".NotAction",
                       "an Allow of a service control policy with `NotAction`");
    finding.notes.emplace_back(kSince);
    finding.help = "allow `*` and deny what is listed";
  }
}

void check_scp_allow_resource(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kAllow) continue;
    for (const ListEntry& entry : entries_of(statement, "Resource", statement.resource)) {
      if (!is_literal(entry.text) || is_everything(entry.text.value)) continue;
      Finding& finding =
          context.report(entry.text.span, path_of(policy, entry),
                         "an Allow of a service control policy for less than every resource");
      finding.notes.emplace_back(kSince);
      finding.help = "allow it on `*`, and deny it on what is to be kept";
    }
  }
}

void check_scp_notresource(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!statement.not_resource) continue;
    Finding& finding = context.report(statement.not_resource->name_span,
                                      path_of(policy, statement) + ".NotResource",
                                      "a service control policy with `NotResource`");
    finding.notes.emplace_back(kSince);
    finding.help = "name in `Resource` what is meant";
  }
}

void check_scp_deny_all(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (statement.effect != Effect::kDeny || has_condition(statement) ||
        statement.condition_malformed || !has_everything(statement.resource)) {
      continue;
    }
    const Text* action = every_action(statement);
    if (action == nullptr || !statement.action) continue;
    const ListElement& actions = *statement.action;
    std::string path = path_of(policy, statement) + ".Action";
    if (actions.is_list) path += "[" + std::to_string(action - actions.values.data()) + "]";
    Finding& finding =
        context.report(action->span, path, "everything is denied to everybody in the accounts");
    finding.notes.emplace_back(
        "that includes their administrators and root users; only the management account is spared");
    finding.help =
        "deny the actions that are meant, or spare roles with a condition on "
        "`aws:PrincipalArn`";
  }
}

}  // namespace iamcheck
