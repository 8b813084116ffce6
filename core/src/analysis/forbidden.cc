// What a policy grants of the access that somebody forbids, as a question of new access: the policy
// as it is, against the policy with the forbidden access denied.
#include <utility>

#include "analysis/question.h"
#include "iamcheck/analysis.h"
#include "policy/everything.h"

namespace iamcheck {
namespace {

// The statements of one effect as Denies. What a statement leaves out it does not narrow.
Policy denied(const Policy& forbidden, Effect effect, PolicyKind kind) {
  Policy policy;
  policy.version = forbidden.version;
  policy.source = forbidden.source;
  for (Statement statement : forbidden.statements) {
    if (statement.effect != effect) continue;
    statement.effect = Effect::kDeny;
    if (!statement.resource && !statement.not_resource) statement.resource = every_value();
    if (!info(kind).takes_principal) {
      statement.principal.reset();
    } else if (!statement.principal && !statement.not_principal) {
      statement.principal = everyone();
    }
    append(std::move(statement), policy);
  }
  return policy;
}

}  // namespace

AccessAnswer forbidden_access(const Policy& policy, const Policy& forbidden, PolicyKind kind,
                              const AnalysisOptions& options) {
  PolicySet before, after;
  for (PolicySet* set : {&before, &after}) {
    set->add("policy", kind, policy);
    set->add("exceptions", kind, denied(forbidden, Effect::kDeny, kind));
  }
  before.add("forbidden", kind, denied(forbidden, Effect::kAllow, kind));
  const analysis::PolicyList with(before), without(after);
  AccessAnswer answer = analysis::ask({with, without, analysis::Confirmation::kDocument}, options);
  // The other side is of our making: no statement of anybody is closest, or has denied anything.
  answer.closest.reset();
  answer.closest_lacks.clear();
  for (AccessPiece& piece : answer.added) piece.was_denied_by.reset();
  return answer;
}

}  // namespace iamcheck
