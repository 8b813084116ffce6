#include "evaluate/warnings.h"

#include <algorithm>

#include "evaluate/compiled_policy.h"
#include "iamcheck/arn.h"
#include "iamcheck/credentials.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kTokenIssueTime = "aws:TokenIssueTime";

bool has_token_issue_time(const Request& request) {
  switch (request.fields().credential_kind) {
    case CredentialKind::kUnspecified:
      break;
    case CredentialKind::kLongTerm:
    case CredentialKind::kService:
      return false;
    default:
      return true;
  }
  // Sessions have no other credentials, whoever asks.
  const Principal::Kind caller = request.principal().kind;
  return caller == Principal::Kind::kRoleSession || caller == Principal::Kind::kRole ||
         caller == Principal::Kind::kFederatedSession;
}

// S10.1: temporary credentials always carry the key. Reading it as absent must not go unsaid, since
// the usual Deny that revokes old sessions tests it.
bool token_issue_time_decides(const PolicySet& policies, const Request& request) {
  if (!has_token_issue_time(request)) return false;
  if (request.context().mode() != Context::Mode::kStrict || request.context().has(kTokenIssueTime))
    return false;
  const bool tested = std::ranges::any_of(
      policies.compiled(), [](const auto& policy) { return policy->tests_token_issue_time; });
  if (!tested) return false;
  RequestFields fields = request.fields();
  fields.context.set_unknown(kTokenIssueTime);
  const Decision open = evaluate(policies, Request(std::move(fields)), {.warnings = false});
  return open.kind == DecisionKind::kUndecided &&
         std::ranges::any_of(open.missing_context, [](const std::string& key) {
           return equals_ignoring_case(key, kTokenIssueTime);
         });
}

// S7.5, S7.7: conditions that AWS's documents leave open, read in the way that lets a Deny not
// apply, though every other element of it does.
void add_weakened_denies(const PolicySet& policies, Decision& decision) {
  for (const StatementTrace& trace : decision.trace) {
    const AttachedPolicy& policy = policies.policies()[trace.statement.policy];
    const Statement& statement = policy.policy->statements[trace.statement.statement];
    if (statement.effect != Effect::kDeny || trace.truth == Truth::kTrue) continue;
    const ConditionTrace* weakened = nullptr;
    bool others_hold = trace.usable && trace.action != Truth::kFalse &&
                       trace.principal != Truth::kFalse && trace.resource != Truth::kFalse;
    for (const ConditionTrace& condition : trace.conditions) {
      if (condition.explanation.weakens_deny) {
        if (weakened == nullptr) weakened = &condition;
      } else {
        others_hold = others_hold && condition.truth != Truth::kFalse;
      }
    }
    if (weakened == nullptr || !others_hold) continue;
    const ConditionEntry& entry = statement.conditions[weakened->condition];
    std::vector<std::string> quoted = {"`" + entry.condition_operator.value + "` on `" +
                                       entry.key.value + "`"};
    if (policy.policy->source)
      hide_credentials(policy.policy->source->slice(policy.policy->span), quoted);
    decision.warnings.push_back(
        {"deny-weakened",
         "the Deny in statement " + std::to_string(trace.statement.statement) + " of `" +
             policy.name + "` does not apply only because of a reading on which AWS is silent: " +
             quoted[0] + ", " + std::string(info(weakened->explanation.reason).sentence) + " (" +
             std::string(info(weakened->explanation.reason).rule) + ")"});
  }
}

}  // namespace

DecisionWarning left_out_warning(const PolicyKindInfo& kind, std::string_view why) {
  return {"policy-left-out", "no " + std::string(kind.title) + " was weighed: " + std::string(why)};
}

DecisionWarning malformed_warning(const AttachedPolicy& policy, StatementRef ref, bool may_deny) {
  const std::string statement =
      "statement " + std::to_string(ref.statement) + " of `" + policy.name + "`";
  if (may_deny)
    return {"malformed-statement", statement +
                                       " is a Deny with an unreadable Condition; whether it "
                                       "applies is open"};
  return {"malformed-statement",
          statement + " has no valid Effect or an unreadable Condition; it never matches"};
}

void add_warnings(const PolicySet& policies, const Request& request, Decision& decision) {
  if (request.principal().kind == Principal::Kind::kOther) {
    decision.warnings.push_back(
        {"unrecognised-principal", "`" + request.principal().text +
                                       "` is no user, role, session, root or service principal"});
  }
  if (!request.resource_arn() && request.resource() != "*") {
    decision.warnings.push_back(
        {"resource-not-an-arn",
         "`" + request.resource() + "` is no ARN: only the entry `*` matches it"});
  }
  if (request.service().empty() || request.action_name().empty()) {
    decision.warnings.push_back(
        {"malformed-action", "`" + request.action() + "` is not of the form `service:Name`"});
  }
  if (request.principal().kind == Principal::Kind::kRoot && policies.has(PolicyKind::kIdentity)) {
    decision.warnings.push_back({"root-has-no-policies",
                                 "AWS attaches no identity-based policy to a root user; of those "
                                 "given, only a Deny was weighed"});
  }
  add_weakened_denies(policies, decision);
  if (token_issue_time_decides(policies, request)) {
    decision.warnings.push_back({"token-issue-time-not-given",
                                 "temporary credentials always carry aws:TokenIssueTime, the "
                                 "answer hangs on it, and it was "
                                 "not given: it was read as absent"});
  }
}

}  // namespace iamcheck
