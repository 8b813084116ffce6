// How operators are put together: rules S7.1 to S7.8 and S4.6, each at its branch.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
#include "condition/operators.h"

#include "condition/choices.h"

namespace iamcheck {
namespace {

using families::PolicyValues;
using families::Tally;
using Reason = ConditionReason;
using State = ContextValue::State;

static_assert([] {
  for (const ConditionOperatorInfo& row : kConditionOperators) {
    if (row.family == ConditionFamily::kBool && row.variables != choices::kBoolTakesVariables) {
      return false;
    }
  }
  return true;
}());

Truth decide(ConditionExplanation& explanation, Truth truth, Reason reason) {
  explanation.reason = reason;
  return truth;
}

Truth decide(ConditionExplanation& explanation, Truth truth, Reason reason,
             std::uint32_t policy_value) {
  explanation.policy_value = policy_value;
  return decide(explanation, truth, reason);
}

// A choice of ours, where AWS is silent.
Truth choose(ConditionExplanation& explanation, Truth truth, Reason reason) {
  explanation.weakens_deny = truth == Truth::kFalse;
  return decide(explanation, truth, reason);
}

// S7.2, positive: several policy values are OR-ed. Wrong types (S7.7) and variables without a value
// (S4.6) equal nothing, so another value can still match.
Truth judge_positive(const Tally& tally, ConditionExplanation& out) {
  if (tally.request_mistyped) return decide(out, Truth::kFalse, Reason::kMistyped);
  if (tally.matched != Tally::kNone) {
    return decide(out, Truth::kTrue, Reason::kMatched, tally.matched);
  }
  if (tally.unresolved != Tally::kNone) {
    return decide(out, Truth::kUnknown, Reason::kUnresolvedText, tally.unresolved);
  }
  if (tally.unknown_variable != Tally::kNone) {
    return decide(out, Truth::kUnknown, Reason::kUnknownVariable, tally.unknown_variable);
  }
  if (tally.no_variable_value != Tally::kNone) {
    return decide(out, Truth::kFalse, Reason::kNoVariableValue, tally.no_variable_value);
  }
  if (tally.mistyped != Tally::kNone) {
    return decide(out, Truth::kFalse, Reason::kMistyped, tally.mistyped);
  }
  return decide(out, Truth::kFalse, Reason::kNotMatched);
}

// S7.2, negated: the request's value must differ from all of the policy's (NOR).
Truth judge_negated(const Tally& tally, ConditionExplanation& out) {
  if (tally.matched != Tally::kNone) {
    return decide(out, Truth::kFalse, Reason::kNotMatched, tally.matched);
  }
  // S7.7: a wrong type on either side makes the negated operator false too; one policy value spoils
  // all.
  if (tally.request_mistyped || tally.mistyped != Tally::kNone) {
    out.policy_value = tally.mistyped;
    return choose(out, choices::kMistypedUnderNegated, Reason::kMistyped);
  }
  if (tally.unresolved != Tally::kNone) {
    return decide(out, Truth::kUnknown, Reason::kUnresolvedText, tally.unresolved);
  }
  if (tally.unknown_variable != Tally::kNone) {
    return decide(out, Truth::kUnknown, Reason::kUnknownVariable, tally.unknown_variable);
  }
  // S4.6: a variable without a value is "not equal", so the negated operator matches.
  if (tally.no_variable_value != Tally::kNone) {
    return decide(out, Truth::kTrue, Reason::kNoVariableValue, tally.no_variable_value);
  }
  return decide(out, Truth::kTrue, Reason::kMatched);
}

Truth judge(const ConditionOperatorInfo& base, const Tally& tally, ConditionExplanation& out) {
  return base.negated ? judge_negated(tally, out) : judge_positive(tally, out);
}

// S7.6: AWS calls a value that resolves to an empty text a null data set, for Null and
// ForAllValues.
bool is_null(const ContextValue& value) {
  if (value.state == State::kAbsent) return true;
  return choices::kEmptyTextIsNull && value.values.size() == 1 && value.values[0].empty();
}

Truth answer_null(const ConditionOperator& op, const PolicyValues& policy,
                  const ContextValue& value, const VariableScope& scope,
                  ConditionExplanation& out) {
  // `Null` takes no IfExists; AWS refuses to save it. A set prefix is ignored.
  if (op.if_exists) return choose(out, choices::kNullIfExists, Reason::kNullIfExists);
  if (value.state != State::kUnknown) {
    return judge_positive(policy.compare(is_null(value) ? "true" : "false", scope), out);
  }
  // Both `true` and `false`, or neither, among the values: the key does not matter.
  Truth missing = judge_positive(policy.compare("true", scope), out);
  Truth present = judge_positive(policy.compare("false", scope), out);
  if (missing == present) return present;
  out.policy_value = ConditionExplanation::kNone;
  return decide(out, Truth::kUnknown, Reason::kUnknownKey);
}

// S7.1 and the empty sets of S7.4.
Truth answer_missing(const ConditionOperator& op, ConditionExplanation& out) {
  switch (op.set) {
    case SetQualifier::kForAllValues:
      return decide(out, Truth::kTrue, Reason::kNothingForAll);
    case SetQualifier::kForAnyValue:
      // S7.5: IfExists is not applied to the set.
      if (op.if_exists) {
        return choose(out, choices::kForAnyValueIfExistsMissing, Reason::kForAnyIfExists);
      }
      return decide(out, Truth::kFalse, Reason::kNothingForAny);
    case SetQualifier::kNone:
      break;
  }
  if (op.if_exists) return decide(out, Truth::kTrue, Reason::kKeyMissingIfExists);
  return decide(out, to_truth(op.base->negated), Reason::kKeyMissing);
}

// An unknown key gives an unknown answer, unless a missing key, every single value and every list
// give the same.
Truth answer_unknown(const ConditionOperator& op, const PolicyValues& policy,
                     const VariableScope& scope, ConditionExplanation& out) {
  std::optional<bool> present = policy.constant(op.base->negated, scope);
  if (present) {
    Truth single = to_truth(*present);
    Truth list = op.set == SetQualifier::kNone ? choices::kListWithoutSetOperator : single;
    ConditionExplanation ignored;
    Truth missing = answer_missing(op, ignored);
    if (single == list && single == missing) {
      return decide(out, single, single == Truth::kTrue ? Reason::kMatched : Reason::kNotMatched);
    }
  }
  return decide(out, Truth::kUnknown, Reason::kUnknownKey);
}

// S7.4: Base is applied to each value of the request against the whole policy list. ForAllValues is
// the AND of the answers, ForAnyValue the OR; a single text is a list of one.
Truth answer_set(const ConditionOperator& op, const PolicyValues& policy, const ContextValue& value,
                 const VariableScope& scope, ConditionExplanation& out) {
  bool all = op.set == SetQualifier::kForAllValues;
  if (all && is_null(value)) return decide(out, Truth::kTrue, Reason::kNothingForAll);
  Truth whole = to_truth(all);
  Truth decisive = to_truth(!all);
  for (std::uint32_t i = 0; i < value.values.size(); ++i) {
    ConditionExplanation one;
    one.request_value = i;
    Truth truth = judge(*op.base, policy.compare(value.values[i], scope), one);
    // The first value that decides explains; else the first unknown one; else the first.
    if (truth == decisive) {
      out = one;
      return decisive;
    }
    if (i == 0 || (truth == Truth::kUnknown && whole != Truth::kUnknown)) out = one;
    whole = all ? truth_and(whole, truth) : truth_or(whole, truth);
  }
  return whole;
}

}  // namespace

Truth answer(const ConditionOperator& op, const PolicyValues& policy, const ContextValue& value,
             const VariableScope& scope, ConditionExplanation& out) {
  if (op.base->family == ConditionFamily::kNull) {
    return answer_null(op, policy, value, scope, out);
  }
  switch (value.state) {
    case State::kUnknown:
      return answer_unknown(op, policy, scope, out);
    case State::kAbsent:
      return answer_missing(op, out);
    case State::kSingle:
    case State::kList:
      break;
  }
  if (op.set != SetQualifier::kNone) return answer_set(op, policy, value, scope, out);
  // S7.3: a list needs a set operator, whatever its length, also for negated operators.
  if (value.state == State::kList) {
    return choose(out, choices::kListWithoutSetOperator, Reason::kListWithoutSet);
  }
  out.request_value = 0;
  return judge(*op.base, policy.compare(value.values[0], scope), out);
}

}  // namespace iamcheck
