#include "iamcheck/condition.h"

#include <algorithm>

#include "condition/choices.h"
#include "condition/families/policy_values.h"
#include "condition/operators.h"

namespace iamcheck {

struct Condition::Program {
  std::optional<ConditionOperator> condition_operator;
  ContextKey key;
  bool unresolved = false;
  std::unique_ptr<families::PolicyValues> values;  // none for an unknown operator
  std::vector<std::string> keys;
  std::vector<ContextKey> folded_keys;  // as `keys`
};

Condition::Condition(std::string_view operator_text, std::string_view key,
                     std::span<const ConditionValue> values, Options options) {
  auto program = std::make_shared<Program>();
  const std::optional<ConditionOperator> parsed = parse_condition_operator(operator_text);
  program->condition_operator = parsed;
  program->key = ContextKey(key);
  program->unresolved = options.unresolved;
  std::vector<std::string> keys;
  // The name of a key that is not known yet is no name.
  if (!program->unresolved) keys.emplace_back(key);
  if (parsed && !program->unresolved) {
    const ConditionOperatorInfo& base = *parsed->base;
    program->values = families::make_values(
        base.family, {values, base.comparison, options.variables && base.variables});
    for (std::string& variable : program->values->variable_keys()) keys.push_back(variable);
  }
  for (std::string& name : keys) {
    ContextKey folded(name);
    auto& known = program->folded_keys;
    if (std::find(known.begin(), known.end(), folded) != known.end()) continue;
    known.push_back(std::move(folded));
    program->keys.push_back(std::move(name));
  }
  program_ = std::move(program);
}

Truth Condition::evaluate(const Context& context, ConditionExplanation* explanation) const {
  ConditionExplanation ignored;
  ConditionExplanation& out = explanation != nullptr ? *explanation : ignored;
  out = {};
  const Program& program = *program_;
  if (program.unresolved) {
    out.reason = ConditionReason::kUnresolvedText;
    return Truth::kUnknown;
  }
  // S7.8
  if (!program.condition_operator) {
    out.reason = ConditionReason::kUnknownOperator;
    out.weakens_deny = choices::kUnknownOperator == Truth::kFalse;
    return choices::kUnknownOperator;
  }
  return answer(*program.condition_operator, *program.values, context.find(program.key), context,
                out);
}

const std::optional<ConditionOperator>& Condition::condition_operator() const {
  return program_->condition_operator;
}

const ContextKey& Condition::key() const { return program_->key; }

const std::vector<std::string>& Condition::keys() const { return program_->keys; }

std::vector<std::string> Condition::unknown_keys(const Context& context) const {
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < program_->keys.size(); ++i) {
    ContextValue value = context.find(program_->folded_keys[i]);
    if (value.state == ContextValue::State::kUnknown) unknown.push_back(program_->keys[i]);
  }
  return unknown;
}

}  // namespace iamcheck
