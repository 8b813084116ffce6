// Decisions as text: one plain sentence, then the evidence.
#include <algorithm>

#include "iamcheck/report.h"
#include "report/frame.h"
#include "report/paint.h"
#include "report/redaction.h"

namespace iamcheck {
namespace {

std::string note_text(const StatementNote& note, const FrameStyle& style, std::string_view label,
                      const Redaction& redaction) {
  // What stands for a policy that was not read has no text to show.
  if (note.source->text().empty())
    return "  may apply: " + note.title + " `" + escape_controls(note.policy) + "` was not read\n";
  std::string sid = note.sid;
  redaction.hide_in(sid);
  std::string text = note.text;
  // Where one file holds many policies, each has a name of its own.
  const std::string& file = note.source->name();
  redaction.hide_in(text);
  std::string out = "  " + escape_controls(text) + " in " +
                    (note.aws_managed ? "AWS managed policy " : "") + escape_controls(file) + ":" +
                    std::to_string(note.source->position(note.span.begin).line);
  out += ", " + note.title +
         (note.policy == file ? "" : " `" + escape_controls(note.policy) + "`") + ", statement " +
         (sid.empty() ? std::to_string(note.statement.statement)
                      : "\"" + escape_controls(sid) + "\"") +
         "\n";
  return out + render_frame(*note.source, note.span, label, redaction.spans(), style);
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

// Keys, or else policies of which not everything is known: what was not read has no text.
std::string what_is_missing(const Explanation& explanation, const Decision& decision) {
  if (decision.missing_context.empty()) {
    const bool unread = std::ranges::any_of(
        explanation.nearest, [](const StatementNote& note) { return note.source->text().empty(); });
    return unread ? " policies that were not read" : " what the policies do not tell";
  }
  std::string keys = ":";
  for (const std::string& key : decision.missing_context) keys += " " + escape_controls(key);
  return keys;
}

}  // namespace

std::string render_text(const Explanation& explanation, const Decision& decision,
                        TextOptions options, const Assumed& assumed) {
  bool allowed = decision.kind == DecisionKind::kAllowed;
  bool open = decision.kind == DecisionKind::kUndecided;
  std::string out =
      paint(explanation.verdict, allowed ? "1;32" : (open ? "1;33" : "1;31"), options.colour) +
      "  " + escape_controls(explanation.sentence) + "\n";
  if (open) {
    out += "  it hangs on" + what_is_missing(explanation, decision) + "\n";
  } else {
    out += "  " + explanation.cause + "\n";
  }
  FrameStyle style;
  style.colour = options.colour;
  PolicyRedactions redactions;
  for (const StatementNote& note : explanation.deciding) {
    out += note_text(note, style, "matches", redactions.of(*note.source));
  }
  style.context_lines = 0;
  for (const StatementNote& note : explanation.nearest) {
    out += note_text(note, style, "", redactions.of(*note.source));
  }
  out += layers_text(explanation.layers);
  for (const StatementNote& note : explanation.others) {
    out += note_text(note, style, "", redactions.of(*note.source));
  }
  for (const DecisionWarning& warning : decision.warnings) {
    out += "  warning: " + escape_controls(warning.message) + "\n";
  }
  for (const std::string& one : assumed.others) out += "  assumed: " + escape_controls(one) + "\n";
  std::string keys;
  for (const auto& [key, value] : assumed.keys)
    keys += (keys.empty() ? " " : ", ") + escape_controls(key) + "=" + escape_controls(value);
  return keys.empty() ? out : out + "  assumed:" + keys + "\n";
}

}  // namespace iamcheck
