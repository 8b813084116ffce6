#include "evaluate/nearest_miss.h"

#include <algorithm>
#include <utility>

#include "evaluate/compiled_policy.h"
#include "evaluate/condition_phrase.h"
#include "evaluate/notes.h"
#include "evaluate/what_if.h"
#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

// The element of a statement that is in the way.
struct Obstacle {
  enum class Element : std::uint8_t { kCondition, kResource, kPrincipal };
  Element element = Element::kCondition;
  std::size_t condition = 0;
};

// The single element that keeps an Allow from applying; nothing when there are more, or when it is
// the action: a statement about other actions is no miss but another subject.
std::optional<Obstacle> single_obstacle(const StatementTrace& trace, const Statement& statement) {
  if (!trace.usable || trace.action != Truth::kTrue) return std::nullopt;
  std::vector<Obstacle> obstacles;
  if (trace.principal != Truth::kTrue) obstacles.push_back({Obstacle::Element::kPrincipal, 0});
  if (trace.resource != Truth::kTrue) obstacles.push_back({Obstacle::Element::kResource, 0});
  for (std::size_t i = 0; i < trace.conditions.size(); ++i) {
    if (trace.conditions[i].truth == Truth::kTrue) continue;
    // No value of the key would help.
    const ConditionReason reason = trace.conditions[i].explanation.reason;
    if (reason == ConditionReason::kUnknownOperator || reason == ConditionReason::kNullIfExists ||
        reason == ConditionReason::kNoVariableValue ||
        !can_come_out(statement.conditions[trace.conditions[i].condition], true))
      return std::nullopt;
    obstacles.push_back({Obstacle::Element::kCondition, i});
  }
  return obstacles.size() == 1 ? std::optional(obstacles[0]) : std::nullopt;
}

// Which part of the ARN is to blame, when it is one of the first five alone.
std::string resource_phrase(const Statement& statement, const AttachedPolicy& policy,
                            const Request& request) {
  if (!statement.resource) return "the resource were none of those that it leaves out";
  std::string whole = "the resource were one that it names";
  const std::optional<Arn> asked = request.resource_arn();
  if (!asked) return whole;
  ResourcePattern::Options options;
  options.variables = policy.policy->has_variables();
  options.short_arns = short_arn_rule(policy.kind);
  for (const Text& value : statement.resource->values) {
    const std::vector<std::string_view> parts = split_arn(value.value, options.variables);
    if (parts.size() != 6) continue;
    const std::array<std::pair<std::string_view, std::string_view>, 2> kParts = {
        {{"region", asked->region}, {"account", asked->account}}};
    for (std::size_t i = 0; i < kParts.size(); ++i) {
      std::string changed;
      for (std::size_t part = 0; part < parts.size(); ++part) {
        changed += (part == 0 ? "" : ":");
        changed += part == i + 3 ? kParts[i].second : parts[part];
      }
      if (ResourcePattern(changed, options).match(request.resource(), request.context()) ==
          Pattern::Outcome::kYes) {
        return "the resource's " + std::string(kParts[i].first) + " were `" +
               std::string(parts[i + 3]) + "`";
      }
    }
  }
  return whole;
}

StatementNote note_of(const PolicySet& policies, const Request& request,
                      const StatementTrace& trace, Effect effect, Obstacle obstacle) {
  const AttachedPolicy& policy = policies.policies()[trace.statement.policy];
  const Statement& statement = policy.policy->statements[trace.statement.statement];
  StatementNote note = note_for(policies, trace.statement);
  note.text = "would be allowed if ";
  switch (obstacle.element) {
    case Obstacle::Element::kCondition: {
      const ConditionEntry& entry = statement.conditions[obstacle.condition];
      note.text += condition_phrase(entry, effect == Effect::kAllow);
      note.span = entry.key.span;
      break;
    }
    case Obstacle::Element::kResource:
      note.text += resource_phrase(statement, policy, request);
      if (statement.resource) note.span = statement.resource->span;
      if (statement.not_resource) note.span = statement.not_resource->span;
      break;
    case Obstacle::Element::kPrincipal:
      note.text += "the caller were one that it names";
      if (statement.principal) note.span = statement.principal->span;
      if (statement.not_principal) note.span = statement.not_principal->span;
      break;
  }
  return note;
}

}  // namespace

std::vector<StatementNote> nearest_misses(const PolicySet& policies, const Request& request,
                                          const Decision& decision, std::size_t limit) {
  std::vector<std::pair<Obstacle::Element, StatementNote>> found;
  const WhatIf what_if(policies, request, decision);
  for (const StatementTrace& trace : decision.trace) {
    const Policy& policy = *policies.policies()[trace.statement.policy].policy;
    const std::optional<Effect> effect = policy.statements[trace.statement.statement].effect;
    if (!effect) continue;
    if (*effect == Effect::kDeny) {
      // The first condition that may fail stands for all: any one of them lifts the Deny.
      const auto& conditions = policy.statements[trace.statement.statement].conditions;
      const auto first = std::ranges::find_if(
          conditions, [](const ConditionEntry& entry) { return can_come_out(entry, false); });
      if (trace.truth == Truth::kTrue && first != conditions.end() &&
          what_if.allows({&trace.statement, 1}, Truth::kFalse)) {
        const auto position = static_cast<std::size_t>(first - conditions.begin());
        found.emplace_back(
            Obstacle::Element::kCondition,
            note_of(policies, request, trace, *effect, {Obstacle::Element::kCondition, position}));
      }
      continue;
    }
    const Statement& statement = policy.statements[trace.statement.statement];
    const std::optional<Obstacle> obstacle = single_obstacle(trace, statement);
    // Without Principal the statement names nobody (S2), and no caller would do.
    if (obstacle && obstacle->element == Obstacle::Element::kPrincipal && !statement.principal &&
        !statement.not_principal)
      continue;
    if (obstacle && what_if.allows({&trace.statement, 1}, Truth::kTrue)) {
      found.emplace_back(obstacle->element, note_of(policies, request, trace, *effect, *obstacle));
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<StatementNote> notes;
  for (auto& [element, note] : found) {
    if (notes.size() < limit) notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace iamcheck
