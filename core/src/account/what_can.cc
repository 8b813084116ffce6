#include <algorithm>
#include <set>

#include "account/survey.h"
#include "evaluate/resource_form.h"
#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxUnlistedTold = 8;

std::vector<std::string> forms_of(const Action& action) {
  std::vector<std::string> forms;
  for (const ResourceUse use : action.resource_types()) {
    for (const std::string_view form : use.type().arn_forms()) forms.push_back(form_pattern(form));
  }
  return forms;
}

// Actions that policies name and the catalogue does not have: new ones, or mistakes.
std::set<std::string> unlisted_actions(const PolicySet& policies) {
  std::set<std::string> names;
  for (const AttachedPolicy& attached : policies.policies()) {
    for (const Statement& statement : attached.policy->statements) {
      if (statement.effect != Effect::kAllow || !statement.action) continue;
      for (const Text& value : statement.action->values) {
        if (value.unresolved || has_wildcard(value.value) || ActionText(value.value).never)
          continue;
        if (!Catalogue::embedded().find_action(value.value)) names.insert(value.value);
      }
    }
  }
  return names;
}

void warn_of(const std::set<std::string>& unlisted, std::vector<DecisionWarning>& warnings) {
  std::size_t told = 0;
  for (const std::string& name : unlisted) {
    if (told++ == kMaxUnlistedTold) {
      warnings.push_back({"unknown-action", "the catalogue lacks " +
                                                std::to_string(unlisted.size() - kMaxUnlistedTold) +
                                                " more actions that the policies name"});
      return;
    }
    for (DecisionWarning& warning : check_names(name, {}, Catalogue::embedded()))
      warnings.push_back(std::move(warning));
  }
}

}  // namespace

Result<WhatCan> what_can(const Account& account, const Caller& caller, std::string_view resource,
                         const AccessOptions& options) {
  WhatCan result;
  result.principal = caller.principal;
  result.resource = resource;
  const std::optional<Arn> arn = Arn::parse(resource);
  if (!resource.empty() && !arn)
    return Error{ErrorCode::kInvalidArgument,
                 "`" + std::string(resource) + "` is no ARN",
                 "write the ARN of a resource, such as arn:aws:s3:::bucket/key; wildcards are fine",
                 {}};
  Survey survey(account, caller, options);
  const auto take = [&](ActionAccess access) {
    ++result.asked;
    if (access.reach != Reach::kNone) result.actions.push_back(std::move(access));
  };
  const std::string target(resource);
  for (const Action action : Catalogue::embedded().actions()) {
    if (arn && action.service().prefix() != arn->service) {
      // Some services write the ARNs of another one; their actions are asked about by its form.
      const auto forms = forms_of(action);
      const std::optional<Arn> form =
          forms.empty() ? std::nullopt : Arn::parse(std::string_view(forms.front()));
      if (!form || form->service != arn->service) continue;
    }
    const std::vector<std::string> forms = forms_of(action);
    if (!arn) {
      take(survey.anywhere(action.full_name(), forms));
    } else if (std::ranges::any_of(forms, [&](const std::string& form) {
                 return overlap_of_texts(form, target, true) != Overlap::kNone;
               })) {
      take(survey.on(action.full_name(), target));
    }
  }
  result.warnings = check_names("", options.context, Catalogue::embedded());
  const std::set<std::string> unlisted = unlisted_actions(survey.base().policies);
  warn_of(unlisted, result.warnings);
  for (const std::string& name : unlisted) {
    if (!arn) {
      take(survey.anywhere(name, {"arn:*:" + name.substr(0, name.find(':')) + ":*:*:*"}));
    } else if (name.starts_with(std::string(arn->service) + ":")) {
      take(survey.on(name, target));
    }
  }
  if (arn)
    result.assumptions = account
                             .ask(caller, {.principal = "",
                                           .principal_account = "",
                                           .action = std::string(arn->service) + ":x",
                                           .resource = target,
                                           .resource_account = options.resource_account,
                                           .context = options.context,
                                           .principal_role_arn = "",
                                           .issuer_arn = "",
                                           .management_account = ""})
                             .assumptions;
  std::ranges::stable_sort(result.actions, {}, &ActionAccess::action);
  return result;
}

}  // namespace iamcheck
