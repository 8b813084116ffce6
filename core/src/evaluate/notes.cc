#include "evaluate/notes.h"

#include <algorithm>

#include "evaluate/compiled_policy.h"
#include "evaluate/condition_phrase.h"
#include "iamcheck/condition_operator.h"

namespace iamcheck {
namespace {

// The value of an element that matches the request, to put the carets under it.
Span matching_value(const std::optional<ListElement>& element, const auto& matches) {
  if (!element) return {};
  for (const Text& value : element->values) {
    if (matches(value.value)) return value.span;
  }
  return element->span;
}

Span resource_span(const Statement& statement, const Policy& policy, PolicyKind kind,
                   const Request& request) {
  ResourcePattern::Options options;
  options.variables = policy.has_variables();
  options.short_arns = short_arn_rule(kind);
  Span span = matching_value(statement.resource, [&](const std::string& text) {
    return ResourcePattern(text, options).match(request.resource(), request.context()) ==
           Pattern::Outcome::kYes;
  });
  if (!statement.resource && statement.not_resource) span = statement.not_resource->span;
  return span;
}

Span action_span(const Statement& statement, const Request& request) {
  Span span = matching_value(statement.action, [&](const std::string& text) {
    return ActionPattern(text).matches(request.action());
  });
  if (!statement.action && statement.not_action) span = statement.not_action->span;
  return span;
}

bool has_unresolved(const std::optional<ListElement>& element) {
  return element && std::ranges::any_of(element->values, &Text::unresolved);
}

std::string condition_text(const ConditionEntry& entry, const ConditionTrace& trace) {
  if (entry.condition_operator.unresolved || entry.key.unresolved)
    return "the condition is known only at deploy time";
  std::string text = "`" + entry.condition_operator.value + "` on `" + entry.key.value + "`";
  if (trace.truth == Truth::kUnknown) return text + " is unknown";
  const std::optional<ConditionOperator> op =
      parse_condition_operator(entry.condition_operator.value);
  if (trace.explanation.reason == ConditionReason::kNotMatched && op &&
      op->base->family == ConditionFamily::kNull)
    return text + " does not hold: the request " +
           (condition_phrase(entry, true).ends_with("absent") ? "has" : "does not have") +
           " the key";
  // Behind a colon stands what the reason means for other operators.
  const std::string_view sentence = info(trace.explanation.reason).sentence;
  return text + " does not hold: " + std::string(sentence.substr(0, sentence.find(':')));
}

}  // namespace

void explain_miss(const StatementTrace& trace, const Statement& statement, const Request& request,
                  StatementNote& note) {
  note.span = statement.span;
  if (!trace.usable) {
    note.text = "never applies: it has no valid Effect or an unreadable Condition";
  } else if (note.source && note.source->text().empty() && trace.truth == Truth::kUnknown) {
    note.text = "may apply: the policy was not read";
  } else if (statement.expression) {
    note.text = "may apply: it is known only at deploy time";
  } else if (trace.action != Truth::kTrue) {
    note.text = trace.action == Truth::kUnknown
                    ? "may apply: the action is known only at deploy time"
                    : "does not apply: the action does not match";
    note.span = action_span(statement, request);
  } else if (trace.principal != Truth::kTrue) {
    note.text = trace.principal == Truth::kUnknown ? "may apply: the principal is unknown"
                                                   : "does not apply: the principal does not match";
    if (statement.principal) note.span = statement.principal->span;
    if (statement.not_principal) note.span = statement.not_principal->span;
  } else if (trace.resource != Truth::kTrue) {
    note.text = trace.resource != Truth::kUnknown ? "does not apply: the resource does not match"
                : has_unresolved(statement.resource) || has_unresolved(statement.not_resource)
                    ? "may apply: the resource is known only at deploy time"
                    : "may apply: the resource hangs on unknown keys";
    if (statement.resource) note.span = statement.resource->span;
    if (statement.not_resource) note.span = statement.not_resource->span;
  } else if (trace.truth != Truth::kTrue) {
    note.text = trace.truth == Truth::kUnknown ? "may apply" : "does not apply";
    if (!statement.effect) {
      note.text = "may apply: whether it allows or denies is known only at deploy time";
      note.span = statement.effect_text->span;
    }
    for (const ConditionTrace& condition : trace.conditions) {
      if (condition.truth == Truth::kTrue) continue;
      const ConditionEntry& entry = statement.conditions[condition.condition];
      note.text += ": " + condition_text(entry, condition);
      note.span = entry.key.span;
      break;
    }
  } else {
    note.text = statement.effect == Effect::kDeny ? "denies it too" : "allows it";
    note.span = action_span(statement, request);
  }
  if (note.span.size() == 0) note.span = statement.span;
}

StatementNote note_for(const PolicySet& policies, StatementRef ref) {
  const AttachedPolicy& attached = policies.policies()[ref.policy];
  const Statement& statement = attached.policy->statements[ref.statement];
  StatementNote note;
  note.statement = ref;
  note.policy = attached.name;
  note.aws_managed = attached.aws_managed;
  note.layer = info(attached.kind).name;
  note.title = info(attached.kind).title;
  if (statement.sid) note.sid = statement.sid->value;
  note.source = attached.policy->source;
  note.span = statement.span;
  return note;
}

StatementNote deciding_note(const PolicySet& policies, const Request& request, StatementRef ref) {
  StatementNote note = note_for(policies, ref);
  const AttachedPolicy& attached = policies.policies()[ref.policy];
  const Statement& statement = attached.policy->statements[ref.statement];
  note.text = statement.effect == Effect::kDeny ? "explicit deny" : "allowed";
  Span span = resource_span(statement, *attached.policy, attached.kind, request);
  if (span.size() == 0) span = action_span(statement, request);
  if (span.size() != 0) note.span = span;
  return note;
}

}  // namespace iamcheck
