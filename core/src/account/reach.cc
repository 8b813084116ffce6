#include "account/reach.h"

#include <algorithm>

#include "account/borders.h"
#include "iamcheck/arn.h"
#include "iamcheck/evaluate.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

// Narrower patterns and single resources that are looked at one by one.
constexpr std::size_t kMaxParts = 64;
constexpr std::size_t kMaxInside = 1'000;
constexpr EvaluateOptions kQuick{.trace = false, .warnings = false};

bool is_role_pattern(const Request& request) {
  const std::optional<Arn> arn = Arn::parse(request.fields().resource);
  return arn && request.service() == "sts" && arn->service == "iam" &&
         arn->resource.starts_with("role/");
}

Reach reach_of(DecisionKind kind) {
  if (kind == DecisionKind::kAllowed) return Reach::kAll;
  return kind == DecisionKind::kUndecided ? Reach::kUndecided : Reach::kNone;
}

// A decision, and what it is about.
void take_decision(ReachAnswer part, ReachAnswer& answer) {
  answer.decision = std::move(part.decision);
  answer.about = std::move(part.about);
}

bool allows_some(Reach reach) { return reach == Reach::kAll || reach == Reach::kSome; }

}  // namespace

std::string_view to_string(Reach reach) {
  constexpr std::string_view kNames[] = {"all", "some", "possibly-some", "undecided", "none"};
  return kNames[static_cast<std::size_t>(reach)];
}

Reach together(Reach a, Reach b) {
  if (a == b) return a;
  const auto either = [&](Reach one) { return a == one || b == one; };
  if (either(Reach::kAll) || either(Reach::kSome)) return Reach::kSome;
  return either(Reach::kPossiblySome) ? Reach::kPossiblySome : Reach::kUndecided;
}

ReachAnswer reach_of_sides(const PolicySet& narrowed, const Request& request) {
  const std::string& resource = request.fields().resource;
  ReachAnswer answer;
  answer.decision = evaluate(narrowed, request, kQuick);
  answer.reach = reach_of(answer.decision.kind);
  const std::vector<std::string> sides = sides_of(resource);
  // Of resources whose owner is open, some may be refused.
  if (sides.empty() && answer.reach == Reach::kAll) answer.reach = Reach::kPossiblySome;
  const Reach first = answer.reach;
  for (std::size_t i = 1; i < sides.size(); ++i) {
    Decision decision =
        evaluate(narrowed, Request(asking_about(request.fields(), sides[i])), kQuick);
    const Reach reach = reach_of(decision.kind);
    if (reach == first) continue;
    // The objects that a pattern of buckets may match are no part that somebody would name.
    if (Arn::parse(resource).value_or(Arn{}).service != "s3")
      answer.parts.push_back({sides[i], reach});
    if (allows_some(reach) && !allows_some(answer.reach)) answer.decision = std::move(decision);
    answer.reach = together(answer.reach, reach);
  }
  return answer;
}

AccountQuestion ask_about(const Account& account, const Caller& caller, const Request& request,
                          std::string resource) {
  // What was derived for the other resource must not stick: only principal keys and given ones may.
  RequestFields fields = request.fields();
  fields.resource = std::move(resource);
  Context context(fields.context.mode());
  for (const Context::Entry& entry : fields.context.entries()) {
    const std::string& name = entry.key.folded();
    if (name.starts_with("aws:resource") || name.starts_with("iam:resourcetag/")) continue;
    context.set(entry);
  }
  fields.context = std::move(context);
  return account.ask(caller, std::move(fields));
}

ReachQuestion::ReachQuestion(const Account& account, std::string resource)
    : account_(account),
      resource_(std::move(resource)),
      pattern_(resource_ != "*" && has_wildcard(resource_)),
      narrowing_(resource_) {}

ReachAnswer ReachQuestion::ask(const Caller& caller, const AccountQuestion& question) {
  if (pattern_) return ask_pattern(caller, question);
  ReachAnswer answer;
  answer.decision = evaluate(question.policies, question.request, kQuick);
  answer.reach = reach_of(answer.decision.kind);
  return answer;
}

// Resources of the snapshot with a policy of their own, which the question about the pattern as a
// whole does not see.
const std::vector<ReachQuestion::Inside>& ReachQuestion::resources_inside(const Request& request) {
  const bool roles = is_role_pattern(request);
  const auto [known, fresh] = inside_.try_emplace(roles);
  if (!fresh) return known->second;
  std::vector<Inside>& inside = known->second;
  const auto add = [&](const std::string& resource) {
    if (inside.size() > kMaxInside) return;
    const Overlap overlap = overlap_of_texts(resource_, resource, false);
    if (overlap != Overlap::kNone) inside.push_back({resource, overlap == Overlap::kAll});
  };
  const Account::Snapshot& snapshot = account_.snapshot();
  if (roles) {
    for (const AccountPrincipal& one : snapshot.principals) {
      if (one.kind == AccountPrincipal::Kind::kRole) add(one.arn);
    }
    return inside;
  }
  for (const KnownResource& one : snapshot.resources) {
    if (one.policies.empty()) continue;
    add(one.arn);
    if (const char separator = container_separator(one.arn); separator != 0)
      add(one.arn + separator + "*");
  }
  return inside;
}

// A single resource, or all of a pattern.
ReachAnswer ReachQuestion::decide(const Caller& caller, const Request& request,
                                  const std::string& resource) {
  const auto part =
      std::make_shared<const AccountQuestion>(ask_about(account_, caller, request, resource));
  ReachAnswer answer;
  if (has_wildcard(resource)) {
    const auto [narrowing, fresh] = parts_.try_emplace(resource, Narrowing(resource));
    answer = reach_of_sides(narrowing->second.apply(part->policies), part->request);
  } else {
    answer.decision = evaluate(part->policies, part->request, kQuick);
    answer.reach = reach_of(answer.decision.kind);
  }
  answer.about = part;
  return answer;
}

ReachAnswer ReachQuestion::ask_pattern(const Caller& caller, const AccountQuestion& question) {
  const Request& request = question.request;
  const std::vector<Inside>& inside = resources_inside(request);
  const std::optional<Arn> arn = Arn::parse(resource_);
  // Every role of a known account is in the snapshot: nothing is left beside them.
  const bool all_inside =
      arn && is_role_pattern(request) && inside.size() <= kMaxInside &&
      std::ranges::binary_search(account_.account_ids(), std::string_view(arn->account));
  ReachAnswer answer;
  if (!all_inside) answer = reach_of_sides(narrowing_.apply(question.policies), request);
  // The policy of a resource may allow or deny what the rest of the pattern does not.
  if (account_.snapshot().owner_of(resource_) == nullptr)
    add_inside(caller, request, !all_inside, answer);
  if (answer.reach != Reach::kUndecided) return answer;
  // Open. One resource that the evaluator allows makes it "some".
  add_entries(caller, question, answer);
  if (answer.reach == Reach::kUndecided) {
    const std::string instance = instance_of(resource_);
    ReachAnswer one = decide(caller, request, instance);
    if (one.decision.allowed()) {
      answer.reach = Reach::kSome;
      answer.parts.push_back({instance, Reach::kAll});
      take_decision(std::move(one), answer);
    }
  }
  if (answer.reach == Reach::kUndecided && answer.decision.missing_context.empty() &&
      question.unread.empty())
    answer.reach = Reach::kPossiblySome;
  return answer;
}

// `rest`: `answer` already speaks for the pattern without these resources.
void ReachQuestion::add_inside(const Caller& caller, const Request& request, bool rest,
                               ReachAnswer& answer) {
  const std::vector<Inside>& inside = resources_inside(request);
  bool first = !rest;
  for (const Inside& one : inside) {
    ReachAnswer part = decide(caller, request, one.resource);
    Reach reach = part.reach;
    // Perhaps the pattern has nothing in common with it.
    if (!one.whole && !first && reach != answer.reach) reach = Reach::kPossiblySome;
    if (reach != Reach::kNone && answer.parts.size() < kMaxParts)
      answer.parts.push_back({one.resource, reach});
    const Reach before = answer.reach;
    answer.reach = first ? reach : together(before, reach);
    // The decision that is explained is one that allows, if there is one.
    if (first || (reach == Reach::kAll && !allows_some(before)))
      take_decision(std::move(part), answer);
    first = false;
  }
  // There are more, with policies that were not looked at.
  if (inside.size() > kMaxInside) answer.reach = together(answer.reach, Reach::kUndecided);
}

// What statements say about parts of the pattern.
void ReachQuestion::add_entries(const Caller& caller, const AccountQuestion& question,
                                ReachAnswer& answer) {
  const Request& request = question.request;
  std::vector<std::string> entries =
      Narrowing::narrower_entries(question.policies, resource_, request);
  if (entries.size() > kMaxParts) entries.resize(kMaxParts);
  for (const std::string& entry : entries) {
    ReachAnswer part = decide(caller, request, entry);
    Reach reach = part.reach;
    if (reach == Reach::kUndecided && has_wildcard(entry)) {
      part = decide(caller, request, instance_of(entry));
      if (part.decision.allowed()) reach = Reach::kSome;
    }
    if (reach == Reach::kNone) continue;
    if (reach != Reach::kUndecided && answer.reach != Reach::kSome) {
      answer.reach = Reach::kSome;
      take_decision(std::move(part), answer);
    }
    answer.parts.push_back({entry, reach});
  }
}

}  // namespace iamcheck
