// Asks every statement, then combines the answers twice: once with everything unknown refused, once
// with everything unknown granted. `combine` only gains from an Allow and only loses from a Deny,
// so the two runs bound every case between them: equal answers decide, different ones leave the
// question open.
#include "iamcheck/evaluate.h"

#include <algorithm>
#include <array>
#include <utility>

#include "evaluate/compiled_policy.h"
#include "evaluate/engine.h"
#include "evaluate/services.h"
#include "evaluate/statement_match.h"
#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

bool is_resource_based(PolicyKind kind) {
  return kind == PolicyKind::kResource || kind == PolicyKind::kTrust;
}

// The facts of the two readings, filled statement by statement.
class FactCollector {
 public:
  void add(StatementRef ref, Effect effect, PolicyKind kind, const StatementAnswer& answer) {
    if (answer.truth == Truth::kFalse) return;
    add_to(optimistic_, effect == Effect::kAllow || answer.truth == Truth::kTrue, ref, effect, kind,
           answer.principal.possible);
    add_to(pessimistic_, effect == Effect::kDeny || answer.truth == Truth::kTrue, ref, effect, kind,
           answer.principal.certain);
    any_unknown_ |= answer.truth == Truth::kUnknown;
  }
  void add_refusal(Truth refused) {
    optimistic_.refused = refused == Truth::kTrue;
    pessimistic_.refused = refused != Truth::kFalse;
    any_unknown_ |= refused == Truth::kUnknown;
  }

  const Facts& optimistic() const { return optimistic_; }
  const Facts& pessimistic() const { return pessimistic_; }
  bool any_unknown() const { return any_unknown_; }

 private:
  static void add_to(Facts& facts, bool counts, StatementRef ref, Effect effect, PolicyKind kind,
                     PrincipalMatch match) {
    if (!counts) return;
    if (effect == Effect::kDeny) {
      if (!facts.deny) facts.deny = ref;
    } else if (!is_resource_based(kind)) {
      if (!facts.identity_allow) facts.identity_allow = ref;
    } else if (match > facts.resource_match) {
      facts.resource_match = match;
      facts.resource_allow = ref;
    }
  }

  Facts optimistic_;
  Facts pessimistic_;
  bool any_unknown_ = false;
};

StatementRef ref_of(std::size_t policy, std::size_t statement) {
  return {static_cast<std::uint32_t>(policy), static_cast<std::uint32_t>(statement)};
}

void warn_about_request(const Request& request, Decision& decision) {
  if (request.principal().kind == Principal::Kind::kOther) {
    decision.warnings.push_back(
        {"unrecognised-principal", "`" + request.principal().text +
                                       "` is no user, role, session, root or service principal"});
  }
  if (request.resource() != "*" && !Arn::parse(request.resource())) {
    decision.warnings.push_back(
        {"resource-not-an-arn",
         "`" + request.resource() + "` is no ARN: only the entry `*` matches it"});
  }
  if (request.service().empty() || request.action_name().empty()) {
    decision.warnings.push_back(
        {"malformed-action", "`" + request.action() + "` is not of the form `service:Name`"});
  }
}

// Kinds that this version reads but cannot weigh yet. Saying nothing would be a silent "no".
bool is_weighed(PolicyKind kind) {
  return kind == PolicyKind::kIdentity || is_resource_based(kind);
}

// Why a whole policy takes no part; nothing: it does.
std::optional<DecisionWarning> left_out(const AttachedPolicy& policy, const Request& request) {
  if (!is_weighed(policy.kind)) {
    return DecisionWarning{"policy-kind-not-weighed", "`" + policy.name + "` is a " +
                                                          std::string(info(policy.kind).title) +
                                                          "; it was left out of the decision"};
  }
  if (!is_resource_based(policy.kind) && !brings_identity_policies(request.principal())) {
    return DecisionWarning{
        "identity-policy-ignored",
        "`" + policy.name + "` was left out: this caller has no identity-based policies"};
  }
  return std::nullopt;
}

// One question on its way through the statements.
class Evaluation {
 public:
  Evaluation(const PolicySet& policies, const Request& request, const EvaluateOptions& options,
             Decision& decision)
      : policies_(policies),
        request_(request),
        options_(options),
        decision_(decision),
        on_role_(is_on_role(request)) {}

  void read_policies() {
    for (std::size_t p = 0; p < policies_.compiled().size(); ++p) {
      const AttachedPolicy& policy = policies_.policies()[p];
      if (auto warning = left_out(policy, request_)) {
        decision_.warnings.push_back(*std::move(warning));
        continue;
      }
      const PolicySet::Compiled& compiled = *policies_.compiled()[p];
      const auto read = [&](std::size_t s) {
        read_statement(policy, compiled.statements[s], ref_of(p, s));
      };
      // A trace tells of every statement; the answer needs only those that may speak about the
      // service.
      if (options_.trace) {
        for (std::size_t s = 0; s < compiled.statements.size(); ++s) read(s);
      } else {
        compiled.index.each(request_.service(), read);
      }
    }
  }

  Verdict verdict() {
    const Refusal refusal = built_in_refusal(request_);
    facts_.add_refusal(refusal.truth);
    const Verdict worst = combine(request_, facts_.pessimistic(), refusal.cause);
    if (!facts_.any_unknown()) return worst;
    const Verdict best = combine(request_, facts_.optimistic(), refusal.cause);
    const bool worst_allows = worst.kind == DecisionKind::kAllowed;
    const bool best_allows = best.kind == DecisionKind::kAllowed;
    // The unknown keys do not matter: the reading that needs none of them gives the reason.
    if (worst_allows == best_allows) return worst_allows ? worst : best;
    name_unknown_keys(refusal.truth);
    return {DecisionKind::kUndecided, DecisionCause::kUnknownKeys, {}, {}};
  }

 private:
  void read_statement(const AttachedPolicy& policy, const CompiledStatement& statement,
                      StatementRef ref) {
    StatementTrace* trace = nullptr;
    if (options_.trace) {
      trace = &decision_.trace.emplace_back();
      trace->statement = ref;
    }
    const StatementAnswer answer =
        match_statement(statement, policy.kind, request_, on_role_, trace);
    if (!statement.usable) {
      decision_.warnings.push_back(
          {"malformed-statement",
           "statement " + std::to_string(ref.statement) + " of `" + policy.name +
               "` has no valid Effect or an unreadable Condition; it never matches"});
    }
    if (answer.truth == Truth::kUnknown) unknown_statements_.push_back(&statement);
    facts_.add(ref, statement.effect, policy.kind, answer);
  }

  void name_unknown_keys(Truth refused) {
    std::vector<std::string>& keys = decision_.missing_context;
    for (const CompiledStatement* statement : unknown_statements_) {
      add_unknown_keys(*statement, request_, keys);
    }
    if (refused == Truth::kUnknown) keys.emplace_back("aws:MultiFactorAuthPresent");
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  }

  const PolicySet& policies_;
  const Request& request_;
  const EvaluateOptions& options_;
  Decision& decision_;
  bool on_role_;
  FactCollector facts_;
  std::vector<const CompiledStatement*> unknown_statements_;
};

}  // namespace

std::string_view to_string(PrincipalMatch match) {
  static constexpr std::array<std::string_view, 5> kNames = {"none", "account", "role",
                                                             "issuing user", "direct"};
  return kNames[static_cast<std::size_t>(match)];
}

const DecisionCauseInfo& info(DecisionCause cause) {
  using C = DecisionCause;
  static constexpr std::array<DecisionCauseInfo, 15> kRows = {{
      {C::kExplicitDeny, "explicit-deny", "S9.2", "a statement denies it explicitly"},
      {C::kIdentityAllow, "identity-allow", "S9.4", "an identity-based policy allows it"},
      {C::kResourceAllow, "resource-allow", "S9.4",
       "the resource-based policy allows this principal by itself"},
      {C::kCrossAccountAllow, "cross-account-allow", "S9.5",
       "the policies of both accounts allow it"},
      {C::kRootUser, "root-user", "S9.4",
       "the root user of the account needs no identity-based policy"},
      {C::kAlwaysAllowed, "always-allowed", "S9.1", "policies cannot control this call"},
      {C::kNoAllow, "no-allow", "S9.4", "no statement allows it"},
      {C::kNoIdentityAllow, "no-identity-allow", "S9.4",
       "the resource-based policy leaves it to identity-based policies, and none allows it"},
      {C::kNoResourceAllow, "no-resource-allow", "S9.5",
       "the resource is in another account, whose resource-based policy does not allow it"},
      {C::kNeedsResourcePolicy, "needs-resource-policy", "S9.4",
       "this resource's own policy (key policy or role trust policy) must allow it, and does not"},
      {C::kFederatedNoSession, "federated-no-session", "S9.6",
       "a federated-user session without a session policy has no permissions of its own"},
      {C::kOtherPartition, "other-partition", "S1.4",
       "principal and resource are in different partitions"},
      {C::kProtectedResource, "protected-resource", "S9.9",
       "AWS owns this resource and refuses to change it"},
      {C::kCredentialKind, "credential-kind", "S9.9", "these credentials cannot make this call"},
      {C::kUnknownKeys, "unknown-keys", "S1", "the answer hangs on keys that are unknown"},
  }};
  return kRows[static_cast<std::size_t>(cause)];
}

Decision evaluate(const PolicySet& policies, const Request& request,
                  const EvaluateOptions& options) {
  Decision decision;
  Evaluation evaluation(policies, request, options, decision);
  evaluation.read_policies();
  Verdict verdict = evaluation.verdict();
  decision.kind = verdict.kind;
  decision.cause = verdict.cause;
  decision.decided_by = verdict.decided_by;
  decision.also = verdict.also;
  warn_about_request(request, decision);
  return decision;
}

}  // namespace iamcheck
