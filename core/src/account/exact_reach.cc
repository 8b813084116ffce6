#include "account/exact_reach.h"

#include <algorithm>
#include <set>
#include <utility>

#include "account/borders.h"
#include "evaluate/compiled_policy.h"
#include "evaluate/layers.h"
#include "evaluate/policy_subset.h"
#include "iamcheck/arn.h"
#include "iamcheck/evaluate.h"
#include "match/overlap.h"
#include "match/variable.h"
#include "policy/everything.h"
#include "text/letter_case.h"

namespace iamcheck {
namespace {

// Of one question; docs/account.md has them.
constexpr std::size_t kMaxGrants = 2'000;
constexpr std::size_t kMaxPieces = 16;
constexpr std::size_t kMaxStates = 20'000;
constexpr std::size_t kMaxSteps = 200'000;
constexpr std::size_t kMaxApart = 64;
constexpr EvaluateOptions kQuick{.trace = false, .warnings = false};

// Callers that are named in a way that says the same of a role and of its sessions.
bool names_plainly(const Policy& policy) {
  return std::ranges::all_of(policy.statements, [](const Statement& statement) {
    if (statement.not_principal || !statement.principal) return false;
    return std::ranges::all_of(statement.principal->entries, [](const PrincipalEntry& entry) {
      return !entry.value.unresolved && entry.value.value.find(":sts:") == std::string::npos;
    });
  });
}

bool is_own_caller(const Principal& caller) {
  return caller.kind == Principal::Kind::kUser || caller.kind == Principal::Kind::kRole ||
         caller.kind == Principal::Kind::kRoleSession;
}

// The layers for which the engine's rules are the evaluator's.
bool has_plain_layers(const AccountQuestion& question) {
  const PolicySet& policies = question.policies;
  const Request& request = question.request;
  for (const PolicyKind kind : {PolicyKind::kSession, PolicyKind::kEndpoint, PolicyKind::kTrust}) {
    if (policies.has(kind)) return false;
  }
  const bool guarded = policies.has(PolicyKind::kScp) || policies.has(PolicyKind::kRcp);
  const std::string& management = request.fields().management_account;
  if (guarded &&
      (management == request.principal_account() || management == request.resource_account()))
    return false;
  return std::ranges::all_of(policies.policies(), [](const AttachedPolicy& attached) {
    return attached.kind != PolicyKind::kResource || names_plainly(*attached.policy);
  });
}

void add_variables(const std::optional<ListElement>& element, std::set<std::string>& keys) {
  if (!element) return;
  for (const Text& text : element->values) {
    const VariableReader reader(text.value, true);
    for (std::size_t i = 0; i < text.value.size(); ++i) {
      const auto variable = text.value[i] == '$' ? reader.read(i) : std::nullopt;
      if (!variable) continue;
      keys.insert(to_lower(variable->key));
      i = variable->end - 1;
    }
  }
}

}  // namespace

ExactReach::ExactReach(const Account& account, std::vector<std::string> resources,
                       Context::Mode mode, bool anything)
    : resources_(std::move(resources)), anything_(anything) {
  everything_.add("everything", PolicyKind::kIdentity,
                  policy_of(allow_everything(PolicyKind::kIdentity)));
  for (const std::string& resource : resources_) {
    const bool pattern = resource != "*" && has_wildcard(resource);
    pattern_ = pattern_ || pattern;
    const std::vector<std::string> sides = pattern ? sides_of(resource) : std::vector{resource};
    usable_ = usable_ && !sides.empty();
    sides_.insert(sides_.end(), sides.begin(), sides.end());
  }
  if (pattern_ && usable_) leave_out_described(account, mode);
}

// The pattern speaks for what has no policy, no other owner, and no tags that count.
void ExactReach::leave_out_described(const Account& account, Context::Mode mode) {
  const Account::Snapshot& snapshot = account.snapshot();
  const auto leave_out = [&](const KnownResource& owner, const std::string& part) {
    const bool inside = std::ranges::any_of(resources_, [&](const std::string& resource) {
      return snapshot.owner_of(resource) != &owner &&
             overlap_of_texts(resource, part, false) != Overlap::kNone;
    });
    if (inside) apart_.push_back(part);
  };
  for (const KnownResource& one : snapshot.resources) {
    const bool tags_count = one.tags_known && mode == Context::Mode::kStrict;
    const bool own = snapshot.account_ids.size() == 1 && snapshot.account_ids[0] == one.account;
    if (one.policies.empty() && !tags_count && own) continue;
    leave_out(one, one.arn);
    if (const char separator = container_separator(one.arn); separator != 0)
      leave_out(one, one.arn + separator + "*");
    usable_ = apart_.size() <= kMaxApart;
    if (!usable_) return;
  }
}

// What the engine takes for granted (docs/analysis.md, "Layers").
bool ExactReach::holds(const Caller& caller, const AccountQuestion& question) {
  const Request& request = question.request;
  if (!usable_ || caller.position == Caller::kOutside || !question.unread.empty() ||
      !is_own_caller(request.principal()) || is_service_linked(request) ||
      request.is_cross_account() || request.service() == "sts")
    return false;
  // The tags of users and roles are known one by one.
  const bool iam = std::ranges::any_of(resources_, [](const std::string& resource) {
    return Arn::parse(resource).value_or(Arn{}).service == "iam";
  });
  const bool tagged = iam && pattern_ && request.context().mode() == Context::Mode::kStrict;
  return !tagged && has_plain_layers(question);
}

// AWS itself neither refuses nor grants anything of it (S9.1, S9.9): whoever has a policy that
// allows everything may do all of it, by that policy.
bool ExactReach::rules_are_even(const Request& request, const std::vector<std::string>& actions) {
  return std::ranges::all_of(actions, [&](const std::string& action) {
    return std::ranges::all_of(sides_, [&](const std::string& side) {
      RequestFields fields = request.fields();
      fields.action = action;
      fields.resource = side;
      const Decision decision = evaluate(everything_, Request(std::move(fields)), kQuick);
      return decision.allowed() && decision.cause == DecisionCause::kIdentityAllow;
    });
  });
}

bool ExactReach::speaks(const Policy& policy, const std::vector<std::string>& actions) const {
  return std::ranges::any_of(policy.statements, [&](const Statement& statement) {
    // Only what certainly says nothing about the question is left out.
    if (statement.expression || !statement.action) return true;
    const bool acts = std::ranges::any_of(statement.action->values, [&](const Text& text) {
      if (text.unresolved) return true;
      const ActionPattern pattern(text.value);
      return std::ranges::any_of(
          actions, [&](const std::string& action) { return pattern.matches(action); });
    });
    if (!acts || !statement.resource || !pattern_) return acts;
    return std::ranges::any_of(statement.resource->values, [&](const Text& text) {
      return text.unresolved || !text.value.starts_with("arn:") ||
             std::ranges::any_of(resources_, [&](const std::string& resource) {
               return overlap_of(text.value, resource, true) != Overlap::kNone;
             });
    });
  });
}

// Without identity-based policies that are about other things: principals that differ in those
// alone get one answer.
PolicySet ExactReach::speaking_of(const PolicySet& policies,
                                  const std::vector<std::string>& actions) {
  if (spoken_actions_ != actions) {
    spoken_actions_ = actions;
    speaking_.clear();
  }
  return subset_of(policies, [&](std::size_t i) {
    const AttachedPolicy& attached = policies.policies()[i];
    if (attached.kind != PolicyKind::kIdentity) return true;
    const auto [known, fresh] = speaking_.try_emplace(policies.compiled()[i].get());
    if (fresh) known->second = speaks(*attached.policy, actions);
    return known->second;
  });
}

// Keys that the policy compares or puts into texts.
const std::vector<std::string>& ExactReach::keys_of(const Policy& policy) {
  const auto [known, fresh] = keys_.try_emplace(&policy);
  if (!fresh) return known->second;
  std::set<std::string> keys;
  for (const Statement& statement : policy.statements) {
    add_variables(statement.resource, keys);
    add_variables(statement.not_resource, keys);
    for (const ConditionEntry& entry : statement.conditions) {
      keys.insert(to_lower(entry.key.value));
      ListElement values;
      values.values = entry.values;
      add_variables(values, keys);
    }
  }
  known->second.assign(keys.begin(), keys.end());
  return known->second;
}

// Questions with the same text have the same answer.
std::string ExactReach::key_of(const PolicySet& policies, const AccountQuestion& question) {
  std::string text;
  std::set<std::string> keys;
  const auto add = [&](std::string_view part) {
    text += std::to_string(part.size());
    text += ':';
    text += part;
  };
  for (std::size_t i = 0; i < policies.policies().size(); ++i) {
    const AttachedPolicy& attached = policies.policies()[i];
    add(std::to_string(reinterpret_cast<std::uintptr_t>(policies.compiled()[i].get())));
    add(std::to_string(static_cast<int>(attached.kind)) + "@" + std::to_string(attached.level));
    const std::vector<std::string>& own = keys_of(*attached.policy);
    keys.insert(own.begin(), own.end());
  }
  for (const PolicyKind kind : {PolicyKind::kScp, PolicyKind::kRcp})
    add(std::to_string(policies.levels(kind).size()));
  // Who asks counts where policies name callers.
  if (policies.has(PolicyKind::kResource) || policies.has(PolicyKind::kRcp))
    add(question.request.principal().text);
  for (const std::string& key : keys) {
    const ContextValue value = question.request.context().find(key);
    add(key);
    add(std::to_string(static_cast<int>(value.state)) + "#" + std::to_string(value.values.size()));
    for (const std::string& one : value.values) add(one);
  }
  return text;
}

// Of one action only what the statements make of it counts: which of them speak about it.
std::string ExactReach::name_of(const PolicySet& policies, const Request& request,
                                const std::vector<std::string>& actions) const {
  std::string names = "|";
  if (actions.size() > 1) {
    for (const std::string& action : actions) names += " " + action;
    return names;
  }
  for (const auto& compiled : policies.compiled()) {
    for (const CompiledStatement& statement : compiled->statements) {
      for (const std::vector<ActionSet>* sets : {&statement.action, &statement.not_action}) {
        for (const ActionSet& set : *sets) {
          const Truth matches = set.matches(request);
          if (matches == Truth::kUnknown) return "|" + actions.front();
          names += matches == Truth::kTrue ? '+' : '-';
        }
      }
    }
  }
  return names;
}

std::optional<ExactAnswer> ExactReach::ask(const Caller& caller, const AccountQuestion& question,
                                           const std::vector<std::string>& actions,
                                           const std::string& actions_written) {
  if (!holds(caller, question) || !rules_are_even(question.request, actions)) return std::nullopt;
  const PolicySet policies = speaking_of(question.policies, actions);
  const std::string grant_key = key_of(policies, question);
  const std::string answer_key = grant_key + name_of(policies, question.request, actions);
  auto known = answers_.find(answer_key);
  if (known == answers_.end()) {
    std::unique_ptr<analysis::PatternGrant>& grant = grants_[grant_key];
    if (grant == nullptr) {
      if (grants_.size() > kMaxGrants) return std::nullopt;
      AnalysisOptions options;
      options.max_states = kMaxStates;
      options.max_steps = kMaxSteps;
      options.max_pieces = kMaxPieces;
      grant = std::make_unique<analysis::PatternGrant>(policies, question.request, options);
    }
    known = answers_
                .emplace(answer_key,
                         grant->ask({actions, actions_written, resources_, apart_, anything_}))
                .first;
  }
  std::optional<analysis::AllowedWithin> found = known->second;
  if (!found) return std::nullopt;
  // Found for somebody with the same policies and keys, perhaps for another action, and confirmed
  // for this one.
  for (analysis::AllowedPiece& piece : found->pieces) {
    if (actions.size() == 1) {
      piece.action = actions.front();
      piece.words.actions = {actions_written};
    }
    const Request witness(piece.witness(question.request.fields()));
    if (!evaluate(question.policies, witness, kQuick).allowed()) return std::nullopt;
  }
  ExactAnswer answer{*std::move(found), {}};
  for (const AttachedPolicy& attached : policies.policies()) {
    const std::shared_ptr<const Source>& source = attached.policy->source;
    if (source != nullptr && std::ranges::find(answer.sources, source) == answer.sources.end())
      answer.sources.push_back(source);
  }
  return answer;
}

Reach ExactAnswer::settle(Reach reach) const {
  if (allowed.all) return Reach::kAll;
  if (reach == Reach::kSome) return reach;
  if (allowed.pieces.empty()) return allowed.complete ? Reach::kNone : reach;
  if (!allowed.pieces.front().conditional) return Reach::kSome;
  return allowed.complete ? Reach::kUndecided : reach;
}

std::vector<std::string> ExactAnswer::keys() const {
  std::set<std::string> keys;
  for (const analysis::AllowedPiece& piece : allowed.pieces) {
    for (const AccessCondition& condition : piece.words.conditions) keys.insert(condition.key);
  }
  return {keys.begin(), keys.end()};
}

ExactAccess ExactAnswer::words(Reach settled) const {
  ExactAccess words;
  if (settled == Reach::kAll || allowed.pieces.empty()) return words;
  words.complete = allowed.complete;
  words.sources = sources;
  for (const analysis::AllowedPiece& piece : allowed.pieces) words.pieces.push_back(piece.words);
  return words;
}

}  // namespace iamcheck
