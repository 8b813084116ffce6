// What a change grants, in the words of the policies.
#include "report/access_text.h"

#include <string>
#include <vector>

#include "iamcheck/access_report.h"
#include "report/paint.h"
#include "text/markup.h"

namespace iamcheck {
namespace {

std::string join(const std::vector<std::string>& parts, std::size_t most = 8) {
  std::string text;
  for (std::size_t i = 0; i < parts.size() && i < most; ++i) {
    // The last part may say that those before it are not all.
    const std::string_view comma = parts[i].starts_with("and within ") ? " " : ", ";
    text += (i == 0 ? std::string_view() : comma);
    text += parts[i];
  }
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

std::string label(const StatementLabels& labels, const StatementRef& ref) {
  if (ref.policy < labels.size() && ref.statement < labels[ref.policy].size())
    return labels[ref.policy][ref.statement];
  return "statement " + std::to_string(ref.statement);
}

// What the title says of PASS, of FAIL and of what is only possible, after the name.
struct Phrases {
  std::string_view pass, fail, possible, unknown;
};

Phrases phrases_of(AccessReport::Topic topic) {
  switch (topic) {
    case AccessReport::Topic::kNewAccess:
      return {"allows nothing that", "allows access that", "may allow access that",
              "allows more than"};
    case AccessReport::Topic::kGrantedAccess:
      return {"allows nothing that is listed", "allows some of what is listed",
              "may allow some of what is listed", "allows some of what is listed"};
    case AccessReport::Topic::kPublicAccess:
      break;
  }
  return {"lets in only callers that it names", "lets in callers that it does not name",
          "may let in callers that it does not name", "lets in callers that it does not name"};
}

std::string title_of(const AccessReport& report) {
  const Phrases phrases = phrases_of(report.topic);
  const bool two_sides = report.topic == AccessReport::Topic::kNewAccess;
  const auto say = [&](std::string_view phrase) {
    std::string text = report.name + " " + std::string(phrase);
    if (two_sides) text += " " + report.existing_name + " does not";
    return text;
  };
  switch (report.answer.verdict) {
    case Verdict::kPass:
      return say(phrases.pass);
    case Verdict::kFailConfirmed:
      return say(phrases.fail);
    case Verdict::kFailPossible:
      return say(phrases.possible);
    case Verdict::kUnknown:
      break;
  }
  return "not known whether " + report.name + " " + std::string(phrases.unknown) +
         (two_sides ? " " + report.existing_name : std::string()) +
         ": the limits of one question were reached";
}

AccessReport report_of(const AccessDiff& diff) {
  return {AccessReport::Topic::kNewAccess,
          diff.new_name,
          diff.old_name,
          diff.added,
          diff.new_labels,
          diff.old_labels};
}

bool is_equal(const AccessDiff& diff) {
  return diff.added.verdict == Verdict::kPass && diff.removed.verdict == Verdict::kPass;
}

}  // namespace

std::string title_of(const AccessDiff& diff) {
  if (is_equal(diff)) return diff.new_name + " allows exactly what " + diff.old_name + " allows";
  return title_of(report_of(diff));
}

std::string describe_statement(const StatementLabels& labels, const StatementRef& ref) {
  return label(labels, ref);
}

namespace {

class Lines {
 public:
  void add(std::string_view name, const std::string& text) {
    constexpr std::size_t kWidth = 12;
    std::string line = "  " + std::string(name);
    line.resize(std::max(line.size(), 2 + kWidth), ' ');
    // Here and not at the end: a line end in the text is not one of ours.
    out_ += line + escape_controls(text) + "\n";
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void add_witness(const AccessAnswer& answer, Lines& lines) {
  if (!answer.witness) return;
  const RequestFields& request = *answer.witness;
  lines.add("witness", request.action + " on " + request.resource);
  if (!answer.added.empty() &&
      (!answer.added[0].callers.empty() || !answer.added[0].callers_except.empty()))
    lines.add("", "by " + request.principal);
  const std::string context = context_of(request);
  if (!context.empty()) lines.add("", "context: " + context + "  (other keys absent)");
}

void add_statements(const AccessReport& report, Lines& lines) {
  std::vector<std::string> allowing;
  allowing.reserve(report.answer.reasons.size());
  for (const StatementRef& ref : report.answer.reasons)
    allowing.push_back(label(report.labels, ref));
  if (allowing.empty()) return;
  lines.add("allowed by", join(allowing) + " of " + report.name);
  if (!report.answer.closest) return;
  lines.add("closest", label(report.existing_labels, *report.answer.closest) + " of " +
                           report.existing_name + ", which differs in " +
                           join(report.answer.closest_lacks));
}

// `denied`: what it means that the other side denies a piece.
void add_pieces(std::string_view name, const AccessAnswer& answer,
                const StatementLabels& other_labels, std::string_view denied, Lines& lines) {
  if (answer.verdict == Verdict::kPass) return lines.add(name, "nothing (proved)");
  if (answer.verdict == Verdict::kUnknown) return lines.add(name, "not known");
  for (std::size_t i = 0; i < answer.added.size(); ++i) {
    const AccessPiece& piece = answer.added[i];
    std::string text = std::to_string(i + 1) + ". " + describe(piece);
    if (piece.was_denied_by)
      text +=
          "  (" + std::string(denied) + " by " + label(other_labels, *piece.was_denied_by) + ")";
    lines.add(i == 0 ? name : "", text);
  }
  if (!answer.added_complete) lines.add("", "and more");
}

void add_notes(const AccessAnswer& answer, Lines& lines) {
  if (answer.only_documented_reading) {
    lines.add(
        "note",
        "only where a `*` that ends a part of an ARN is read across colons, as AWS documents; "
        "Access Analyzer's checks do not read it so");
  }
  for (const std::string& assumption : answer.assumptions) lines.add("assumed", assumption);
}

}  // namespace

std::string body_of(const AccessDiff& diff) {
  Lines lines;
  add_witness(diff.added, lines);
  add_statements(report_of(diff), lines);
  if (!is_equal(diff)) {
    add_pieces("added", diff.added, diff.old_labels, "was denied", lines);
    add_pieces("removed", diff.removed, diff.new_labels, "now denied", lines);
  }
  add_notes(diff.added, lines);
  return lines.take();
}

namespace {

std::string body_of(const AccessReport& report) {
  Lines lines;
  add_witness(report.answer, lines);
  add_statements(report, lines);
  if (report.answer.verdict != Verdict::kPass) {
    const bool is_new = report.topic == AccessReport::Topic::kNewAccess;
    add_pieces(is_new ? "added" : "allowed", report.answer, report.existing_labels, "was denied",
               lines);
  }
  add_notes(report.answer, lines);
  return lines.take();
}

std::string mark_of(Verdict verdict, bool colour) {
  const std::string_view code = verdict == Verdict::kPass      ? "1;32"
                                : verdict == Verdict::kUnknown ? "1;33"
                                                               : "1;31";
  return paint(to_string(verdict), code, colour);
}

template <typename Report>
std::string entry_of(const Report& report, const AccessAnswer& answer, bool colour) {
  std::string text = mark_of(answer.verdict, colour) + "  " + escape_controls(title_of(report));
  const std::string_view certainty = certainty_of(answer.verdict);
  if (!certainty.empty()) text += "  [" + std::string(certainty) + "]";
  return text + "\n" + body_of(report);
}

}  // namespace

std::string render_text(const std::vector<AccessDiff>& diffs, TextOptions options) {
  std::string text;
  for (const AccessDiff& diff : diffs) {
    if (!text.empty()) text += "\n";
    text += entry_of(diff, diff.added, options.colour);
  }
  return text;
}

std::string render_text(const AccessReport& report, TextOptions options) {
  return entry_of(report, report.answer, options.colour);
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
      text += "    " + body.substr(begin, end - begin) + "\n";
      begin = end + 1;
    }
  }
  return text;
}

}  // namespace iamcheck
