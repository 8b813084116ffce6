// Answers about accounts as text.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "iamcheck/account_report.h"
#include "iamcheck/report.h"
#include "report/redaction.h"
#include "report/wrapped.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxNames = 60;
constexpr std::size_t kMaxParts = 8;
constexpr std::size_t kMaxActions = 12;
constexpr std::size_t kMaxPieces = 3;
constexpr std::size_t kMaxInPiece = 6;

std::string joined(const std::vector<std::string>& words, std::string_view separator = ", ") {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : std::string(separator)) + word;
  return out;
}

// `arn:aws:iam::111122223333:user/app/alice` is `user/app/alice` while there is one account.
class Names {
 public:
  void add(const std::string& arn) { accounts_.insert(account_part(arn)); }
  std::string of(const std::string& arn) const {
    const std::size_t colon = arn.rfind(':');
    if (colon == std::string::npos || accounts_.size() > 1) return escape_controls(arn);
    return escape_controls(arn.substr(colon + 1));
  }

 private:
  static std::string account_part(const std::string& arn) { return arn.substr(0, arn.rfind(':')); }
  std::set<std::string> accounts_;
};

std::string hangs_on(const std::vector<std::string>& keys, const std::vector<std::string>& unread) {
  std::string out;
  if (!keys.empty()) out = "hangs on " + joined(keys);
  if (!unread.empty())
    out += std::string(out.empty() ? "hangs on" : ", and on") +
           " what was not read: " + joined(unread);
  return escape_controls(out);
}

std::string statement_text(const StatementNote& note, PolicyRedactions& redactions) {
  std::string sid = note.sid;
  redactions.of(*note.source).hide_in(sid);
  std::string out = note.title + " `" + escape_controls(note.policy) + "`, statement ";
  out +=
      sid.empty() ? std::to_string(note.statement.statement) : "\"" + escape_controls(sid) + "\"";
  if (note.aws_managed) return out + " (AWS managed)";
  const Position place = note.source->position(note.span.begin);
  return out + " (" + escape_controls(note.source->name()) + ":" + std::to_string(place.line) + ")";
}

std::string pattern_list(const std::vector<AccessPart>& parts) {
  std::string out;
  for (std::size_t i = 0; i < std::min(parts.size(), kMaxParts); ++i) {
    out += (i == 0 ? "" : ", ") + escape_controls(parts[i].pattern);
    if (parts[i].reach != Reach::kAll && parts[i].reach != Reach::kNone)
      out += " (" + std::string(to_string(parts[i].reach)) + ")";
  }
  if (parts.size() > kMaxParts) out += " and " + std::to_string(parts.size() - kMaxParts) + " more";
  return out;
}

// What is open is said by the keys that it hangs on.
std::string parts_text(const std::vector<AccessPart>& all) {
  std::vector<AccessPart> open, refused;
  for (const AccessPart& part : all) {
    if (part.reach == Reach::kUndecided) continue;
    (part.reach == Reach::kNone ? refused : open).push_back(part);
  }
  std::string out;
  if (!open.empty()) out = "on " + pattern_list(open);
  if (!refused.empty()) out += (out.empty() ? "not on " : "; not on ") + pattern_list(refused);
  return out;
}

std::string short_list(const std::vector<std::string>& words) {
  std::vector<std::string> shown(
      words.begin(),
      words.begin() + static_cast<std::ptrdiff_t>(std::min(words.size(), kMaxInPiece)));
  std::string out = joined(shown);
  if (words.size() > kMaxInPiece)
    out += " and " + std::to_string(words.size() - kMaxInPiece) + " more";
  return out;
}

// `with_action`: false where the action is what the line is about.
std::string piece_text(const AccessPiece& piece, bool with_action) {
  const auto some_of = [](const std::vector<std::string>& in, const std::vector<std::string>& out,
                          std::string_view anything) {
    std::string text = in.empty() ? std::string(anything) : short_list(in);
    if (!out.empty()) text += " except " + short_list(out);
    return text;
  };
  std::string text =
      with_action ? some_of(piece.actions, piece.actions_except, "any action") + " " : "";
  text += "on " + some_of(piece.resources, piece.resources_except, "any resource");
  for (std::size_t i = 0; i < piece.conditions.size(); ++i) {
    const AccessCondition& condition = piece.conditions[i];
    text += (i == 0 ? ", if " : " and ") + condition.key + " " + condition.phrase;
  }
  return text;
}

// The remaining condition, in one line.
std::string exact_text(const ExactAccess& exact, bool with_action, PolicyRedactions& redactions) {
  if (exact.pieces.empty()) return {};
  std::string out = exact.complete ? "exactly: " : "among others: ";
  for (std::size_t i = 0; i < std::min(exact.pieces.size(), kMaxPieces); ++i)
    out += (i == 0 ? "" : "; ") + piece_text(exact.pieces[i], with_action);
  if (exact.pieces.size() > kMaxPieces)
    out += "; and " + std::to_string(exact.pieces.size() - kMaxPieces) + " more";
  for (const auto& source : exact.sources) redactions.of(*source).hide_in(out);
  return escape_controls(out);
}

std::string heading(Reach reach, bool wildcards) {
  switch (reach) {
    case Reach::kAll:
      return wildcards ? "all of it" : "allowed";
    case Reach::kSome:
      return "some of it";
    case Reach::kPossiblySome:
      return "possibly some of it";
    case Reach::kUndecided:
      return "undecided";
    case Reach::kNone:
      break;
  }
  return "none of it";
}

std::string access_text(const Access& access, const Names& names, PolicyRedactions& redactions) {
  std::string out = "  " + names.of(access.principal) + "\n";
  const auto line = [&](const std::string& text) {
    if (!text.empty()) out += "      " + wrapped(text, 6) + "\n";
  };
  if (access.actions_asked > 1) {
    std::vector<std::string> shown = access.actions;
    if (shown.size() > kMaxActions) shown.resize(kMaxActions);
    std::string actions = std::to_string(access.actions_reached) + " of " +
                          std::to_string(access.actions_asked) + " actions: " + joined(shown);
    if (shown.size() < access.actions_reached) actions += ", ...";
    if (access.actions_reached == access.actions_asked)
      actions = "all " + std::to_string(access.actions_asked) + " actions";
    line(escape_controls(actions));
  }
  for (const StatementNote& note : access.through) line(statement_text(note, redactions));
  if (!access.exact.complete && access.reach != Reach::kAll) line(parts_text(access.parts));
  line(exact_text(access.exact, true, redactions));
  if (access.reach == Reach::kUndecided) {
    line(hangs_on(access.missing_context, access.unread));
  } else if (access.through.empty()) {
    line(std::string(info(access.cause).sentence));
  }
  return out;
}

// Warnings, and what was assumed.
template <typename Answer>
std::string doubts_text(const Answer& answer) {
  std::string out;
  for (const DecisionWarning& warning : answer.warnings)
    out += "  warning: " + escape_controls(warning.message) + "\n";
  if (!answer.assumptions.empty())
    out += "  assumed: " + escape_controls(joined(answer.assumptions, "; ")) + "\n";
  return out;
}

// Actions of one service with the same answer.
struct Group {
  Reach reach;
  std::string detail;
  friend auto operator<=>(const Group&, const Group&) = default;
};

std::string names_text(const std::vector<std::string>& names) {
  std::vector<std::string> shown(
      names.begin(),
      names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMaxNames)));
  std::string out = joined(shown);
  if (names.size() > kMaxNames) out += " and " + std::to_string(names.size() - kMaxNames) + " more";
  return out;
}

}  // namespace

std::string render_text(const std::vector<AccountProblem>& problems) {
  std::string out;
  for (const AccountProblem& problem : problems) {
    if (problem.source != nullptr) {
      const Position place = problem.source->position(problem.error.span.begin);
      out += escape_controls(problem.source->name()) + ":" + std::to_string(place.line) + ":" +
             std::to_string(place.column) + ": ";
    }
    out += escape_controls(problem.error.message);
    if (!problem.error.help.empty()) out += "; " + escape_controls(problem.error.help);
    out += "\n";
  }
  return out;
}

std::string render_text(const WhoCan& answer) {
  Names names;
  for (const Access& access : answer.principals) names.add(access.principal);
  const std::string what = answer.action + " on " + answer.resource;
  const bool wildcards = what.find_first_of("*?") != std::string::npos && answer.resource != "*";
  const auto able =
      static_cast<std::size_t>(std::ranges::count_if(answer.principals, [](const Access& access) {
        return access.reach == Reach::kAll || access.reach == Reach::kSome;
      }));
  std::string out = (able == 0 ? "nobody" : std::to_string(able)) + " of " +
                    std::to_string(answer.asked) + " principals can " + escape_controls(what) +
                    "\n";
  PolicyRedactions redactions;
  for (const Reach reach : {Reach::kAll, Reach::kSome, Reach::kPossiblySome, Reach::kUndecided}) {
    std::string section;
    std::size_t count = 0;
    for (const Access& access : answer.principals) {
      if (access.reach != reach) continue;
      ++count;
      section += access_text(access, names, redactions);
    }
    if (count > 0)
      out += heading(reach, wildcards) + " (" + std::to_string(count) + ")\n" + section;
  }
  return out + doubts_text(answer);
}

std::string render_text(const WhatCan& answer) {
  const std::size_t colon = answer.principal.rfind(':');
  const std::string who =
      colon == std::string::npos ? answer.principal : answer.principal.substr(colon + 1);
  const auto able = static_cast<std::size_t>(
      std::ranges::count_if(answer.actions, [](const ActionAccess& access) {
        return access.reach == Reach::kAll || access.reach == Reach::kSome;
      }));
  std::string out = escape_controls(who) + " can do " + std::to_string(able) + " of " +
                    std::to_string(answer.asked) + " actions" +
                    (answer.resource.empty() ? "" : " on " + escape_controls(answer.resource)) +
                    "\n";
  std::map<std::string, std::map<Group, std::vector<std::string>>> services;
  PolicyRedactions redactions;
  for (const ActionAccess& access : answer.actions) {
    const std::size_t split = access.action.find(':');
    Group group{access.reach, ""};
    if (access.reach == Reach::kUndecided)
      group.detail = hangs_on(access.missing_context, access.unread);
    if (const std::string parts = parts_text(access.parts);
        access.reach != Reach::kAll && !access.exact.complete && !parts.empty())
      group.detail += (group.detail.empty() ? "" : "; ") + parts;
    if (const std::string exact = exact_text(access.exact, false, redactions); !exact.empty())
      group.detail += (group.detail.empty() ? "" : "; ") + exact;
    services[access.action.substr(0, split)][group].push_back(access.action.substr(split + 1));
  }
  for (const auto& [service, groups] : services) {
    out += escape_controls(service) + "\n";
    for (const auto& [group, names] : groups) {
      const std::string head =
          "  " +
          heading(group.reach, answer.resource.empty() ||
                                   answer.resource.find_first_of("*?") != std::string::npos) +
          " (" + std::to_string(names.size()) + "): ";
      out += head + wrapped(escape_controls(names_text(names)), 6) + "\n";
      if (!group.detail.empty()) out += "      " + wrapped(group.detail, 6) + "\n";
    }
  }
  return out + doubts_text(answer);
}

}  // namespace iamcheck
