#include "wire/answer_writer.h"

#include "iamcheck/explanation.h"

namespace iamcheck {
namespace {

void write_position(JsonWriter& json, const Position& position) {
  json.begin_object().key("offset").number(position.offset);
  json.key("line").number(position.line).key("column").number(position.column).end_object();
}

void write_span(JsonWriter& json, const PlacedPolicies& policies, std::uint32_t policy,
                const Span& span) {
  json.key("span").begin_object();
  write_position(json.key("begin"), policies.position(policy, span.begin));
  write_position(json.key("end"), policies.position(policy, span.end));
  json.end_object();
}

std::string shown(const PlacedPolicies& policies, std::string text) {
  policies.compiled->hide_secrets(text);
  return text;
}

// The members of a statement object, which is open.
void write_reference(JsonWriter& json, const PlacedPolicies& policies, StatementRef ref,
                     const Span* part) {
  const AttachedPolicy& attached = policies.compiled->set.policies()[ref.policy];
  const Statement& statement = attached.policy->statements[ref.statement];
  json.key("layer").text(info(attached.kind).name);
  json.key("policy").text(shown(policies, attached.name));
  json.key("statement").number(ref.statement);
  if (statement.sid) json.key("sid").text(shown(policies, statement.sid->value));
  write_span(json, policies, ref.policy, part != nullptr ? *part : statement.span);
}

void write_layers(JsonWriter& json, const PlacedPolicies& policies, const Decision& decision) {
  json.key("layers").begin_list();
  for (const LayerTrace& layer : decision.layers) {
    json.begin_object().key("layer").text(layer.layer);
    const auto kind = policy_kind_from(layer.layer);
    const std::vector<std::string>& levels =
        policies.compiled->set.levels(kind.value_or(PolicyKind::kIdentity));
    if (layer.level < levels.size()) json.key("level").text(shown(policies, levels[layer.level]));
    if (!layer.exempt.empty()) json.key("exempt").text(layer.exempt);
    json.key("allows").text(to_string(layer.allows));
    json.key("denies").text(to_string(layer.denies));
    if (layer.allow) write_statement(json.key("allow"), policies, *layer.allow);
    if (layer.deny) write_statement(json.key("deny"), policies, *layer.deny);
    json.end_object();
  }
  json.end_list();
}

void write_conditions(JsonWriter& json, const PlacedPolicies& policies,
                      const StatementTrace& trace) {
  const AttachedPolicy& attached = policies.compiled->set.policies()[trace.statement.policy];
  const Statement& statement = attached.policy->statements[trace.statement.statement];
  json.key("conditions").begin_list();
  for (const ConditionTrace& condition : trace.conditions) {
    const ConditionEntry& entry = statement.conditions[condition.condition];
    json.begin_object();
    json.key("operator").text(shown(policies, entry.condition_operator.value));
    json.key("key").text(shown(policies, entry.key.value));
    json.key("holds").text(to_string(condition.truth));
    json.key("reason").text(to_string(condition.explanation.reason));
    if (condition.explanation.weakens_deny) json.key("weakensDeny").boolean(true);
    if (!condition.unknown_keys.empty()) {
      json.key("unknownKeys").begin_list();
      for (const std::string& key : condition.unknown_keys) json.text(shown(policies, key));
      json.end_list();
    }
    json.end_object();
  }
  json.end_list();
}

// A statement with what a person should know about it, and what each of its elements came to.
void write_trace(JsonWriter& json, const PlacedPolicies& policies, const Request& request,
                 const Decision& decision) {
  const Explanation explanation = explain(policies.compiled->set, request, decision);
  std::vector<const StatementNote*> notes;
  notes.reserve(explanation.deciding.size() + explanation.others.size());
  for (const StatementNote& note : explanation.deciding) notes.push_back(&note);
  for (const StatementNote& note : explanation.others) notes.push_back(&note);
  json.key("trace").begin_list();
  for (const StatementNote* note : notes) {
    json.begin_object();
    write_reference(json, policies, note->statement, &note->span);
    json.key("note").text(shown(policies, note->text));
    for (const StatementTrace& trace : decision.trace) {
      if (!(trace.statement == note->statement)) continue;
      json.key("applies").text(to_string(trace.truth));
      json.key("principal").text(to_string(trace.principal));
      json.key("action").text(to_string(trace.action));
      json.key("resource").text(to_string(trace.resource));
      write_conditions(json, policies, trace);
    }
    json.end_object();
  }
  json.end_list();
}

void write_answer(JsonWriter& json, DecisionKind kind, DecisionCause cause) {
  json.key("decision").text(to_string(kind));
  json.key("cause").text(info(cause).name);
}

void write_texts(JsonWriter& json, const PlacedPolicies& policies,
                 const std::vector<std::string>& texts) {
  json.begin_list();
  for (const std::string& text : texts) json.text(shown(policies, text));
  json.end_list();
}

void write_warnings(JsonWriter& json, const PlacedPolicies& policies,
                    const std::vector<DecisionWarning>& warnings) {
  json.key("warnings").begin_list();
  for (const DecisionWarning& warning : warnings) {
    json.begin_object().key("code").text(warning.code);
    json.key("message").text(shown(policies, warning.message)).end_object();
  }
  json.end_list();
}

}  // namespace

void write_statement(JsonWriter& json, const PlacedPolicies& policies, StatementRef ref) {
  json.begin_object();
  write_reference(json, policies, ref, nullptr);
  json.end_object();
}

void write_decision(JsonWriter& json, const PlacedPolicies& policies, const Request& request,
                    const Decision& decision, bool explain) {
  write_answer(json, decision.kind, decision.cause);
  if (decision.decided_by) write_statement(json.key("decidedBy"), policies, *decision.decided_by);
  write_texts(json.key("missingContext"), policies, decision.missing_context);
  write_warnings(json, policies, decision.warnings);
  if (!explain) return;
  write_layers(json, policies, decision);
  write_trace(json, policies, request, decision);
}

void write_call(JsonWriter& json, const PlacedPolicies& policies,
                const std::vector<UnitQuestion>& questions, const CallDecision& decision,
                bool explain) {
  write_answer(json, decision.kind, decision.cause);
  if (decision.deciding_unit.has_value()) {
    const std::size_t deciding = *decision.deciding_unit;
    json.key("decidingUnit").number(deciding);
    const std::optional<StatementRef>& ref = decision.units[deciding].decision.decided_by;
    if (ref.has_value()) write_statement(json.key("decidedBy"), policies, *ref);
  }
  write_texts(json.key("missingContext"), policies, decision.missing_context);
  write_warnings(json, policies, decision.warnings);
  json.key("units").begin_list();
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const UnitDecision& unit = decision.units[i];
    json.begin_object().key("action").text(shown(policies, unit.action));
    json.key("resource").text(shown(policies, unit.resource));
    write_texts(json.key("notInUnit"), policies, unit.left_out);
    write_decision(json, policies, questions[i].request, unit.decision, explain);
    json.end_object();
  }
  json.end_list();
}

std::string error_line(const std::optional<std::string>& id, std::uint64_t line,
                       std::uint64_t column, const Error& error) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("id");
  if (id) json.text(*id);
  if (!id) json.null();
  json.key("line").number(line);
  if (column != 0) json.key("column").number(column);
  json.key("error").begin_object().key("code").text(to_string(error.code));
  json.key("message").text(error.message).key("help").text(error.help);
  json.end_object().end_object();
  return out + "\n";
}

}  // namespace iamcheck
