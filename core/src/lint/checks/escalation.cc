// Ways to more rights that the statements of one policy open together (rules/escalation/paths.csv).
//
// The analysis layer says which paths have all of their actions allowed. Here they are weighed: a
// grant that names its roles, or that a listed condition limits, is no way; one that only asks who
// calls, or when, is a lesser one.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "lint/escalation_ways.h"

namespace iamcheck {
namespace {

// More than these are told in one finding.
constexpr std::size_t kMaxToldApart = 3;

// Where a statement names the action.
struct Place {
  Span span;
  std::string path;
};

Place place_of(const Policy& policy, const Statement& statement, const std::string& action) {
  for (const ListEntry& entry : entries_of(statement, "Action", statement.action)) {
    if (!entry.text.unresolved && ActionPattern(entry.text.value).matches(action))
      return {entry.text.span, path_of(policy, entry)};
  }
  if (statement.not_action)
    return {statement.not_action->name_span, path_of(policy, statement) + ".NotAction"};
  return {statement.span, path_of(policy, statement)};
}

std::string listed(const std::vector<std::string>& names, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? last : ", ";
    text += quoted(names[i]);
  }
  return text;
}

// admin-star-star says that everything is open.
bool is_administrator(RuleContext& context) {
  return std::ranges::any_of(context.grants().allows(), [](const AllowGrant& grant) {
    return grant.wide() && std::ranges::any_of(grant.entries, [](const EntryGrant& entry) {
             return entry.whole && ActionPattern(entry.text->value).matches("iam:PutUserPolicy");
           });
  });
}

bool is_passing(const Way& way) { return way.row->path->target == EscalationTarget::kPassedRole; }

std::string gain_of(const Way& way) {
  if (!is_passing(way)) return way.summary.gain;
  return "act with the rights of every role that " + quoted(way.summary.services.front()) +
         " can assume";
}

// Where the first action of the way is allowed: for most the passing, or what changes IAM.
Place start_of(const Policy& policy, const Way& way) {
  return place_of(policy, *way.contributions.front().grant->statement, way.summary.actions.front());
}

// The less, the surer it is and the more it gives.
int rank_of(const Way& way) {
  return (way.row->certain ? 0 : 8) + (way.limited ? 4 : 0) + (is_passing(way) ? 2 : 0) +
         (way.guarded ? 1 : 0);
}

void weigh_down(const Way& way, Finding& finding) {
  const bool hangs_on_roles = is_passing(way) || !way.row->certain;
  if (hangs_on_roles || way.limited) {
    finding.confidence = hangs_on_roles && way.limited ? Confidence::kLow : Confidence::kMedium;
    finding.security_severity = SecuritySeverity::kHigh;
  }
  if (way.limited || way.guarded || !way.row->certain) finding.severity = Severity::kWarning;
}

void tell_paths(const std::vector<const Way*>& ways, Finding& finding) {
  constexpr std::size_t kMost = 5;
  for (std::size_t i = 0; i < ways.size() && i < kMost; ++i) {
    std::string note = "path " + quoted(ways[i]->summary.path) + ": ";
    note += listed(ways[i]->summary.actions, " and ");
    finding.notes.push_back(std::move(note));
  }
  if (ways.size() > kMost)
    finding.notes.push_back("and " + std::to_string(ways.size() - kMost) + " more");
}

void report(RuleContext& context, const std::vector<const Way*>& ways) {
  const Way& worst =
      **std::ranges::min_element(ways, {}, [](const Way* way) { return rank_of(*way); });
  const Place place = start_of(context.policy(), worst);
  std::string message = "whoever has this policy can ";
  if (ways.size() > 1) {
    message += "get more rights in " + std::to_string(ways.size()) + " ways, such as to ";
  }
  Finding& finding = context.report(place.span, place.path, message + gain_of(worst));
  finding.label = "allows " + quoted(worst.summary.actions.front());
  std::set<std::size_t> seen = {place.span.begin};
  for (const Way* way : ways) {
    for (std::size_t i = 0; i < way->contributions.size(); ++i) {
      const std::string& action = way->summary.actions[i];
      const Place other =
          place_of(context.policy(), *way->contributions[i].grant->statement, action);
      if (seen.insert(other.span.begin).second)
        finding.related.push_back({other.span, "allows " + quoted(action)});
    }
  }
  tell_paths(ways, finding);
  if (worst.limited)
    finding.notes.emplace_back("conditions or a Deny limit it in a way that is not weighed here");
  finding.help = is_passing(worst) ? "name the roles in the Resource of `iam:PassRole`"
                                   : "name the users, roles or policies in `Resource`, or ask for "
                                     "`iam:PermissionsBoundary`";
  weigh_down(worst, finding);
}

}  // namespace

void check_privilege_escalation_path(RuleContext& context) {
  const Policy& policy = context.policy();
  if (policy.statements.size() > kMaxSummaryStatements) return;
  std::optional<EscalationTable> own;
  const bool embedded = &context.catalogue() == &Catalogue::embedded();
  if (!embedded) own.emplace(context.catalogue());
  const EscalationTable& table = own ? *own : embedded_escalation_table();
  if (!may_have_ways(context, table) || is_administrator(context)) return;
  EscalationWays opened(context, table);  // the ways point into it
  const std::vector<Way> ways = opened.ways();
  // Those that start at one place are one finding, and many are one anyway.
  std::map<std::size_t, std::vector<const Way*>> by_start;
  for (const Way& way : ways) {
    const bool many = ways.size() > kMaxToldApart;
    by_start[many ? 0 : start_of(policy, way).span.begin].push_back(&way);
  }
  for (const auto& [start, together] : by_start) report(context, together);
}

}  // namespace iamcheck
