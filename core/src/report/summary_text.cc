// A policy in words, for somebody who has a minute.
#include <algorithm>
#include <map>

#include "iamcheck/summary_report.h"
#include "report/redaction.h"
#include "report/wrapped.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxDetailed = 6;  // services with names of actions
constexpr std::size_t kMaxServices = 25;
constexpr std::size_t kMaxNames = 8;
constexpr std::size_t kMaxStatements = 40;
constexpr std::size_t kMaxPaths = 4;  // of one gain

std::string level_words(AccessLevel level) {
  return level == AccessLevel::kPermissionsManagement ? "Permissions management"
                                                      : std::string(to_string(level));
}

std::string plural(std::size_t number, std::string_view one) {
  return std::to_string(number) + " " + std::string(one) + (number == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& names, std::size_t most) {
  std::string out;
  const std::size_t shown = names.size() > most + 1 ? most : names.size();
  for (std::size_t i = 0; i < shown; ++i) out.append(i == 0 ? "" : ", ").append(names[i]);
  if (shown < names.size()) out += " and " + std::to_string(names.size() - shown) + " more";
  return out;
}

class SummaryWriter {
 public:
  explicit SummaryWriter(const PolicySummary& summary)
      : summary_(summary), redaction_(redactions_.of(*summary.source)) {}

  std::string write() {
    out_ = shown(summary_.source->name());
    if (!summary_.path.empty()) out_ += " (" + shown(summary_.path) + ")";
    out_ += " " + shown(summary_.sentence) + "\n";
    out_ += "  " + summary_.policy_title + ", " + plural(summary_.statements.size(), "statement") +
            "; actions as of " + summary_.catalogue_date + "\n";
    write_services();
    write_statements();
    write_escalations();
    return std::move(out_);
  }

 private:
  // Texts of the policy are hostile, and may hold credentials.
  std::string shown(std::string text) const {
    redaction_.hide_in(text);
    return escape_controls(text);
  }

  void line(const std::string& text) { out_ += "      " + wrapped(text, 6) + "\n"; }

  void write_services() {
    // The sentence has said it all.
    if (summary_.services.empty() || summary_.unlimited == summary_.known) return;
    out_ += "\nwhat it allows, by access level\n";
    const bool detailed = summary_.services.size() <= kMaxDetailed;
    if (!detailed) write_totals();
    for (std::size_t i = 0; i < summary_.services.size() && i < kMaxServices; ++i)
      detailed ? write_service(summary_.services[i]) : write_short(summary_.services[i]);
    if (summary_.services.size() > kMaxServices)
      out_ += "  and " + std::to_string(summary_.services.size() - kMaxServices) +
              " more services; --format json has them all\n";
  }

  static std::string limits_of(std::size_t allowed, std::size_t unlimited) {
    if (unlimited == allowed) return ", on every resource and without a condition";
    return unlimited == 0 ? "" : ", " + std::to_string(unlimited) + " of them without a limit";
  }

  void write_service(const ServiceSummary& service) {
    out_ += "  " + service.prefix + " (" + service.name + "): " + std::to_string(service.allowed) +
            " of " + plural(service.known, "action") +
            limits_of(service.allowed, service.unlimited) + "\n";
    for (const LevelSummary& level : service.levels) {
      const bool all = level.actions.size() == level.known && level.known > 1;
      line(level_words(level.level) + ": " +
           (all ? "all " + std::to_string(level.known) : joined(level.actions, kMaxNames)));
    }
  }

  void write_totals() {
    std::map<AccessLevel, std::size_t> totals;
    for (const ServiceSummary& service : summary_.services) {
      for (const LevelSummary& level : service.levels) totals[level.level] += level.actions.size();
    }
    std::string text;
    for (const auto& [level, total] : totals)
      text += (text.empty() ? "" : ", ") + level_words(level) + " " + std::to_string(total);
    out_ += "  " + plural(summary_.services.size(), "service") + ": " + text + "\n";
  }

  void write_short(const ServiceSummary& service) {
    std::string text = service.prefix + ": ";
    for (const LevelSummary& level : service.levels) {
      if (&level != &service.levels.front()) text += ", ";
      const bool all = level.actions.size() == level.known;
      text += level_words(level.level) + " ";
      text += all ? "all " + std::to_string(level.known)
                  : std::to_string(level.actions.size()) + " of " + std::to_string(level.known);
    }
    out_ += "  " + wrapped(text, 6) + "\n";
  }

  void write_statements() {
    if (summary_.statements.empty()) return;
    out_ += "\nstatement by statement\n";
    for (std::size_t i = 0; i < summary_.statements.size() && i < kMaxStatements; ++i)
      write_statement(summary_.statements[i]);
    if (summary_.statements.size() > kMaxStatements)
      out_ += "  and " + std::to_string(summary_.statements.size() - kMaxStatements) +
              " more; --format json has them all\n";
  }

  void write_statement(const StatementSummary& statement) {
    std::string head = "Statement[" + std::to_string(statement.index) + "]";
    if (!statement.sid.empty()) head += " \"" + shown(statement.sid) + "\"";
    head += " (line " + std::to_string(summary_.source->position(statement.span.begin).line) + ") ";
    head += statement.effect == SummaryEffect::kAllow  ? "allows "
            : statement.effect == SummaryEffect::kDeny ? "denies "
                                                       : "may allow or deny ";
    out_ += "  " + wrapped(head + shown(statement.actions), 6) + "\n";
    if (!statement.principals.empty()) line("to " + shown(statement.principals));
    if (!statement.resources.empty()) line("on " + shown(statement.resources));
    for (std::size_t i = 0; i < statement.conditions.size(); ++i)
      line((i == 0 ? "only if " : "and ") + shown(statement.conditions[i]));
    if (!statement.never.empty()) {
      line("which matches no request: " + shown(statement.never));
      return;
    }
    write_actions(statement);
  }

  void write_actions(const StatementSummary& statement) {
    if (statement.open) line("part of it is known only when the policy is deployed");
    if (!statement.unknown_actions.empty())
      line("not in the catalogue: " + shown(joined(statement.unknown_actions, kMaxNames)));
    if (!statement.idle_actions.empty())
      line("not counted, because they work on none of these resources: " +
           joined(statement.idle_actions, kMaxNames));
    if (statement.effect != SummaryEffect::kDeny) return;
    if (statement.taken.empty()) {
      line("which takes away nothing that this policy allows");
      return;
    }
    line((statement.always ? "which takes away for every request "
                           : "which takes away, for such requests only, ") +
         plural(statement.taken.size(), "allowed action") + ": " +
         joined(statement.taken, kMaxNames));
  }

  void write_escalations() {
    // An administrator has them all.
    if (summary_.escalations.empty() || summary_.unlimited == summary_.known) return;
    out_ += "\nways to more rights, " + std::to_string(summary_.escalations.size()) + " of the " +
            std::to_string(summary_.escalations_known) + " that are known\n";
    std::map<std::string, std::vector<const EscalationSummary*>> by_gain;
    std::vector<std::string> gains;
    for (const EscalationSummary& one : summary_.escalations) {
      auto& paths = by_gain[one.gain];
      if (paths.empty()) gains.push_back(one.gain);
      paths.push_back(&one);
    }
    for (const std::string& gain : gains) {
      std::vector<const EscalationSummary*>& paths = by_gain[gain];
      // The sure ones first, then those that need least.
      std::ranges::stable_sort(paths, [](const EscalationSummary* a, const EscalationSummary* b) {
        return a->unlimited != b->unlimited ? a->unlimited : a->actions.size() < b->actions.size();
      });
      out_ += "  " + gain + "\n";
      for (std::size_t i = 0; i < paths.size() && i < kMaxPaths; ++i) write_path(*paths[i]);
      if (paths.size() > kMaxPaths)
        line("and " + std::to_string(paths.size() - kMaxPaths) + " more; --format json has all");
    }
  }

  void write_path(const EscalationSummary& path) {
    std::string text = path.path + ": " + joined(path.actions, kMaxNames);
    if (!path.unlimited) text += " (hangs on the resource or the request)";
    line(text);
  }

  const PolicySummary& summary_;
  PolicyRedactions redactions_;
  const Redaction& redaction_;
  std::string out_;
};

}  // namespace

std::string render_text(const PolicySummary& summary) { return SummaryWriter(summary).write(); }

}  // namespace iamcheck
