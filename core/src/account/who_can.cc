#include <algorithm>

#include "account/exact_whole.h"
#include "account/reach.h"
#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxListedActions = 1000;

// The actions that a pattern stands for; one that has no wildcards stands for itself.
Result<std::vector<std::string>> actions_of(std::string_view pattern) {
  if (!has_wildcard(pattern)) {
    if (pattern.find(':') == std::string_view::npos)
      return Error{ErrorCode::kInvalidArgument,
                   "`" + std::string(pattern) + "` is no action",
                   "an action is service:Name, such as s3:GetObject",
                   {}};
    return std::vector<std::string>{std::string(pattern)};
  }
  const Catalogue& catalogue = Catalogue::embedded();
  std::vector<std::string> names;
  for (const ActionRange& range : catalogue.expand(pattern)) {
    for (std::uint32_t i = range.begin; i < range.end; ++i)
      names.push_back(catalogue.actions()[i].full_name());
  }
  if (names.empty())
    return Error{ErrorCode::kUnknownName,
                 "no action matches `" + std::string(pattern) + "`",
                 "the service in front of the colon has no wildcards; see `iamcheck catalogue`",
                 {}};
  return names;
}

void explain_access(const AccountQuestion& asked, const ReachAnswer& answer, Access& access) {
  const AccountQuestion& question = answer.about != nullptr ? *answer.about : asked;
  access.cause = answer.decision.cause;
  access.missing_context = answer.decision.missing_context;
  if (answer.reach == Reach::kUndecided || answer.reach == Reach::kPossiblySome)
    access.unread = question.unread;
  access.through = explain(question.policies, question.request, answer.decision).deciding;
}

// Those of which the answer has a piece, or all of them.
void count_actions(const std::vector<std::string>& actions, const analysis::AllowedWithin& answer,
                   Access& access) {
  std::vector<bool> reached(actions.size(), answer.all);
  for (const analysis::AllowedPiece& piece : answer.pieces) {
    for (const std::size_t i : piece.actions) reached[i] = true;
  }
  access.actions.clear();
  access.actions_reached = 0;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (!reached[i]) continue;
    ++access.actions_reached;
    if (actions.size() > 1 && access.actions.size() < kMaxListedActions)
      access.actions.push_back(actions[i]);
  }
}

// What was asked, for all principals.
struct Asked {
  std::vector<std::string> actions;
  std::string written;  // the pattern that stands for them
};

// The answer of the engine, where it says more.
void make_exact(const Caller& caller, const AccountQuestion& question, const Asked& asked,
                const AccessOptions& options, ExactWhole& exact, Access& access) {
  if (access.reach == Reach::kAll || access.reach == Reach::kNone) return;
  const std::optional<ExactAnswer> answer =
      exact.ask(caller, question, options, asked.actions, asked.written);
  if (!answer) return;
  const analysis::AllowedWithin& allowed = answer->allowed;
  const Reach before = access.reach;
  access.reach = answer->settle(before);
  access.exact = answer->words(access.reach);
  if (access.reach == Reach::kNone || allowed.pieces.empty()) return;
  if (access.reach == Reach::kUndecided && allowed.complete)
    access.missing_context = answer->keys();
  if (allowed.complete || allowed.all) count_actions(asked.actions, allowed, access);
  const bool allows = access.reach == Reach::kAll || access.reach == Reach::kSome;
  if (before == Reach::kSome || !allows) return;
  // The evaluator's answer hung on something: a request that it allows says by what.
  const Request witness(allowed.pieces.front().witness(question.request.fields()));
  const Decision decision = evaluate(question.policies, witness);
  access.cause = decision.cause;
  access.missing_context.clear();
  access.through = explain(question.policies, witness, decision).deciding;
}

// One principal, every action.
Access access_of(const Account& account, std::size_t position, const Asked& asked,
                 const AccessOptions& options, ReachQuestion& reach, ExactWhole& exact,
                 std::vector<std::string>& assumptions) {
  const std::vector<std::string>& actions = asked.actions;
  Caller caller;
  caller.position = position;
  caller.principal = account.principals()[position].arn;
  Access access;
  access.principal = caller.principal;
  access.actions_asked = actions.size();
  bool first = true, explained = false;
  AccountQuestion last;
  for (const std::string& action : actions) {
    RequestFields fields;
    fields.action = action;
    fields.resource = reach.resource();
    fields.resource_account = options.resource_account;
    fields.context = options.context;
    last = account.ask(caller, std::move(fields));
    const AccountQuestion& question = last;
    ReachAnswer answer = reach.ask(caller, question);
    if (assumptions.empty()) assumptions = question.assumptions;
    access.reach = first ? answer.reach : together(access.reach, answer.reach);
    first = false;
    if (answer.reach == Reach::kNone) continue;
    ++access.actions_reached;
    if (actions.size() > 1 && access.actions.size() < kMaxListedActions)
      access.actions.push_back(action);
    // The strongest answer is worth the explanation.
    const bool allows = answer.reach == Reach::kAll || answer.reach == Reach::kSome;
    if (explained && (!access.through.empty() || !allows)) continue;
    explain_access(question, answer, access);
    access.parts = std::move(answer.parts);
    explained = true;
  }
  make_exact(caller, last, asked, options, exact, access);
  return access;
}

}  // namespace

Result<WhoCan> who_can(const Account& account, std::string_view action, std::string_view resource,
                       const AccessOptions& options) {
  Result<std::vector<std::string>> actions = actions_of(action);
  if (!actions) return actions.error();
  if (resource != "*" && !Arn::parse(resource))
    return Error{ErrorCode::kInvalidArgument,
                 "`" + std::string(resource) + "` is no ARN",
                 "write the ARN of a resource, such as arn:aws:s3:::bucket/key, or *; wildcards "
                 "are fine",
                 {}};
  const std::size_t principals = account.principals().size();
  if (actions->size() > options.max_decisions / std::max<std::size_t>(principals, 1))
    return Error{ErrorCode::kLimitExceeded,
                 std::to_string(actions->size()) + " actions of " + std::to_string(principals) +
                     " principals are more than " + std::to_string(options.max_decisions) +
                     " decisions",
                 "ask about fewer actions at a time",
                 {}};
  WhoCan result;
  result.action = action;
  result.resource = resource;
  result.asked = principals;
  result.warnings = check_names(has_wildcard(action) ? std::string() : std::string(action),
                                options.context, Catalogue::embedded());
  ReachQuestion reach(account, std::string(resource));
  ExactWhole exact(account, {std::string(resource)}, options.context.mode());
  const Asked asked{*std::move(actions), std::string(action)};
  for (std::size_t i = 0; i < principals; ++i) {
    Access access = access_of(account, i, asked, options, reach, exact, result.assumptions);
    if (access.reach != Reach::kNone) result.principals.push_back(std::move(access));
  }
  return result;
}

}  // namespace iamcheck
