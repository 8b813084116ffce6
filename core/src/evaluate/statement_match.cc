#include "evaluate/statement_match.h"

namespace iamcheck {
namespace {

// S2: a statement without Action and NotAction never matches.
Truth match_action(const CompiledStatement& statement, const Request& request) {
  if (statement.action.empty() && statement.not_action.empty()) return Truth::kFalse;
  Truth truth = Truth::kTrue;
  for (const ActionSet& set : statement.action) truth = truth_and(truth, set.matches(request));
  for (const ActionSet& set : statement.not_action)
    truth = truth_and(truth, truth_not(set.matches(request)));
  return truth;
}

// S2: only resource-based policies may leave Resource out; they then mean the resource they hang
// on.
Truth match_resource(const CompiledStatement& statement, PolicyKind kind, const Request& request) {
  if (statement.resource.empty() && statement.not_resource.empty()) {
    return to_truth(kind == PolicyKind::kResource || kind == PolicyKind::kTrust);
  }
  Truth truth = Truth::kTrue;
  for (const ResourceSet& set : statement.resource) truth = truth_and(truth, set.matches(request));
  for (const ResourceSet& set : statement.not_resource) {
    truth = truth_and(truth, set.excludes(request, statement.effect));
  }
  return truth;
}

Truth truth_of(const PrincipalAnswer& answer) {
  if (answer.certain != PrincipalMatch::kNone) return Truth::kTrue;
  return answer.possible != PrincipalMatch::kNone ? Truth::kUnknown : Truth::kFalse;
}

PrincipalAnswer direct_if(Truth truth) {
  PrincipalAnswer answer;
  if (truth != Truth::kFalse) answer.possible = PrincipalMatch::kDirect;
  if (truth == Truth::kTrue) answer.certain = PrincipalMatch::kDirect;
  return answer;
}

// Where NotPrincipal works at all; elsewhere its statement never matches (S8.6).
bool takes_not_principal(const PrincipalScene& scene) {
  return !scene.trust && info(scene.kind).takes_not_principal;
}

// S8.6. An Allow with NotPrincipal is legacy: it covers everyone who is not listed. A Deny with it
// always meets a caller that has a permissions boundary, whatever it lists.
PrincipalAnswer match_not_principal(const PrincipalElement& element, Effect effect,
                                    const Request& request, const PrincipalScene& scene) {
  if (!takes_not_principal(scene)) return {};
  if (effect == Effect::kDeny) {
    if (scene.boundary) return direct_if(Truth::kTrue);
    return direct_if(truth_not(exempts_from_deny(element, request)));
  }
  // S9.8: NotPrincipal means the same at every kind of endpoint.
  PrincipalScene anywhere = scene;
  anywhere.kind = PolicyKind::kResource;
  return direct_if(truth_not(truth_of(match_principal(element, request, anywhere))));
}

PrincipalAnswer match_principals(const CompiledStatement& compiled, const Request& request,
                                 const PrincipalScene& scene) {
  const Statement& statement = *compiled.statement;
  if (statement.expression) {
    return direct_if(info(scene.kind).takes_principal ? Truth::kUnknown : Truth::kTrue);
  }
  // S2: Principal in a policy of a principal is ignored; S8.6: NotPrincipal is not supported there.
  if (!info(scene.kind).takes_principal) return direct_if(to_truth(!statement.not_principal));
  if (!statement.principal && !statement.not_principal) return {};
  PrincipalAnswer answer = direct_if(Truth::kTrue);
  if (statement.not_principal) {
    answer = match_not_principal(*statement.not_principal, compiled.effect, request, scene);
  }
  if (statement.principal) {
    PrincipalAnswer named = match_principal(*statement.principal, request, scene);
    answer.certain = std::min(answer.certain, named.certain);
    answer.possible = std::min(answer.possible, named.possible);
  }
  return answer;
}

Truth match_conditions(const CompiledStatement& statement, const Request& request, Truth so_far,
                       StatementTrace* trace) {
  Truth truth = so_far;
  for (std::size_t i = 0; i < statement.conditions.size(); ++i) {
    if (trace == nullptr) {
      if (truth == Truth::kFalse) break;
      truth = truth_and(truth, statement.conditions[i].evaluate(request.context()));
      continue;
    }
    ConditionTrace entry;
    entry.condition = static_cast<std::uint32_t>(i);
    entry.truth = statement.conditions[i].evaluate(request.context(), &entry.explanation);
    if (entry.truth == Truth::kUnknown)
      entry.unknown_keys = statement.conditions[i].unknown_keys(request.context());
    truth = truth_and(truth, entry.truth);
    trace->conditions.push_back(std::move(entry));
  }
  return truth;
}

}  // namespace

StatementAnswer match_statement(const CompiledStatement& statement, const Request& request,
                                const PrincipalScene& scene, bool action_matches,
                                StatementTrace* trace) {
  StatementAnswer answer;
  if (trace != nullptr) trace->usable = statement.usable;
  if (!statement.usable && trace == nullptr) return answer;

  Truth action = action_matches ? Truth::kTrue : match_action(statement, request);
  if (action == Truth::kFalse && trace == nullptr) return answer;
  answer.principal = match_principals(statement, request, scene);
  Truth principal = truth_of(answer.principal);
  if (principal == Truth::kFalse && trace == nullptr) return answer;
  Truth resource = match_resource(statement, scene.kind, request);
  Truth truth = truth_and(truth_and(action, principal), resource);
  truth = match_conditions(statement, request, truth, trace);
  if (statement.effect_open || statement.condition_open) truth = truth_and(truth, Truth::kUnknown);
  answer.truth = statement.usable ? truth : Truth::kFalse;
  if (trace != nullptr) {
    trace->action = action;
    trace->principal = principal;
    trace->principal_match = answer.principal.possible;
    trace->resource = resource;
    trace->truth = answer.truth;
  }
  return answer;
}

void add_unknown_keys(const CompiledStatement& statement, const Request& request,
                      std::vector<std::string>& keys) {
  for (const ResourceSet& set : statement.resource) set.add_unknown_keys(request, keys);
  for (const ResourceSet& set : statement.not_resource) set.add_unknown_keys(request, keys);
  for (const Condition& condition : statement.conditions) {
    if (condition.evaluate(request.context()) != Truth::kUnknown) continue;
    for (std::string& key : condition.unknown_keys(request.context()))
      keys.push_back(std::move(key));
  }
}

}  // namespace iamcheck
