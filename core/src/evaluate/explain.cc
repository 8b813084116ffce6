#include <algorithm>

#include "evaluate/nearest_miss.h"
#include "evaluate/notes.h"
#include "iamcheck/call.h"
#include "iamcheck/evaluate.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// `arn:aws:iam::111122223333:user/alice` reads as `user/alice`.
std::string short_name(const Principal& principal) {
  std::size_t colon = principal.has_account() ? principal.text.rfind(':') : std::string::npos;
  if (principal.kind == Principal::Kind::kAnonymous) return "an anonymous caller";
  return colon == std::string::npos ? principal.text : principal.text.substr(colon + 1);
}

std::string verdict_of(DecisionKind kind) {
  if (kind == DecisionKind::kAllowed) return "allowed";
  return kind == DecisionKind::kUndecided ? "undecided" : "denied";
}

std::string verb_of(DecisionKind kind) {
  if (kind == DecisionKind::kAllowed) return " can ";
  return kind == DecisionKind::kUndecided ? " may or may not " : " cannot ";
}

// More would be a list of statements, and --explain gives that.
constexpr std::size_t kMaxNearest = 3;

// Of a policy that was not read nothing more can be said of its second statement than of its first:
// it may allow, and it may deny.
bool said_already(const std::vector<StatementNote>& notes, const StatementNote& note) {
  return !notes.empty() && note.source->text().empty() &&
         notes.back().statement.policy == note.statement.policy;
}

constexpr std::string_view kPassedBy =
    "passed by for the root user, who may always repair a bucket policy: explicit deny";

// Denies that the root user who repairs a bucket policy need not mind.
std::vector<StatementNote> denies_passed_by(const PolicySet& policies, const Decision& traced) {
  std::vector<StatementNote> notes;
  for (const StatementTrace& trace : traced.trace) {
    const AttachedPolicy& attached = policies.policies()[trace.statement.policy];
    const Statement& statement = attached.policy->statements[trace.statement.statement];
    if (statement.effect != Effect::kDeny || trace.truth != Truth::kTrue ||
        notes.size() == kMaxNearest)
      continue;
    notes.push_back(note_for(policies, trace.statement));
    notes.back().text = std::string(kPassedBy);
    if (statement.effect_text) notes.back().span = statement.effect_text->span;
  }
  return notes;
}

// Statements that an undecided answer hangs on, or that a denied one missed by a hair.
void explain_nearest(const PolicySet& policies, const Request& request, const Decision& decision,
                     Explanation& explanation) {
  // S9.4: of all Allows only this one passes Denies by.
  const bool passes_by = decision.cause == DecisionCause::kRootUser;
  if (decision.kind == DecisionKind::kAllowed && !passes_by) return;
  const bool has_trace = !decision.trace.empty();
  const Decision traced =
      has_trace ? decision : evaluate(policies, request, {.trace = true, .warnings = false});
  if (passes_by) {
    explanation.nearest = denies_passed_by(policies, traced);
    return;
  }
  if (decision.kind != DecisionKind::kUndecided) {
    explanation.nearest = nearest_misses(policies, request, traced, kMaxNearest);
    return;
  }
  for (const StatementTrace& trace : traced.trace) {
    if (trace.truth != Truth::kUnknown || explanation.nearest.size() == kMaxNearest) continue;
    StatementNote note = note_for(policies, trace.statement);
    if (said_already(explanation.nearest, note)) continue;
    const Policy& policy = *policies.policies()[trace.statement.policy].policy;
    explain_miss(trace, policy.statements[trace.statement.statement], request, note);
    explanation.nearest.push_back(std::move(note));
  }
}

// ` (r-1, ou-2)`, as far as the trace tells.
std::string levels_without_allow(const PolicySet& policies, const Decision& decision) {
  const std::vector<std::string>& levels = policies.levels(PolicyKind::kScp);
  std::string names;
  for (const LayerTrace& layer : decision.layers) {
    if (layer.layer != info(PolicyKind::kScp).name || layer.allows == Truth::kTrue) continue;
    if (layer.level < levels.size()) names += (names.empty() ? " (" : ", ") + levels[layer.level];
  }
  return names.empty() ? names : names + ")";
}

LayerNote layer_note(const PolicySet& policies, const LayerTrace& layer) {
  LayerNote note;
  note.layer = layer.layer;
  const std::optional<PolicyKind> kind = policy_kind_from(layer.layer);
  if (kind) {
    note.title = info(*kind).title;
    const std::vector<std::string>& levels = policies.levels(*kind);
    if (layer.level < levels.size()) note.level = levels[layer.level];
  }
  if (!layer.exempt.empty()) {
    note.text = "has no say: " + std::string(layer.exempt);
  } else if (layer.denies == Truth::kTrue) {
    note.text = "denies";
  } else if (layer.denies == Truth::kUnknown) {
    note.text = "may deny";
  } else if (layer.allows == Truth::kTrue) {
    note.text = "allows";
  } else {
    note.text = layer.allows == Truth::kUnknown ? "may allow" : "does not allow";
  }
  const std::optional<StatementRef> by = layer.deny ? layer.deny : layer.allow;
  if (by) {
    note.by = note_for(policies, *by);
    note.by->text = layer.deny ? "denies" : "allows";
  }
  return note;
}

// `ec2:RunInstances on 3 resources and iam:PassRole on arn:...`, in the order of the units.
std::string what_is_called(std::span<const UnitQuestion> units) {
  struct Row {
    std::string action;
    std::string resource;
    std::size_t resources = 0;
  };
  std::vector<Row> rows;
  for (const UnitQuestion& unit : units) {
    const std::string& action = unit.request.action();
    auto row = std::ranges::find_if(
        rows, [&](const Row& one) { return equals_ignoring_case(one.action, action); });
    if (row == rows.end())
      row = rows.insert(rows.end(), Row{action, unit.request.fields().resource, 0});
    ++row->resources;
  }
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) out += i + 1 == rows.size() ? " and " : ", ";
    out += rows[i].action;
    out += " on ";
    out += rows[i].resources == 1 ? rows[i].resource
                                  : std::to_string(rows[i].resources) + " resources";
  }
  return out;
}

// Nobody can give a unit a key that AWS does not send with it: the statement is what can be
// changed.
void explain_left_out(const UnitQuestion& unit, std::vector<StatementNote>& nearest) {
  for (StatementNote& note : nearest) {
    const Statement& statement = unit.policies.policies()[note.statement.policy]
                                     .policy->statements[note.statement.statement];
    for (const ConditionEntry& condition : statement.conditions) {
      for (const std::string& key : unit.left_out) {
        if (!equals_ignoring_case(condition.key.value, key) ||
            note.text.find(condition.key.value) == std::string::npos)
          continue;
        note.text = "asks for " + condition.key.value +
                    ", which AWS does not send with this unit (see ...IfExists)";
      }
    }
  }
}

}  // namespace

CallExplanation explain_units(std::span<const UnitQuestion> units, const CallDecision& decision) {
  CallExplanation call;
  call.verdict = verdict_of(decision.kind);
  if (!units.empty())
    call.sentence =
        short_name(units[0].request.principal()) + verb_of(decision.kind) + what_is_called(units);
  for (std::size_t i = 0; i < units.size(); ++i) {
    call.units.push_back(explain(units[i].policies, units[i].request, decision.units[i].decision));
    explain_left_out(units[i], call.units.back().nearest);
  }
  call.cause = decision.deciding_unit.has_value() ? call.units[*decision.deciding_unit].cause
                                                  : "every unit is allowed";
  return call;
}

Explanation explain(const PolicySet& policies, const Request& request, const Decision& decision) {
  Explanation explanation;
  explanation.verdict = verdict_of(decision.kind);
  explanation.sentence = short_name(request.principal()) + verb_of(decision.kind) +
                         request.action() + " on " + request.fields().resource;
  explanation.cause = info(decision.cause).sentence;
  if (decision.cause == DecisionCause::kNoScpAllow)
    explanation.cause += levels_without_allow(policies, decision);
  for (std::optional<StatementRef> ref : {decision.decided_by, decision.also}) {
    if (ref) explanation.deciding.push_back(deciding_note(policies, request, *ref));
  }
  // An Allow that was not enough.
  if (decision.also && !decision.allowed()) explanation.deciding.back().text = "otherwise allowed";
  explain_nearest(policies, request, decision, explanation);
  for (const LayerTrace& layer : decision.layers)
    explanation.layers.push_back(layer_note(policies, layer));
  for (const StatementTrace& trace : decision.trace) {
    if (trace.statement == decision.decided_by || trace.statement == decision.also) continue;
    StatementNote note = note_for(policies, trace.statement);
    if (said_already(explanation.others, note)) continue;
    const Policy& policy = *policies.policies()[trace.statement.policy].policy;
    explain_miss(trace, policy.statements[trace.statement.statement], request, note);
    const bool denies = policy.statements[trace.statement.statement].effect == Effect::kDeny;
    if (denies && trace.truth == Truth::kTrue && decision.allowed()) note.text = kPassedBy;
    explanation.others.push_back(std::move(note));
  }
  return explanation;
}

}  // namespace iamcheck
