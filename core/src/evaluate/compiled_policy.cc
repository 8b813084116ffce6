#include "evaluate/compiled_policy.h"

#include <algorithm>
#include <numeric>

#include "evaluate/public_access.h"
#include "text/ascii.h"

namespace iamcheck {

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

namespace {

bool has_unknown_variable(const ResourcePattern& pattern, const Context& context) {
  for (const std::string& key : pattern.variable_keys()) {
    if (context.find_variable(ContextKey(key)).state == VariableValue::State::kUnknown) return true;
  }
  return false;
}

// Whether variables work; `open` when the version of the policy is known only at deploy time.
struct Variables {
  bool work = false;
  bool open = false;
  // A text whose meaning hangs on the version is as unresolved as the version.
  bool leave_open(const Text& text) const {
    return text.unresolved || (open && text.value.find("${") != std::string::npos);
  }
};

Condition compile_condition(const ConditionEntry& entry, Variables variables) {
  std::vector<ConditionValue> values;
  values.reserve(entry.values.size());
  for (const Text& value : entry.values)
    values.push_back({value.value, variables.leave_open(value)});
  Condition::Options options;
  options.variables = variables.work;
  options.unresolved = entry.condition_operator.unresolved || entry.key.unresolved;
  return Condition(entry.condition_operator.value, entry.key.value, values, options);
}

ResourceSet compile_resources(const ListElement& element, ResourcePattern::Options options,
                              Variables variables) {
  if (!variables.open) return {element, options};
  ListElement left_open = element;
  for (Text& value : left_open.values) value.unresolved = variables.leave_open(value);
  return {left_open, options};
}

bool has_open_effect(const Statement& statement) {
  return statement.expression || (statement.effect_text && statement.effect_text->unresolved);
}

CompiledStatement compile_statement(const Statement& statement, const AttachedPolicy& attached,
                                    Variables variables) {
  CompiledStatement compiled;
  compiled.statement = &statement;
  compiled.effect_open = has_open_effect(statement);
  compiled.condition_open = statement.condition_malformed && statement.effect == Effect::kDeny;
  compiled.usable = (statement.effect || compiled.effect_open) &&
                    (!statement.condition_malformed || compiled.condition_open);
  if (statement.effect) compiled.effect = *statement.effect;
  if (compiled.effect_open) compiled.effect = Effect::kAllow;
  if (statement.expression) {
    // It may speak about anything.
    ListElement anything;
    anything.values = {*statement.expression};
    compiled.action.emplace_back(anything);
    compiled.resource.emplace_back(anything, ResourcePattern::Options());
    return compiled;
  }
  if (statement.action) compiled.action.emplace_back(*statement.action);
  if (statement.not_action) compiled.not_action.emplace_back(*statement.not_action);
  ResourcePattern::Options options;
  options.variables = variables.work;
  options.short_arns = short_arn_rule(attached.kind);
  options.component_wise = attached.component_wise;
  if (statement.resource)
    compiled.resource.push_back(compile_resources(*statement.resource, options, variables));
  if (statement.not_resource)
    compiled.not_resource.push_back(compile_resources(*statement.not_resource, options, variables));
  for (const ConditionEntry& entry : statement.conditions) {
    compiled.conditions.push_back(compile_condition(entry, variables));
  }
  return compiled;
}

bool tests_token_issue_time(const Policy& policy) {
  const auto names_it = [](const ConditionEntry& entry) {
    return equals_ignoring_case(entry.key.value, "aws:TokenIssueTime");
  };
  return std::ranges::any_of(policy.statements, [&](const Statement& statement) {
    return std::ranges::any_of(statement.conditions, names_it);
  });
}

}  // namespace

ActionSet::ActionSet(const ListElement& element) {
  std::vector<ActionPattern> patterns;
  patterns.reserve(element.values.size());
  for (const Text& value : element.values) {
    if (value.unresolved) {
      unresolved_ = true;
      continue;
    }
    ActionPattern pattern(value.value);
    if (pattern.matches_everything()) everything_ = true;
    if (pattern.matches_everything() || pattern.never_matches()) continue;
    patterns.push_back(std::move(pattern));
  }
  // Positions are sorted, not patterns: those are large, and each is moved once.
  std::vector<std::uint32_t> order(patterns.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int difference = patterns[a].service().compare(patterns[b].service());
    return difference != 0 ? difference < 0 : a < b;
  });
  entries_.reserve(patterns.size());
  for (const std::uint32_t position : order) {
    entries_.push_back(std::move(patterns[position]));
    const auto end = static_cast<std::uint32_t>(entries_.size());
    if (groups_.empty() || service_of(groups_.back()) != entries_.back().service()) {
      groups_.push_back({end - 1, end});
    } else {
      groups_.back().end = end;
    }
  }
}

Truth ActionSet::matches(const Request& request) const {
  if (everything_) return Truth::kTrue;
  const auto group = std::lower_bound(groups_.begin(), groups_.end(), request.service(),
                                      [this](const Group& candidate, std::string_view service) {
                                        return service_of(candidate) < service;
                                      });
  if (group != groups_.end() && service_of(*group) == request.service()) {
    for (std::uint32_t i = group->begin; i < group->end; ++i) {
      if (entries_[i].name().matches(request.action_name())) return Truth::kTrue;
    }
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
      if (request.context().find_variable(ContextKey(key)).state ==
          VariableValue::State::kUnknown) {
        keys.push_back(std::move(key));
      }
    }
  }
}

std::shared_ptr<const PolicySet::Compiled> compile_policy(const AttachedPolicy& attached) {
  std::vector<CompiledStatement> statements;
  statements.reserve(attached.policy->statements.size());
  const std::optional<Text>& version = attached.policy->version;
  const Variables variables{attached.policy->has_variables(), version && version->unresolved};
  for (const Statement& statement : attached.policy->statements) {
    CompiledStatement compiled = compile_statement(statement, attached, variables);
    if (compiled.effect_open) {
      auto as_deny = std::make_shared<CompiledStatement>(compiled);
      as_deny->effect = Effect::kDeny;
      compiled.as_deny = std::move(as_deny);
    }
    statements.push_back(std::move(compiled));
  }
  ActionIndex index(statements);
  const bool resource_based = attached.kind == PolicyKind::kResource;
  return std::make_shared<const PolicySet::Compiled>(
      PolicySet::Compiled{attached.kind, attached.policy, std::move(statements), std::move(index),
                          resource_based ? grants_public_access(*attached.policy) : Truth::kFalse,
                          tests_token_issue_time(*attached.policy)});
}

}  // namespace iamcheck
