#include <algorithm>
#include <set>

#include "account/borders.h"
#include "account/exact_reach.h"
#include "account/reach.h"
#include "evaluate/resource_form.h"
#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxParts = 32;
constexpr std::size_t kMaxUnlistedTold = 8;
constexpr EvaluateOptions kQuick{.trace = false, .warnings = false};

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

class Survey {
 public:
  Survey(const Account& account, const Caller& caller, const AccessOptions& options)
      : account_(account), caller_(caller), options_(options), any_("") {
    base_ = account_.ask(caller_, fields("iamcheck:none", "*"));
    narrowed_ = any_.apply(base_.policies);
    // Some resource may have a policy that nobody could read; those of IAM have none.
    open_ = base_;
    if (account_.snapshot().resources_unread)
      open_ = account_.ask(caller_, fields("iamcheck:none", "arn:aws:iamcheck:::any"));
    narrowed_open_ = any_.apply(open_.policies);
  }

  const AccountQuestion& base() const { return base_; }

  // Some resource of the action's types.
  ActionAccess anywhere(const std::string& action, const std::vector<std::string>& forms) {
    ActionAccess access;
    access.action = action;
    if (forms.empty()) {
      const Request request = request_of(action, "*");
      settle(evaluate(base_.policies, request, kQuick), base_, access);
      return access;
    }
    const std::string resource = own_form(forms.front());
    // Roles and keys have a policy that must agree: ask about each.
    const bool guarded = action.starts_with("sts:AssumeRole") || action.starts_with("kms:");
    if (guarded) return on_guarded(action, resource);
    const Request request = request_of(action, resource);
    const bool iam = action.starts_with("iam:");
    const AccountQuestion& base = iam ? base_ : open_;
    const PolicySet& narrowed = iam ? narrowed_ : narrowed_open_;
    settle(evaluate(narrowed, request, kQuick), base, access);
    if (access.reach == Reach::kAll && !sides_of(resource).empty()) {
      ReachAnswer sides = reach_of_sides(narrowed, request);
      access.reach = sides.reach;
      access.parts = std::move(sides.parts);
    }
    if (access.reach != Reach::kUndecided) return access;
    bool relevant = false;
    std::vector<std::string> entries = Narrowing::narrower_entries(base_.policies, "", request);
    for (const std::string& entry : entries) {
      const bool fits = std::ranges::any_of(forms, [&](const std::string& form) {
        return overlap_of_texts(form, entry, false) != Overlap::kNone;
      });
      if (!fits) continue;
      relevant = true;
      if (access.parts.size() >= kMaxParts) break;
      const AccountQuestion one = ask_about(account_, caller_, request, instance_of(entry));
      const Decision part = evaluate(one.policies, one.request, kQuick);
      if (part.kind == DecisionKind::kUndecided) access.parts.push_back({entry, Reach::kUndecided});
      if (!part.allowed()) continue;
      access.parts.push_back({entry, has_wildcard(entry) ? Reach::kSome : Reach::kAll});
      access.reach = Reach::kSome;
    }
    // Statements that name resources of other types only.
    if (!relevant && !entries.empty() && access.missing_context.empty() && base.unread.empty())
      access.reach = Reach::kNone;
    if (access.reach == Reach::kUndecided && access.missing_context.empty() && base.unread.empty())
      access.reach = Reach::kPossiblySome;
    return access;
  }

  // Roles and keys have a policy of their own, and those that the snapshot does not have may name
  // anybody. Nobody would want to read that of every principal and action: without a grant of the
  // principal's own, only the roles and keys that are known count.
  ActionAccess on_guarded(const std::string& action, const std::string& resource) {
    ActionAccess access = on(action, resource);
    const Request request = request_of(action, resource.substr(0, resource.rfind(':')) + ":*");
    const DecisionKind own = evaluate(narrowed_, request, kQuick).kind;
    const bool granted = own == DecisionKind::kAllowed || own == DecisionKind::kUndecided;
    if (access.reach != Reach::kUndecided || granted) return access;
    access.unread.clear();
    access.reach = Reach::kNone;
    for (const AccessPart& part : access.parts) {
      const bool allowed = part.reach == Reach::kAll || part.reach == Reach::kSome;
      if (allowed || access.reach == Reach::kNone)
        access.reach = allowed ? Reach::kSome : part.reach;
    }
    return access;
  }

  ActionAccess on(const std::string& action, const std::string& resource) {
    if (reach_ == nullptr || reach_->resource() != resource) {
      reach_ = std::make_unique<ReachQuestion>(account_, resource);
      exact_ = std::make_unique<ExactReach>(account_, resource);
    }
    ActionAccess access;
    access.action = action;
    const AccountQuestion question = account_.ask(caller_, fields(action, resource));
    ReachAnswer answer = reach_->ask(caller_, question);
    access.reach = answer.reach;
    access.parts = std::move(answer.parts);
    access.missing_context = std::move(answer.decision.missing_context);
    if (answer.reach == Reach::kUndecided) access.unread = question.unread;
    make_exact(question, access);
    return access;
  }

 private:
  void make_exact(const AccountQuestion& question, ActionAccess& access) {
    if (access.reach == Reach::kAll || access.reach == Reach::kNone) return;
    const auto answer = exact_->ask(caller_, question, {access.action}, access.action);
    if (!answer) return;
    access.reach = answer->settle(access.reach);
    access.exact = answer->words();
    if (access.reach == Reach::kUndecided && answer->allowed.complete)
      access.missing_context = answer->keys();
    if (access.reach == Reach::kAll) access.missing_context.clear();
  }

  RequestFields fields(const std::string& action, const std::string& resource) const {
    RequestFields fields;
    fields.action = action;
    fields.resource = resource;
    fields.resource_account = options_.resource_account;
    fields.context = options_.context;
    return fields;
  }

  // The keys of the caller are those of `base_`.
  Request request_of(const std::string& action, const std::string& resource) const {
    RequestFields same = base_.request.fields();
    same.action = action;
    same.resource = resource;
    return Request(std::move(same));
  }

  // `arn:*:lambda:*:*:function:*` in the caller's partition and account.
  std::string own_form(const std::string& form) const {
    const std::optional<Arn> arn = Arn::parse(form);
    if (!arn) return form;
    const Principal& caller = base_.request.principal();
    const std::string account = arn->account == "*" ? caller.account : std::string(arn->account);
    return "arn:" + (caller.partition.empty() ? "aws" : caller.partition) + ":" +
           std::string(arn->service) + ":" + std::string(arn->region) + ":" + account + ":" +
           std::string(arn->resource);
  }

  static void settle(const Decision& decision, const AccountQuestion& question,
                     ActionAccess& access) {
    access.reach = decision.allowed()                          ? Reach::kAll
                   : decision.kind == DecisionKind::kUndecided ? Reach::kUndecided
                                                               : Reach::kNone;
    access.missing_context = decision.missing_context;
    if (access.reach == Reach::kUndecided) access.unread = question.unread;
  }

  const Account& account_;
  const Caller& caller_;
  const AccessOptions& options_;
  Narrowing any_;
  AccountQuestion base_;
  PolicySet narrowed_;
  AccountQuestion open_;
  PolicySet narrowed_open_;
  std::unique_ptr<ReachQuestion> reach_;
  std::unique_ptr<ExactReach> exact_;
};

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
