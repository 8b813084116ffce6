// What a change grants, in the words of the policies.
#include <string>
#include <vector>

#include "iamcheck/access_report.h"
#include "report/paint.h"

namespace iamcheck {
namespace {

std::string join(const std::vector<std::string>& parts, std::size_t most = 8) {
  std::string text;
  for (std::size_t i = 0; i < parts.size() && i < most; ++i)
    text += (i == 0 ? "" : ", ") + parts[i];
  if (parts.size() > most) text += " and " + std::to_string(parts.size() - most) + " more";
  return text;
}

std::string with_exceptions(const std::vector<std::string>& in, const std::vector<std::string>& out,
                            std::string_view anything) {
  std::string text = in.empty() ? std::string(anything) : join(in);
  if (!out.empty()) text += " except " + join(out);
  return text;
}

std::string describe(const AccessPiece& piece) {
  std::string text = with_exceptions(piece.actions, piece.actions_except, "any action") + " on " +
                     with_exceptions(piece.resources, piece.resources_except, "any resource");
  if (!piece.callers.empty() || !piece.callers_except.empty())
    text += " for " + with_exceptions(piece.callers, piece.callers_except, "anyone");
  for (std::size_t i = 0; i < piece.conditions.size(); ++i)
    text +=
        (i == 0 ? " if " : " and ") + piece.conditions[i].key + " " + piece.conditions[i].phrase;
  return text;
}

std::string context_of(const RequestFields& request) {
  std::vector<std::string> parts;
  for (const Context::Entry& entry : request.context.entries()) {
    if (entry.state == ContextValue::State::kSingle) {
      parts.push_back(entry.key.name() + " = " + (entry.single.empty() ? "\"\"" : entry.single));
    } else if (entry.state == ContextValue::State::kList) {
      parts.push_back(entry.key.name() + " = [" + join(entry.list) + "]");
    }
  }
  return join(parts);
}

std::string label(const std::vector<std::string>& labels, const StatementRef& ref) {
  return ref.statement < labels.size() ? labels[ref.statement]
                                       : "statement " + std::to_string(ref.statement);
}

std::string title_of(const AccessDiff& diff) {
  switch (diff.added.verdict) {
    case Verdict::kPass:
      if (diff.removed.verdict == Verdict::kPass)
        return diff.new_name + " allows exactly what " + diff.old_name + " allows";
      return diff.new_name + " allows nothing that " + diff.old_name + " does not";
    case Verdict::kFailConfirmed:
      return diff.new_name + " allows access that " + diff.old_name + " does not";
    case Verdict::kFailPossible:
      return diff.new_name + " may allow access that " + diff.old_name + " does not";
    case Verdict::kUnknown:
      break;
  }
  return "not known whether " + diff.new_name + " allows more than " + diff.old_name +
         ": the limits of one question were reached";
}

// Backslashes before everything that Markdown or HTML reads.
std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char c : escape_controls(text)) {
    if (std::string_view("\\`*_{}[]<>()#+!|&~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

class Lines {
 public:
  void add(std::string_view name, const std::string& text) {
    constexpr std::size_t kWidth = 12;
    std::string line = "  " + std::string(name);
    line.resize(std::max(line.size(), 2 + kWidth), ' ');
    out_ += line + text + "\n";
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void add_witness(const AccessDiff& diff, Lines& lines) {
  if (!diff.added.witness) return;
  const RequestFields& request = *diff.added.witness;
  lines.add("witness", request.action + " on " + request.resource);
  if (!diff.added.added.empty() &&
      (!diff.added.added[0].callers.empty() || !diff.added.added[0].callers_except.empty()))
    lines.add("", "by " + request.principal);
  const std::string context = context_of(request);
  if (!context.empty()) lines.add("", "context: " + context + "  (other keys absent)");
}

void add_statements(const AccessDiff& diff, Lines& lines) {
  std::vector<std::string> allowing;
  for (const StatementRef& ref : diff.added.reasons)
    allowing.push_back(label(diff.new_labels, ref));
  if (allowing.empty()) return;
  lines.add("allowed by", join(allowing) + " of " + diff.new_name);
  if (!diff.added.closest) return;
  lines.add("closest", label(diff.old_labels, *diff.added.closest) + " of " + diff.old_name +
                           ", which differs in " + join(diff.added.closest_lacks));
}

// `denied`: what it means that the other side denies a piece.
void add_pieces(std::string_view name, const AccessAnswer& answer,
                const std::vector<std::string>& other_labels, std::string_view denied,
                Lines& lines) {
  if (answer.verdict == Verdict::kPass) return lines.add(name, "nothing (proved)");
  if (answer.verdict == Verdict::kUnknown) return lines.add(name, "not known");
  for (std::size_t i = 0; i < answer.added.size(); ++i) {
    std::string text = std::to_string(i + 1) + ". " + describe(answer.added[i]);
    if (answer.added[i].was_denied_by)
      text += "  (" + std::string(denied) + " by " +
              label(other_labels, *answer.added[i].was_denied_by) + ")";
    lines.add(i == 0 ? name : "", text);
  }
  if (!answer.added_complete) lines.add("", "and more");
}

std::string body_of(const AccessDiff& diff) {
  Lines lines;
  add_witness(diff, lines);
  add_statements(diff, lines);
  const bool equal = diff.added.verdict == Verdict::kPass && diff.removed.verdict == Verdict::kPass;
  if (!equal) {
    add_pieces("added", diff.added, diff.old_labels, "was denied", lines);
    add_pieces("removed", diff.removed, diff.new_labels, "now denied", lines);
  }
  if (diff.added.only_documented_reading) {
    lines.add(
        "note",
        "only where a `*` that ends a part of an ARN is read across colons, as AWS documents; "
        "Access Analyzer's checks do not read it so");
  }
  for (const std::string& assumption : diff.added.assumptions) lines.add("assumed", assumption);
  return lines.take();
}

std::string mark_of(Verdict verdict, bool colour) {
  const std::string_view code = verdict == Verdict::kPass      ? "1;32"
                                : verdict == Verdict::kUnknown ? "1;33"
                                                               : "1;31";
  return paint(to_string(verdict), code, colour);
}

}  // namespace

std::string render_text(const std::vector<AccessDiff>& diffs, TextOptions options) {
  std::string text;
  for (const AccessDiff& diff : diffs) {
    if (!text.empty()) text += "\n";
    text += mark_of(diff.added.verdict, options.colour) + "  " + escape_controls(title_of(diff));
    const std::string_view certainty = certainty_of(diff.added.verdict);
    if (!certainty.empty()) text += "  [" + std::string(certainty) + "]";
    text += "\n";
    const std::string body = body_of(diff);
    for (std::size_t begin = 0; begin < body.size();) {
      const std::size_t end = body.find('\n', begin);
      text += escape_controls(std::string_view(body).substr(begin, end - begin)) + "\n";
      begin = end + 1;
    }
  }
  return text;
}

std::string render_markdown(const std::vector<AccessDiff>& diffs) {
  std::string text = "### What the change of policies grants\n";
  for (const AccessDiff& diff : diffs) {
    const std::string_view mark = diff.added.verdict == Verdict::kPass      ? "✅"
                                  : diff.added.verdict == Verdict::kUnknown ? "❔"
                                                                            : "❌";
    text += "\n" + std::string(mark) + " **" + std::string(to_string(diff.added.verdict)) + "** " +
            markdown_text(title_of(diff)) + "\n";
    const std::string body = body_of(diff);
    if (body.empty()) continue;
    // An indented block: nothing in it is markup.
    text += "\n";
    for (std::size_t begin = 0; begin < body.size();) {
      const std::size_t end = body.find('\n', begin);
      text += "    " + escape_controls(std::string_view(body).substr(begin, end - begin)) + "\n";
      begin = end + 1;
    }
  }
  return text;
}

}  // namespace iamcheck
