// Decisions as text: one plain sentence, then the evidence.
#include <algorithm>

#include "iamcheck/report.h"
#include "report/frame.h"
#include "report/paint.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

// `allowed in ci.json:5, identity-based policy, statement 0`
std::string note_line(const StatementNote& note, const Redaction& redaction) {
  // What stands for a policy that was not read has no text to show.
  if (note.source->text().empty())
    return "may apply: " + note.title + " `" + escape_controls(note.policy) + "` was not read";
  std::string sid = note.sid;
  redaction.hide_in(sid);
  std::string text = note.text;
  // Where one file holds many policies, each has a name of its own.
  const std::string& file = note.source->name();
  redaction.hide_in(text);
  std::string out = escape_controls(text) + " in " +
                    (note.aws_managed ? "AWS managed policy " : "") + escape_controls(file) + ":" +
                    std::to_string(note.source->position(note.span.begin).line);
  out +=
      ", " + note.title + (note.policy == file ? "" : " `" + escape_controls(note.policy) + "`") +
      ", statement " +
      (sid.empty() ? std::to_string(note.statement.statement) : "\"" + escape_controls(sid) + "\"");
  return out;
}

std::string note_text(const StatementNote& note, const FrameStyle& style, std::string_view label,
                      const Redaction& redaction) {
  std::string line = "  " + note_line(note, redaction) + "\n";
  if (note.source->text().empty()) return line;
  return line + render_frame(*note.source, note.span, label, redaction.spans(), style);
}

// A table of layers, in the order in which AWS asks them.
std::string layers_text(const std::vector<LayerNote>& layers) {
  std::string out;
  std::size_t width = 0;
  const auto name_of = [](const LayerNote& layer) {
    return escape_controls(layer.level.empty() ? layer.title : layer.title + " at " + layer.level);
  };
  for (const LayerNote& layer : layers) width = std::max(width, name_of(layer).size());
  for (const LayerNote& layer : layers) {
    const std::string name = name_of(layer);
    out += "  " + name + std::string(width - name.size() + 2, ' ') + escape_controls(layer.text);
    if (layer.by) {
      const std::string& file = layer.by->source->name();
      const bool own_name = layer.by->policy != file;
      if (layer.by->source->text().empty()) {
        out += " by `" + escape_controls(layer.by->policy) + "`, which was not read\n";
        continue;
      }
      out += " by " + (own_name ? "`" + escape_controls(layer.by->policy) + "` in " : "") +
             escape_controls(file) + ":" +
             std::to_string(layer.by->source->position(layer.by->span.begin).line);
    }
    out += "\n";
  }
  return out;
}

std::string key_list(const std::vector<std::string>& keys) {
  std::string out;
  for (const std::string& key : keys) out += " " + escape_controls(key);
  return out;
}

// Keys, or else policies of which not everything is known: what was not read has no text.
std::string what_is_missing(const Explanation& explanation, const Decision& decision) {
  if (decision.missing_context.empty()) {
    const bool unread = std::ranges::any_of(
        explanation.nearest, [](const StatementNote& note) { return note.source->text().empty(); });
    return unread ? " policies that were not read" : " what the policies do not tell";
  }
  return ":" + key_list(decision.missing_context);
}

std::string verdict_word(const std::string& verdict, DecisionKind kind, bool colour) {
  const std::string_view paint_code = kind == DecisionKind::kAllowed     ? "1;32"
                                      : kind == DecisionKind::kUndecided ? "1;33"
                                                                         : "1;31";
  return paint(verdict, paint_code, colour);
}

// Why: in words.
std::string reason(const Explanation& explanation, const Decision& decision) {
  if (decision.kind == DecisionKind::kUndecided)
    return "it hangs on" + what_is_missing(explanation, decision);
  return explanation.cause;
}

std::string deciding_text(const Explanation& explanation, FrameStyle style,
                          PolicyRedactions& redactions) {
  std::string out;
  for (const std::string& way : explanation.allowed_if) {
    std::string text = way;
    for (const StatementNote& note : explanation.nearest) redactions.of(*note.source).hide_in(text);
    out += "  would be allowed if " + escape_controls(text) + "\n";
  }
  for (const StatementNote& note : explanation.deciding)
    out += note_text(note, style, "matches", redactions.of(*note.source));
  style.context_lines = 0;
  for (const StatementNote& note : explanation.nearest)
    out += note_text(note, style, "", redactions.of(*note.source));
  return out;
}

// Layers and the statements that did not decide: what --explain adds.
std::string traced_text(const Explanation& explanation, FrameStyle style,
                        PolicyRedactions& redactions) {
  style.context_lines = 0;
  std::string out = layers_text(explanation.layers);
  for (const StatementNote& note : explanation.others)
    out += note_text(note, style, "", redactions.of(*note.source));
  return out;
}

std::string warnings_text(const std::vector<DecisionWarning>& warnings, std::string_view indent) {
  std::string out;
  for (const DecisionWarning& warning : warnings) {
    out += indent;
    out += "warning: " + escape_controls(warning.message) + "\n";
  }
  return out;
}

std::string assumptions_text(const std::vector<std::string>& assumptions, std::string_view indent) {
  std::string out;
  for (const std::string& one : assumptions) {
    out += indent;
    out += "assumed: " + escape_controls(one) + "\n";
  }
  return out;
}

std::string assumed_text(const Assumed& assumed) {
  std::string out = assumptions_text(assumed.others, "  ");
  std::string keys;
  for (const auto& [key, value] : assumed.keys)
    keys += (keys.empty() ? " " : ", ") + escape_controls(key) + "=" + escape_controls(value);
  return keys.empty() ? out : out + "  assumed:" + keys + "\n";
}

std::string left_out_text(const std::vector<std::string>& keys) {
  if (keys.empty()) return {};
  std::string out = "     not in this unit:";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    out += i == 0 ? " " : ", ";
    out += escape_controls(keys[i]);
  }
  return out + "\n";
}

// `  2. denied  ec2:RunInstances on arn:...: explicit deny in ci.json:9, ...`
// `traced`: the statement comes below, with its text.
std::string unit_line(std::size_t number, const Explanation& explanation, const UnitDecision& unit,
                      bool traced, bool colour, PolicyRedactions& redactions) {
  std::string out = "  " + std::to_string(number) + ". " +
                    verdict_word(explanation.verdict, unit.decision.kind, colour) + "  " +
                    escape_controls(unit.action) + " on " + escape_controls(unit.resource);
  if (traced || explanation.deciding.empty() || !unit.decision.decided_by) {
    out += ": " + reason(explanation, unit.decision);
  } else {
    const StatementNote& note = explanation.deciding[0];
    out += ": " + note_line(note, redactions.of(*note.source));
  }
  return out + "\n";
}

// What the first unit hangs on that is open and hangs on no key.
std::string beside_the_keys(const CallExplanation& explanation, const CallDecision& decision) {
  for (std::size_t i = 0; i < decision.units.size(); ++i) {
    const Decision& unit = decision.units[i].decision;
    if (unit.kind == DecisionKind::kUndecided && unit.missing_context.empty())
      return " and" + what_is_missing(explanation.units[i], unit);
  }
  return {};
}

}  // namespace

std::string render_text(const Explanation& explanation, const Decision& decision,
                        TextOptions options, const Assumed& assumed) {
  FrameStyle style;
  style.colour = options.colour;
  PolicyRedactions redactions;
  return verdict_word(explanation.verdict, decision.kind, options.colour) + "  " +
         escape_controls(explanation.sentence) + "\n  " + reason(explanation, decision) + "\n" +
         deciding_text(explanation, style, redactions) +
         traced_text(explanation, style, redactions) + warnings_text(decision.warnings, "  ") +
         assumed_text(assumed);
}

std::string render_text(const CallExplanation& explanation, const CallDecision& decision,
                        TextOptions options, const Assumed& assumed) {
  FrameStyle style;
  style.colour = options.colour;
  PolicyRedactions redactions;
  const bool traced = std::ranges::any_of(decision.units, [](const UnitDecision& unit) {
    return !unit.decision.trace.empty() || !unit.decision.layers.empty();
  });
  std::string out = verdict_word(explanation.verdict, decision.kind, options.colour) + "  " +
                    escape_controls(explanation.sentence) + "\n";
  if (decision.deciding_unit.has_value()) {
    const std::size_t deciding = *decision.deciding_unit;
    const Explanation& unit = explanation.units[deciding];
    const std::string which =
        "unit " + std::to_string(deciding + 1) + " of " + std::to_string(decision.units.size());
    if (decision.missing_context.empty()) {
      out += "  " + which + " decides: " + reason(unit, decision.units[deciding].decision) + "\n";
    } else {
      out += "  it hangs on:" + key_list(decision.missing_context) +
             beside_the_keys(explanation, decision) + "; " + which + " is the first that is open\n";
    }
    if (!traced) out += deciding_text(unit, style, redactions);
  } else {
    out += "  " + explanation.cause + "\n";
  }
  for (std::size_t i = 0; i < decision.units.size(); ++i) {
    const UnitDecision& unit = decision.units[i];
    const Explanation& words = explanation.units[i];
    out += unit_line(i + 1, words, unit, traced, options.colour, redactions);
    out += left_out_text(unit.left_out);
    if (traced) {
      out += deciding_text(words, style, redactions);
      out += traced_text(words, style, redactions);
    }
    out += warnings_text(unit.decision.warnings, "     ");
    out += assumptions_text(unit.assumptions, "     ");
  }
  return out + warnings_text(decision.warnings, "  ") +
         assumptions_text(decision.assumptions, "  ") + assumed_text(assumed);
}

}  // namespace iamcheck
