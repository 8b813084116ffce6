// Elements that a statement or a policy must have, must not have, or has with a wrong word.
#include <algorithm>
#include <array>

#include "iamcheck/condition_operator.h"
#include "lint/context.h"
#include "lint/deletion.h"
#include "lint/edits.h"
#include "lint/written_variable.h"
#include "text/edit_distance.h"

namespace iamcheck {
namespace {

constexpr std::string_view kCurrentVersion = "2012-10-17";
constexpr std::string_view kFirstVersion = "2008-10-17";

// Repositories of ECR are the resource of their policy, which names none (Amazon ECR User Guide,
// "Private repository policies"); roles are that of their trust policy, which Access Analyzer is to
// be told.
bool names_no_resource(const Statement& statement, bool as_aws) {
  const auto& actions = statement.action ? statement.action : statement.not_action;
  if (!actions || actions->values.empty()) return false;
  return std::all_of(actions->values.begin(), actions->values.end(), [&](const Text& action) {
    if (action.unresolved) return true;
    const std::string service = ActionPattern(action.value).service();
    return service == "ecr" || service == "ecr-public" || (!as_aws && service == "sts");
  });
}

// Where in `{` ... `}` a first member goes, and how it is set apart from the brace. Nothing when
// the text is not plain JSON.
std::optional<Fix> version_fix(const Policy& policy) {
  if (!policy.source || !policy.has_statement) return std::nullopt;
  const std::string_view text = policy.source->slice(policy.span);
  // With a Version the variables that are plain text today would begin to work.
  if (may_have_variables(policy)) return std::nullopt;
  const std::size_t first = text.find_first_not_of(" \t\r\n", 1);
  if (!text.starts_with("{") || first == std::string_view::npos || text[first] != '"') {
    return std::nullopt;
  }
  const std::string gap(text.substr(1, first - 1));
  const Span place{policy.span.source, policy.span.begin + 1, policy.span.begin + 1};
  const std::string member = "\"Version\": \"" + std::string(kCurrentVersion) + "\",";
  return Fix{true,
             "insert `\"Version\": \"2012-10-17\"`",
             {{place, gap + member + (gap.empty() ? " " : "")}}};
}

std::optional<Fix> effect_fix(const Policy& policy, const Text& effect) {
  for (std::string_view right : {"Allow", "Deny"}) {
    if (edit_distance(effect.value, right, 0) != 0u || !policy.source) continue;
    if (!policy.source->slice(effect.span).starts_with("\"")) continue;
    return Fix{true,
               "write `" + std::string(right) + "`",
               {{effect.span, "\"" + std::string(right) + "\""}}};
  }
  return std::nullopt;
}

// Of Effect, where no variable works either.
bool has_open_letters(const RuleContext& context, std::string_view text) {
  return context.profile() != Profile::kAccessAnalyzer && has_placeholder(text);
}

}  // namespace

void check_missing_version(RuleContext& context) {
  const Policy& policy = context.policy();
  if (policy.version || context.mistyped("Version")) return;
  Finding& finding = context.report(policy.span, "", "the policy has no `Version`");
  finding.notes.push_back(
      "without one the language of 2008-10-17 applies, where `${...}` is plain text");
  finding.help = "add `\"Version\": \"2012-10-17\"` as the first element";
  finding.fix = version_fix(policy);
}

void check_invalid_version(RuleContext& context) {
  const std::optional<Text>& version = context.policy().version;
  if (!version || version->unresolved || is_left_open(context, version->value)) return;
  if (version->value == kCurrentVersion || version->value == kFirstVersion) return;
  Finding& finding = context.report(
      version->span, "Version", quoted(version->value) + " is no version of the policy language");
  finding.help = "write `2012-10-17`: it names the language, not the day of the policy";
  finding.fix = Fix{
      false, "write `2012-10-17`", {{version->span, "\"" + std::string(kCurrentVersion) + "\""}}};
}

void check_missing_effect(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    const std::string path = path_of(context.policy(), statement);
    if (statement.expression || statement.effect_text || context.mistyped(path + ".Effect"))
      continue;
    Finding& finding = context.report(statement.span, path, "the statement has no `Effect`");
    finding.help = "say `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`";
  }
}

void check_invalid_effect(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    if (!statement.effect_text || statement.effect || statement.effect_text->unresolved) continue;
    const Text& effect = *statement.effect_text;
    if (has_open_letters(context, effect.value)) continue;
    Finding& finding =
        context.report(effect.span, path_of(context.policy(), statement) + ".Effect",
                       quoted(effect.value) + " is no effect; AWS refuses this policy");
    const std::string near = nearest_name(effect.value, {"Allow", "Deny"});
    finding.help = near.empty() ? "an effect is exactly `Allow` or `Deny`" : did_you_mean({near});
    finding.fix = effect_fix(context.policy(), effect);
  }
}

void check_missing_action(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    if (statement.expression || statement.action || statement.not_action) continue;
    Finding& finding = context.report(statement.span, path_of(context.policy(), statement),
                                      "the statement has neither `Action` nor `NotAction`");
    finding.help = "name the actions that it is about";
  }
}

void check_missing_resource(RuleContext& context) {
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  for (const Statement& statement : context.policy().statements) {
    if (statement.expression || statement.resource || statement.not_resource) continue;
    if (context.kind() == PolicyKind::kResource && names_no_resource(statement, as_aws)) continue;
    Finding& finding = context.report(statement.span, path_of(context.policy(), statement),
                                      "the statement has neither `Resource` nor `NotResource`");
    finding.help = "name the resources, or write `\"Resource\": \"*\"` when the actions know none";
  }
}

void check_missing_principal(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    if (statement.expression || statement.principal || statement.not_principal) continue;
    Finding& finding =
        context.report(statement.span, path_of(context.policy(), statement),
                       "the statement of a " + std::string(info(context.kind()).title) +
                           " has neither `Principal` nor `NotPrincipal`");
    finding.help = "say who it is about, such as `\"Principal\": {\"AWS\": \"111122223333\"}`";
  }
}

void check_empty_principal_object(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    auto report = [&](std::string_view name, const std::optional<PrincipalElement>& element) {
      const std::string path = path_of(context.policy(), statement) + "." + std::string(name);
      if (!element || !element->entries.empty() || context.mistyped(path)) return;
      // `{"AWS": []}` has no entry either, and a type that is no type has been reported.
      if (!is_empty_object(context.policy(), element->span)) return;
      Finding& finding =
          context.report(element->span, path, "`" + std::string(name) + "` names nobody");
      finding.help = "say who is meant, such as `{\"AWS\": \"111122223333\"}`, or `\"*\"`";
    };
    report("Principal", statement.principal);
    report("NotPrincipal", statement.not_principal);
  }
}

void check_principal_not_supported(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    auto report = [&](std::string_view name, const std::optional<PrincipalElement>& element) {
      if (!element) return;
      Finding& finding = context.report(
          element->name_span, path_of(context.policy(), statement) + "." + std::string(name),
          "a " + std::string(info(context.kind()).title) + " takes no `" + std::string(name) + "`");
      if (context.kind() == PolicyKind::kIdentity) finding.message.insert(1, "n");
      finding.notes.push_back("the policy is about whom it is attached to");
      finding.help = "remove the element, or attach the policy to the resource";
      const auto edit = deletion_of(context.policy(), statement, element->name_span, element->span);
      if (edit) finding.fix = Fix{false, "remove the element", {*edit}};
    };
    report("Principal", statement.principal);
    report("NotPrincipal", statement.not_principal);
  }
}

void check_unknown_operator(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    const Span* last = nullptr;
    for (const ConditionEntry& entry : statement.conditions) {
      const Text& name = entry.condition_operator;
      // The keys of one operator stand side by side: one finding for all of them.
      if (last != nullptr && *last == name.span) continue;
      last = &name.span;
      if (name.unresolved || is_left_open(context, name.value)) continue;
      if (parse_condition_operator(name.value)) continue;  // `NullIfExists`: null-ifexists
      Finding& finding = context.report(
          name.span, path_of(context.policy(), statement) + ".Condition." + name.value,
          quoted(name.value) + " is no condition operator");
      const std::string near = suggest_condition_operator(name.value);
      finding.help = near.empty() ? "`iamcheck rule unknown-operator` lists the operators"
                                  : did_you_mean({near});
    }
  }
}

void check_conflicting_elements(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    auto report = [&](std::string_view name, const auto& element, const auto& negated) {
      if (!element || !negated) return;
      std::string message = "`";
      message.append(name)
          .append("` and `Not")
          .append(name)
          .append("` stand in one statement; AWS refuses this policy");
      Finding& finding = context.report(
          negated->name_span, path_of(context.policy(), statement) + ".Not" + std::string(name),
          std::move(message));
      finding.related.push_back({element->name_span, "the other one"});
      finding.help = "keep one of the two, or write two statements";
    };
    report("Principal", statement.principal, statement.not_principal);
    report("Action", statement.action, statement.not_action);
    report("Resource", statement.resource, statement.not_resource);
  }
}

void check_old_version(RuleContext& context) {
  const Policy& policy = context.policy();
  if (!policy.version || policy.version->unresolved || policy.version->value != kFirstVersion)
    return;
  Finding& finding = context.report(policy.version->span, "Version",
                                    "the policy is written in the language of 2008-10-17");
  finding.notes.emplace_back("policy variables such as `${aws:username}` do not work in it");
  finding.help = "write `2012-10-17`";
  // With the current version the variables that are plain text today would begin to work.
  if (may_have_variables(policy) || !is_plain(policy, *policy.version)) return;
  finding.fix =
      Fix{true, "write `2012-10-17`", {{policy.version->span, json_string(kCurrentVersion)}}};
}

}  // namespace iamcheck
