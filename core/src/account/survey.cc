#include "account/survey.h"

#include <algorithm>

#include "account/borders.h"
#include "iamcheck/arn.h"
#include "iamcheck/evaluate.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxParts = 32;
constexpr std::size_t kMaxDescribed = 1'000;
constexpr EvaluateOptions kQuick{.trace = false, .warnings = false};

void settle(const Decision& decision, const AccountQuestion& question, ActionAccess& access) {
  access.reach = decision.allowed()                          ? Reach::kAll
                 : decision.kind == DecisionKind::kUndecided ? Reach::kUndecided
                                                             : Reach::kNone;
  access.missing_context = decision.missing_context;
  if (access.reach == Reach::kUndecided) access.unread = question.unread;
}

void add_missing(const std::vector<std::string>& more, std::vector<std::string>& known) {
  for (const std::string& one : more) {
    if (std::ranges::find(known, one) == known.end()) known.push_back(one);
  }
}

bool is_allowed(Reach reach) { return reach == Reach::kAll || reach == Reach::kSome; }

}  // namespace

Survey::Survey(const Account& account, const Caller& caller, const AccessOptions& options)
    : account_(account), caller_(caller), options_(options) {
  base_ = account_.ask(caller_, fields("iamcheck:none", "*"));
  narrowed_ = any_.apply(base_.policies);
  open_ = base_;
  if (account_.snapshot().resources_unread)
    open_ = account_.ask(caller_, fields("iamcheck:none", "arn:aws:iamcheck:::any"));
  narrowed_open_ = any_.apply(open_.policies);
}

ActionAccess Survey::anywhere(const std::string& action, const std::vector<std::string>& forms) {
  Kinds& kinds = kinds_of(forms);
  if (forms.empty()) {
    ActionAccess access;
    access.action = action;
    settle(evaluate(base_.policies, request_of(action, "*"), kQuick), base_, access);
    make_exact(kinds, access);
    return access;
  }
  // Roles and keys have a policy that must agree: ask about each.
  if (action.starts_with("sts:AssumeRole") || action.starts_with("kms:"))
    return on_guarded(action, kinds.patterns.front());
  ActionAccess access = by_policies(request_of(action, kinds.patterns.front()), forms);
  ask_described(action, kinds, access);
  make_exact(kinds, access);
  return access;
}

void Survey::make_exact(Kinds& kinds, ActionAccess& access) const {
  if (access.reach == Reach::kAll || access.reach == Reach::kNone) return;
  if (kinds.exact == nullptr)
    kinds.exact =
        std::make_unique<ExactWhole>(account_, kinds.patterns, options_.context.mode(), true);
  const std::string& resource = kinds.patterns.front();
  make_exact(account_.ask(caller_, fields(access.action, resource)), *kinds.exact, access);
}

// Without the policies of described resources.
ActionAccess Survey::by_policies(const Request& request, const std::vector<std::string>& forms) {
  ActionAccess access;
  access.action = request.fields().action;
  const std::string& resource = request.fields().resource;
  const bool iam = access.action.starts_with("iam:");
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
  const std::vector<std::string> entries = Narrowing::narrower_entries(base_.policies, "", request);
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
  const bool closed = access.missing_context.empty() && base.unread.empty();
  if (!relevant && !entries.empty() && closed) access.reach = Reach::kNone;
  if (access.reach == Reach::kUndecided && closed) access.reach = Reach::kPossiblySome;
  return access;
}

// The policy of a resource may allow what no other does, and deny what they allow.
void Survey::ask_described(const std::string& action, const Kinds& kinds, ActionAccess& access) {
  const auto tell = [&](const AccessPart& part) {
    const bool told = std::ranges::any_of(
        access.parts, [&](const AccessPart& other) { return other.pattern == part.pattern; });
    if (!told && access.parts.size() < kMaxParts) access.parts.push_back(part);
  };
  for (const std::string& resource : kinds.described) {
    ReachQuestion& reach =
        described_.try_emplace(resource, ReachQuestion(account_, resource)).first->second;
    const AccountQuestion question = account_.ask(caller_, fields(action, resource));
    const ReachAnswer answer = reach.ask(caller_, question);
    access.reach = together(access.reach, answer.reach);
    if (answer.reach == Reach::kUndecided) {
      add_missing(answer.decision.missing_context, access.missing_context);
      add_missing(question.unread, access.unread);
    }
    if (answer.reach == Reach::kSome && !answer.parts.empty())
      std::ranges::for_each(answer.parts, tell);
    else if (answer.reach != Reach::kNone)
      tell({resource, answer.reach});
  }
  if (kinds.too_many) access.reach = together(access.reach, Reach::kUndecided);
}

// Roles and keys have a policy of their own, and those that the snapshot does not have may name
// anybody. Nobody would want to read that of every principal and action: without a grant of the
// principal's own, only the roles and keys that are known count.
ActionAccess Survey::on_guarded(const std::string& action, const std::string& resource) {
  ActionAccess access = on(action, resource);
  const Request request = request_of(action, resource.substr(0, resource.rfind(':')) + ":*");
  const DecisionKind own = evaluate(narrowed_, request, kQuick).kind;
  const bool granted = own == DecisionKind::kAllowed || own == DecisionKind::kUndecided;
  if (access.reach != Reach::kUndecided || granted) return access;
  access.unread.clear();
  access.reach = Reach::kNone;
  for (const AccessPart& part : access.parts) {
    if (is_allowed(part.reach) || access.reach == Reach::kNone)
      access.reach = is_allowed(part.reach) ? Reach::kSome : part.reach;
  }
  return access;
}

ActionAccess Survey::on(const std::string& action, const std::string& resource) {
  if (reach_ == nullptr || reach_->resource() != resource) {
    reach_ = std::make_unique<ReachQuestion>(account_, resource);
    exact_ = std::make_unique<ExactWhole>(account_, std::vector{resource}, options_.context.mode());
  }
  ActionAccess access;
  access.action = action;
  const AccountQuestion question = account_.ask(caller_, fields(action, resource));
  ReachAnswer answer = reach_->ask(caller_, question);
  access.reach = answer.reach;
  access.parts = std::move(answer.parts);
  access.missing_context = std::move(answer.decision.missing_context);
  if (answer.reach == Reach::kUndecided) access.unread = question.unread;
  make_exact(question, *exact_, access);
  return access;
}

void Survey::make_exact(const AccountQuestion& question, ExactWhole& exact,
                        ActionAccess& access) const {
  if (access.reach == Reach::kAll || access.reach == Reach::kNone) return;
  const auto answer = exact.ask(caller_, question, options_, {access.action}, access.action);
  if (!answer) return;
  access.reach = answer->settle(access.reach);
  access.exact = answer->words(access.reach);
  if (access.reach == Reach::kUndecided && answer->allowed.complete)
    access.missing_context = answer->keys();
  if (access.reach == Reach::kAll) access.missing_context.clear();
}

Survey::Kinds& Survey::kinds_of(const std::vector<std::string>& forms) {
  const auto [known, fresh] = kinds_.try_emplace(forms);
  Kinds& kinds = known->second;
  if (!fresh) return kinds;
  for (const std::string& form : forms) kinds.patterns.push_back(own_form(form));
  if (forms.empty()) kinds.patterns.emplace_back("*");
  const auto describe = [&](const std::string& resource) {
    const bool object = resource.ends_with("/*");
    const bool fits = std::ranges::any_of(kinds.patterns, [&](const std::string& pattern) {
      // The pattern of buckets matches objects too, which the actions of buckets are not about.
      if (object && pattern.find('/') == std::string::npos) return false;
      return overlap_of_texts(pattern, resource, false) != Overlap::kNone;
    });
    if (!fits) return;
    kinds.too_many = kinds.described.size() >= kMaxDescribed;
    if (!kinds.too_many) kinds.described.push_back(resource);
  };
  for (const KnownResource& one : account_.snapshot().resources) {
    if (one.policies.empty()) continue;
    describe(one.arn);
    if (const char separator = container_separator(one.arn); separator != 0)
      describe(one.arn + separator + "*");
  }
  return kinds;
}

RequestFields Survey::fields(const std::string& action, const std::string& resource) const {
  RequestFields fields;
  fields.action = action;
  fields.resource = resource;
  fields.resource_account = options_.resource_account;
  fields.context = options_.context;
  return fields;
}

// The keys of the caller are those of `base_`.
Request Survey::request_of(const std::string& action, const std::string& resource) const {
  RequestFields same = base_.request.fields();
  same.action = action;
  same.resource = resource;
  return Request(std::move(same));
}

// `arn:*:lambda:*:*:function:*` in the caller's partition and account.
std::string Survey::own_form(const std::string& form) const {
  const std::optional<Arn> arn = Arn::parse(form);
  if (!arn) return form;
  const Principal& caller = base_.request.principal();
  const std::string account = arn->account == "*" ? caller.account : std::string(arn->account);
  return "arn:" + (caller.partition.empty() ? "aws" : caller.partition) + ":" +
         std::string(arn->service) + ":" + std::string(arn->region) + ":" + account + ":" +
         std::string(arn->resource);
}

}  // namespace iamcheck
