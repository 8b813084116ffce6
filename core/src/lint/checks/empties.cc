// Elements that are there with nothing in them. AWS takes them, and gives them a meaning that is
// seldom the one that was meant.
#include <string>
#include <utility>

#include "iamcheck/document.h"
#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/deletion.h"
#include "lint/edits.h"

namespace iamcheck {
namespace {

void report_empty_list(RuleContext& context, const Statement& statement, std::string_view name,
                       const std::optional<ListElement>& list, bool negated) {
  const Policy& policy = context.policy();
  if (!list || !list->values.empty() || !is_empty_list(policy, list->span)) return;
  const bool deny = statement.effect == Effect::kDeny;
  std::string message = "`";
  message.append(name).append("` is an empty list: ");
  if (negated) {
    message += deny ? "the Deny leaves nothing out" : "the statement leaves nothing out";
  } else {
    message += deny ? "the statement never denies anything" : "the statement never allows anything";
  }
  Finding& finding = context.report(
      list->span, path_of(policy, statement) + "." + std::string(name), std::move(message));
  finding.help = negated ? "name what is left out, or write `*` without `Not`"
                         : "name what the statement is about, or delete it";
  if (!negated && statement.effect) finding.fix = deletion_of(policy, statement);
}

// The part of the source anew: the model does not keep what has nothing in it.
std::optional<Document> read_again(const Policy& policy, const Span& span) {
  if (!policy.source) return std::nullopt;
  ReadOptions options;
  options.tolerant = true;
  auto document = read_json(policy.source, span, options);
  if (!document) return std::nullopt;
  return std::move(*document);
}

// Whether reading again can find something.
bool has_empty_pair(const Policy& policy, const Span& span, char open, char close) {
  const std::string_view text = raw_text(policy, span);
  for (std::size_t at = text.find(open); at != std::string_view::npos;
       at = text.find(open, at + 1)) {
    const std::size_t next = text.find_first_not_of(" \t\r\n", at + 1);
    if (next == std::string_view::npos) return false;
    if (text[next] == close) return true;
    at = next - 1;
  }
  return false;
}

void report_empty_principals(RuleContext& context, const Statement& statement,
                             std::string_view name, const PrincipalElement& element) {
  const Policy& policy = context.policy();
  if (!has_empty_pair(policy, element.span, '[', ']')) return;
  const auto document = read_again(policy, element.span);
  if (!document || !document->root.is_object()) return;
  for (const Member& type : document->root.members) {
    if (!type.value.is_list() || !type.value.items.empty()) continue;
    Finding& finding = context.report(
        type.value.span, path_of(policy, statement) + "." + std::string(name) + "." + type.name,
        "`" + std::string(name) + "` names nobody of the type " + quoted(type.name));
    finding.help = "name who is meant, or delete the type";
  }
}

void report_empty_operators(RuleContext& context, const Statement& statement, const Span& span) {
  const Policy& policy = context.policy();
  if (!has_empty_pair(policy, span, '{', '}')) return;
  const auto document = read_again(policy, span);
  if (!document || !document->root.is_object()) return;
  for (const Member& block : document->root.members) {
    if (!block.value.is_object() || !block.value.members.empty()) continue;
    const bool keep = !context.full();
    Finding& finding =
        context.report(block.value.span, path_of(policy, statement) + ".Condition." + block.name,
                       quoted(block.name) + " has no condition key");
    finding.help = "name the key that it is to compare, or delete the operator";
    if (!keep || statement.condition_malformed) continue;
    const auto edit = document->root.members.size() > 1
                          ? deletion_of_member(policy, block.name_span, block.value.span)
                          : deletion_of_condition(policy, statement);
    if (edit) finding.fix = Fix{true, "delete the operator", {*edit}};
  }
}

enum class Quantifier : std::uint8_t { kNone, kForAllValues, kForAnyValue, kIfExists };

Quantifier quantifier_of(const ConditionOperator& op) {
  if (op.set == SetQualifier::kForAllValues) return Quantifier::kForAllValues;
  if (op.set == SetQualifier::kForAnyValue) return Quantifier::kForAnyValue;
  return op.if_exists ? Quantifier::kIfExists : Quantifier::kNone;
}

std::string_view meaning_of(Quantifier quantifier, bool negated) {
  switch (quantifier) {
    case Quantifier::kNone:
      return negated ? "it always holds" : "it never holds";
    case Quantifier::kForAllValues:
      return negated ? "it always holds" : "it holds only for a request without the key";
    case Quantifier::kForAnyValue:
      return negated ? "it holds for every request with the key" : "it never holds";
    case Quantifier::kIfExists:
      break;
  }
  return negated ? "it always holds" : "it holds only for a request without the key";
}

void report_without_values(RuleContext& context, Quantifier wanted) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!place.op || quantifier_of(*place.op) != wanted) continue;
    if (!place.entry.values.empty() || !is_empty_list(policy, place.entry.span)) continue;
    if (place.op->if_exists && place.op->base->family == ConditionFamily::kNull) continue;
    const bool keep = !context.full();
    Finding& finding =
        context.report(place.entry.key.span, path_of(policy, place),
                       "the condition on " + quoted(place.entry.key.value) +
                           " has no values: " + std::string(meaning_of(wanted, place.negated())));
    finding.related.push_back({place.entry.span, "the empty list", true});
    finding.help = "write the values that are meant, or delete the condition";
    if (!keep || place.negated() || !place.statement.effect) continue;
    if (wanted == Quantifier::kForAllValues && !place.op->if_exists) {
      finding.fix = as_null_check(policy, place, true);
    } else if (wanted == Quantifier::kIfExists && place.statement.effect == Effect::kDeny) {
      // An empty text is a value for IfExists and none for Null: more is denied.
      finding.fix = as_null_check(policy, place, true);
      if (finding.fix) finding.fix->safe = false;
    }
  }
}

}  // namespace

void check_empty_sid(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!statement.sid || statement.sid->unresolved || !statement.sid->value.empty()) continue;
    Finding& finding = context.report(statement.sid->span, path_of(policy, statement) + ".Sid",
                                      "the Sid is empty");
    finding.help = "delete it, or say what the statement is for";
    const auto name = name_of_member(policy, "Sid", statement.sid->span);
    if (!name) continue;
    if (const auto edit = deletion_of_member(policy, *name, statement.sid->span))
      finding.fix = Fix{true, "delete the Sid", {*edit}};
  }
}

void check_empty_action(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    report_empty_list(context, statement, "Action", statement.action, false);
    report_empty_list(context, statement, "NotAction", statement.not_action, true);
  }
}

void check_empty_resource(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    report_empty_list(context, statement, "Resource", statement.resource, false);
    report_empty_list(context, statement, "NotResource", statement.not_resource, true);
  }
}

void check_empty_principal_array(RuleContext& context) {
  for (const Statement& statement : context.policy().statements) {
    if (statement.principal)
      report_empty_principals(context, statement, "Principal", *statement.principal);
    if (statement.not_principal)
      report_empty_principals(context, statement, "NotPrincipal", *statement.not_principal);
  }
}

void check_empty_condition(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!statement.condition_span) continue;
    if (!is_empty_object(policy, *statement.condition_span)) {
      report_empty_operators(context, statement, *statement.condition_span);
      continue;
    }
    Finding& finding =
        context.report(*statement.condition_span, path_of(policy, statement) + ".Condition",
                       "the Condition is empty: it restricts nothing");
    finding.help = "delete it, or write the condition that is meant";
    if (const auto edit = deletion_of_condition(policy, statement))
      finding.fix = Fix{true, "delete the Condition", {*edit}};
  }
}

void check_empty_condition_values(RuleContext& context) {
  report_without_values(context, Quantifier::kNone);
}

void check_empty_condition_values_forallvalues(RuleContext& context) {
  report_without_values(context, Quantifier::kForAllValues);
}

void check_empty_condition_values_foranyvalue(RuleContext& context) {
  report_without_values(context, Quantifier::kForAnyValue);
}

void check_empty_condition_values_ifexists(RuleContext& context) {
  report_without_values(context, Quantifier::kIfExists);
}

}  // namespace iamcheck
