// Asks every statement, then combines the answers twice: once with everything unknown refused, once
// with everything unknown granted (see facts.h). Equal answers decide, different ones leave the
// question open.
#include "iamcheck/evaluate.h"

#include <array>
#include <cstddef>
#include <memory_resource>
#include <utility>

#include "evaluate/compiled_policy.h"
#include "evaluate/engine.h"
#include "evaluate/layer_trace.h"
#include "evaluate/services.h"
#include "evaluate/statement_match.h"
#include "evaluate/undecided.h"
#include "evaluate/warnings.h"

namespace iamcheck {
namespace {

StatementRef ref_of(std::size_t policy, std::size_t statement) {
  return {static_cast<std::uint32_t>(policy), static_cast<std::uint32_t>(statement)};
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
        setting_(setting_of(policies, request)),
        on_role_((policies.has(PolicyKind::kResource) || policies.has(PolicyKind::kTrust)) &&
                 is_on_role(request)) {}

  void read_policies() {
    for (const PolicyKindInfo& kind : kinds_) {
      if (!policies_.has(kind.kind)) continue;
      const std::string_view why = exemption(kind.kind, request_);
      weighed_[static_cast<std::size_t>(kind.kind)] = why.empty();
      if (!why.empty() && options_.warnings)
        decision_.warnings.push_back(left_out_warning(kind, why));
    }
    for (std::size_t p = 0; p < policies_.compiled().size(); ++p) {
      const AttachedPolicy& policy = policies_.policies()[p];
      if (!weighed_[static_cast<std::size_t>(policy.kind)]) continue;
      const bool resource_based =
          policy.kind == PolicyKind::kResource || policy.kind == PolicyKind::kTrust;
      const PrincipalScene scene{policy.kind, resource_based && on_role_, setting_.boundary};
      const PolicySet::Compiled& compiled = *policies_.compiled()[p];
      const auto read = [&](std::size_t s, bool action_matches) {
        read_statement(policy, compiled.statements[s], scene, ref_of(p, s), action_matches);
      };
      // A trace tells of every statement; the answer needs only those that may match the action.
      if (options_.trace) {
        for (std::size_t s = 0; s < compiled.statements.size(); ++s) read(s, false);
      } else {
        compiled.index.each(request_, read);
      }
    }
    if (options_.trace) decision_.layers = trace_layers(policies_, request_, decision_.trace);
  }

  Verdict verdict() {
    const Refusal refusal = built_in_refusal(request_);
    facts_.add_refusal(refusal.truth);
    facts_.add_restriction(restricted_as_public(policies_, request_));
    Verdict worst = combine(request_, setting_, facts_.pessimistic(), refusal.cause);
    if (!facts_.any_unknown()) {
      add_overruled(worst, refusal.cause);
      return worst;
    }
    Verdict best = combine(request_, setting_, facts_.optimistic(), refusal.cause);
    const bool worst_allows = worst.kind == DecisionKind::kAllowed;
    const bool best_allows = best.kind == DecisionKind::kAllowed;
    // The unknown keys do not matter: the reading that needs none of them gives the reason.
    if (worst_allows == best_allows) {
      if (worst_allows) return worst;
      add_overruled(best, refusal.cause);
      return best;
    }
    decision_.missing_context =
        deciding_keys(request_, setting_, facts_, refusal.cause, refusal.truth == Truth::kUnknown,
                      unknown_statements_);
    return {DecisionKind::kUndecided, DecisionCause::kUnknownKeys, {}, {}};
  }

 private:
  void read_statement(const AttachedPolicy& policy, const CompiledStatement& statement,
                      const PrincipalScene& scene, StatementRef ref, bool action_matches) {
    StatementTrace* trace = nullptr;
    if (options_.trace) {
      trace = &decision_.trace.emplace_back();
      trace->statement = ref;
    }
    const StatementAnswer answer =
        match_statement(statement, request_, scene, action_matches, trace);
    if ((!statement.usable || statement.condition_open) && options_.warnings)
      decision_.warnings.push_back(malformed_warning(policy, ref, statement.condition_open));
    add_answer(policy, statement, answer, ref);
    if (statement.as_deny == nullptr) return;
    // The Effect is open: the request may be allowed by it, and it may be denied.
    const CompiledStatement& as_deny = *statement.as_deny;
    add_answer(policy, as_deny, match_statement(as_deny, request_, scene, action_matches, nullptr),
               ref);
  }

  void add_answer(const AttachedPolicy& policy, const CompiledStatement& statement,
                  const StatementAnswer& answer, StatementRef ref) {
    if (answer.truth == Truth::kUnknown || answer.principal.possible != answer.principal.certain)
      unknown_statements_.push_back({&statement, group_of(statement.effect, policy)});
    facts_.add(ref, statement.effect, policy, answer);
  }

  // The Allow that an explicit deny overruled, if there would have been one.
  void add_overruled(Verdict& verdict, DecisionCause refusal_cause) const {
    if (verdict.kind != DecisionKind::kExplicitlyDenied) return;
    Facts facts = facts_.pessimistic();
    facts.deny.reset();
    facts.guard_deny.reset();
    const Verdict otherwise = combine(request_, setting_, facts, refusal_cause);
    if (otherwise.kind == DecisionKind::kAllowed) verdict.also = otherwise.decided_by;
  }

  const PolicySet& policies_;
  const Request& request_;
  const EvaluateOptions& options_;
  Decision& decision_;
  const std::array<PolicyKindInfo, 8>& kinds_ = policy_kinds();
  Setting setting_;
  bool on_role_;
  std::array<bool, 8> weighed_{};
  FactCollector facts_;
  // Most are asked for nothing: the first few take no memory from the heap.
  std::array<std::byte, 32 * sizeof(UnknownStatement)> first_unknown_;
  std::pmr::monotonic_buffer_resource unknown_memory_{first_unknown_.data(), first_unknown_.size()};
  std::pmr::vector<UnknownStatement> unknown_statements_{&unknown_memory_};
};

}  // namespace

Decision evaluate(const PolicySet& policies, const Request& request,
                  const EvaluateOptions& options) {
  Decision decision;
  Evaluation evaluation(policies, request, options, decision);
  evaluation.read_policies();
  const Verdict verdict = evaluation.verdict();
  decision.kind = verdict.kind;
  decision.cause = verdict.cause;
  decision.decided_by = verdict.decided_by;
  decision.also = verdict.also;
  if (options.warnings) add_warnings(policies, request, decision);
  return decision;
}

}  // namespace iamcheck
