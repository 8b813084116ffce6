#include "evaluate/compiled_policy.h"

#include <algorithm>

namespace iamcheck {
namespace {

ShortArnRule short_arn_rule(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::kResource:
    case PolicyKind::kTrust:
    case PolicyKind::kEndpoint:
      return ShortArnRule::kPadIfWildcard;
    case PolicyKind::kScp:
      return ShortArnRule::kPadIfStarAtEnd;
    case PolicyKind::kRcp:
      return ShortArnRule::kInvalid;
    case PolicyKind::kIdentity:
    case PolicyKind::kBoundary:
    case PolicyKind::kSession:
      break;
  }
  return ShortArnRule::kPad;
}

bool has_unknown_variable(const ResourcePattern& pattern, const Context& context) {
  for (const std::string& key : pattern.variable_keys()) {
    if (context.find_variable(key).state == VariableValue::State::kUnknown) return true;
  }
  return false;
}

Condition compile_condition(const ConditionEntry& entry, bool variables) {
  std::vector<ConditionValue> values;
  values.reserve(entry.values.size());
  for (const Text& value : entry.values) values.push_back({value.value, value.unresolved});
  Condition::Options options;
  options.variables = variables;
  options.unresolved = entry.condition_operator.unresolved || entry.key.unresolved;
  return Condition(entry.condition_operator.value, entry.key.value, values, options);
}

CompiledStatement compile_statement(const Statement& statement, PolicyKind kind, bool variables) {
  CompiledStatement compiled;
  compiled.statement = &statement;
  compiled.usable = statement.effect.has_value() && !statement.condition_malformed;
  if (statement.effect) compiled.effect = *statement.effect;
  if (statement.action) compiled.action.emplace_back(*statement.action);
  if (statement.not_action) compiled.not_action.emplace_back(*statement.not_action);
  ResourcePattern::Options options;
  options.variables = variables;
  options.short_arns = short_arn_rule(kind);
  if (statement.resource) compiled.resource.emplace_back(*statement.resource, options);
  if (statement.not_resource) compiled.not_resource.emplace_back(*statement.not_resource, options);
  for (const ConditionEntry& entry : statement.conditions) {
    compiled.conditions.push_back(compile_condition(entry, variables));
  }
  return compiled;
}

}  // namespace

ActionSet::ActionSet(const ListElement& element) {
  for (const Text& value : element.values) {
    if (value.unresolved) {
      unresolved_ = true;
      continue;
    }
    ActionPattern pattern(value.value);
    if (pattern.matches_everything()) everything_ = true;
    if (pattern.matches_everything() || pattern.never_matches()) continue;
    entries_.push_back({pattern.service(), pattern.name()});
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.service < b.service; });
}

Truth ActionSet::matches(const Request& request) const {
  if (everything_) return Truth::kTrue;
  auto first = std::lower_bound(
      entries_.begin(), entries_.end(), request.service(),
      [](const Entry& entry, const std::string& service) { return entry.service < service; });
  for (; first != entries_.end() && first->service == request.service(); ++first) {
    if (first->name.matches(request.action_name())) return Truth::kTrue;
  }
  return unresolved_ ? Truth::kUnknown : Truth::kFalse;
}

ResourceSet::ResourceSet(const ListElement& element, ResourcePattern::Options options) {
  for (const Text& value : element.values) {
    Entry entry{ResourcePattern(value.value, options), value.unresolved};
    everything_ |= !entry.unresolved && entry.pattern.matches_everything();
    entries_.push_back(std::move(entry));
  }
}

Truth ResourceSet::matches(const Request& request) const {
  if (everything_) return Truth::kTrue;
  Truth result = Truth::kFalse;
  for (const Entry& entry : entries_) {
    if (entry.unresolved) {
      result = truth_or(result, Truth::kUnknown);
      continue;
    }
    switch (entry.pattern.match(request.resource(), request.context())) {
      case Pattern::Outcome::kYes:
        return Truth::kTrue;
      case Pattern::Outcome::kUnknown:
        result = truth_or(result, Truth::kUnknown);
        break;
      case Pattern::Outcome::kNo:
      case Pattern::Outcome::kUnresolved:  // S4.6: the entry matches nothing
        break;
    }
  }
  return result;
}

Truth ResourceSet::excludes(const Request& request, Effect effect) const {
  if (everything_) return Truth::kFalse;
  Truth result = Truth::kTrue;
  for (const Entry& entry : entries_) {
    Truth outside = Truth::kTrue;
    Pattern::Outcome outcome = entry.unresolved
                                   ? Pattern::Outcome::kUnknown
                                   : entry.pattern.match(request.resource(), request.context());
    if (!entry.unresolved && entry.pattern.invalid()) outcome = Pattern::Outcome::kUnresolved;
    switch (outcome) {
      case Pattern::Outcome::kYes:
        return Truth::kFalse;
      case Pattern::Outcome::kNo:
        // No value could match, but the key may have none at all, and then the entry is broken.
        if (effect == Effect::kAllow && has_unknown_variable(entry.pattern, request.context())) {
          outside = Truth::kUnknown;
        }
        break;
      case Pattern::Outcome::kUnknown:
        outside = Truth::kUnknown;
        break;
      case Pattern::Outcome::kUnresolved:
        outside = to_truth(effect == Effect::kDeny);
        break;
    }
    result = truth_and(result, outside);
  }
  return result;
}

void ResourceSet::add_unknown_keys(const Request& request, std::vector<std::string>& keys) const {
  for (const Entry& entry : entries_) {
    for (std::string& key : entry.pattern.variable_keys()) {
      if (request.context().find_variable(key).state == VariableValue::State::kUnknown) {
        keys.push_back(std::move(key));
      }
    }
  }
}

std::shared_ptr<const PolicySet::Compiled> compile_policy(const AttachedPolicy& attached) {
  auto compiled = std::make_shared<PolicySet::Compiled>();
  compiled->kind = attached.kind;
  compiled->policy = attached.policy;
  bool variables = attached.policy->has_variables();
  for (const Statement& statement : attached.policy->statements) {
    compiled->statements.push_back(compile_statement(statement, attached.kind, variables));
  }
  return compiled;
}

// PolicySet itself: a list of shared compiled policies.
PolicySet::PolicySet() = default;
PolicySet::~PolicySet() = default;
PolicySet::PolicySet(const PolicySet&) = default;
PolicySet& PolicySet::operator=(const PolicySet&) = default;
PolicySet::PolicySet(PolicySet&&) noexcept = default;
PolicySet& PolicySet::operator=(PolicySet&&) noexcept = default;

void PolicySet::add(std::string name, PolicyKind kind, Policy policy) {
  add({std::move(name), kind, std::make_shared<const Policy>(std::move(policy))});
}

void PolicySet::add(AttachedPolicy attached) {
  compiled_.push_back(compile_policy(attached));
  policies_.push_back(std::move(attached));
}

}  // namespace iamcheck
