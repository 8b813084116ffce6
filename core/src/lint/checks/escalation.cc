// Ways to more rights that the statements of one policy open together (rules/escalation/paths.csv).
//
// The analysis layer says which paths have all of their actions allowed. Here they are weighed: a
// grant that names its roles, or that a listed condition limits, is no way; one that only asks who
// calls, or when, is a lesser one.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "analysis/escalation_grants.h"
#include "analysis/statement_grant.h"
#include "catalogue/action_ranges.h"
#include "evaluate/resource_form.h"
#include "iamcheck/summary.h"
#include "lint/context.h"
#include "lint/escalation_table.h"
#include "lint/every_resource.h"
#include "match/overlap.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kPassRoleName = "iam:PassRole";
// More than these are told in one finding.
constexpr std::size_t kMaxToldApart = 3;

// What a condition that asks for one of these says is who calls, from where or when; the caller
// chooses the tags of what it makes.
constexpr std::string_view kCircumstances[] = {"aws:CurrentTime",
                                               "aws:EpochTime",
                                               "aws:FederatedProvider",
                                               "aws:MultiFactorAuthAge",
                                               "aws:MultiFactorAuthPresent",
                                               "aws:PrincipalAccount",
                                               "aws:PrincipalArn",
                                               "aws:PrincipalOrgID",
                                               "aws:PrincipalOrgPaths",
                                               "aws:PrincipalType",
                                               "aws:Referer",
                                               "aws:RequestedRegion",
                                               "aws:ResourceAccount",
                                               "aws:ResourceOrgID",
                                               "aws:ResourceOrgPaths",
                                               "aws:SecureTransport",
                                               "aws:SourceIp",
                                               "aws:SourceVpc",
                                               "aws:SourceVpce",
                                               "aws:TagKeys",
                                               "aws:TokenIssueTime",
                                               "aws:UserAgent",
                                               "aws:VpcSourceIp",
                                               "aws:userid",
                                               "aws:username"};
constexpr std::string_view kCircumstancePrefixes[] = {"aws:PrincipalTag/", "aws:RequestTag/"};

enum class Limit : unsigned char { kNone, kSome, kBreaks };

Limit limit_of(const ConditionEntry& entry, bool of_target) {
  if (entry.condition_operator.unresolved || entry.key.unresolved) return Limit::kBreaks;
  const std::string key = ascii_lower(entry.key.value);
  if (key == "iam:passedtoservice") return Limit::kNone;  // asked of each service
  const auto is_key = [&](std::string_view name) { return equals_ignoring_case(name, key); };
  const auto starts = [&](std::string_view prefix) { return key.starts_with(ascii_lower(prefix)); };
  if (std::ranges::any_of(kCircumstances, is_key) ||
      std::ranges::any_of(kCircumstancePrefixes, starts) ||
      (!of_target && key.starts_with("aws:resourcetag/")))
    return Limit::kSome;
  return Limit::kBreaks;
}

Limit limit_of(const Statement& statement, bool of_target) {
  Limit limit = Limit::kNone;
  for (const ConditionEntry& entry : statement.conditions)
    limit = std::max(limit, limit_of(entry, of_target));
  return limit;
}

bool guards_passing(const Statement& statement) {
  return std::ranges::any_of(statement.conditions, [](const ConditionEntry& entry) {
    return equals_ignoring_case(entry.key.value, "iam:PassedToService");
  });
}

// Whether an entry of Resource takes in every resource of the form, at least those of one account.
bool covers_form(std::string_view entry, std::string_view form) {
  if (is_every_resource(entry)) return true;
  const std::vector<std::string_view> parts = split_arn(entry, true);
  const std::string pattern = form_pattern(form);
  const std::vector<std::string_view> wanted = split_arn(pattern, false);
  if (parts.size() < 3 || wanted.size() != 6) return false;
  if (overlap_of_texts(parts[2], wanted[2], true) == Overlap::kNone) return false;
  if (parts.size() < 6) return parts.back().ends_with('*');
  return overlap_of_texts(parts[5], wanted[5], false) == Overlap::kAll;
}

bool is_own_user(std::string_view entry) {
  return entry.find(":user/") != std::string_view::npos &&
         ascii_lower(entry).ends_with("/${aws:username}");
}

// allow-notaction and star-action say so.
bool allows_nearly_all(const Statement& statement) {
  if (statement.not_action) return true;
  return statement.action && std::ranges::any_of(statement.action->values, [](const Text& entry) {
           return !entry.unresolved && ActionText(entry.value).everything;
         });
}

// One statement that allows an action of a path.
struct Contribution {
  const StatementGrant* grant = nullptr;
  Limit limit = Limit::kBreaks;
  bool guarded = false;  ///< iam:PassedToService says which services
};

struct Way {
  const EscalationTable::Row* row = nullptr;
  EscalationSummary summary;
  std::vector<Contribution> contributions;  // by action of the row
  bool limited = false;
  bool guarded = false;
};

class Weighing {
 public:
  Weighing(RuleContext& context, const EscalationTable& table) : context_(context), table_(table) {
    // Not owned: the policy outlives this object.
    compiled_ = compile_policy({.name = "",
                                .kind = context.kind(),
                                .policy = std::shared_ptr<const Policy>(
                                    std::shared_ptr<const Policy>(), &context.policy())});
    grants_ = grants_of(context.catalogue(), *compiled_, &table.actions);
  }

  std::vector<Way> ways() {
    std::map<std::string_view, const EscalationTable::Row*> rows;
    for (const EscalationTable::Row& row : table_.rows) rows.emplace(row.path->name, &row);
    std::vector<Way> ways;
    for (EscalationSummary& open :
         granted_escalations(context_.catalogue(), context_.kind(), grants_)) {
      const auto row = rows.find(open.path);
      if (row == rows.end()) continue;
      if (!row->second->certain && context_.profile() != Profile::kStrict) continue;
      if (auto way = weigh(*row->second, std::move(open))) ways.push_back(std::move(*way));
    }
    return without_detours(std::move(ways));
  }

 private:
  // A way that needs all that another one needs, and more, is that one.
  static std::vector<Way> without_detours(std::vector<Way> ways) {
    std::vector<Way> shortest;
    const auto actions = [](const Way& way) {
      return std::set<std::uint32_t>(way.row->actions.begin(), way.row->actions.end());
    };
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const auto mine = actions(ways[i]);
      const bool detour = std::ranges::any_of(ways, [&](const Way& other) {
        const auto theirs = actions(other);
        if (&other == &ways[i] || !std::ranges::includes(mine, theirs)) return false;
        return theirs.size() < mine.size() || &other < &ways[i];
      });
      if (!detour) shortest.push_back(ways[i]);
    }
    return shortest;
  }

  std::optional<Way> weigh(const EscalationTable::Row& row, EscalationSummary summary) {
    Way way;
    way.row = &row;
    for (const std::uint32_t action : row.actions) {
      const Contribution best = best_of(row, action, summary.services);
      if (best.limit == Limit::kBreaks) return std::nullopt;
      way.limited |= best.limit != Limit::kNone;
      way.guarded |= best.guarded;
      way.contributions.push_back(best);
    }
    // A way that such statements open alone is not news.
    if (std::ranges::all_of(way.contributions, [](const Contribution& one) {
          return allows_nearly_all(*one.grant->statement);
        }))
      return std::nullopt;
    way.summary = std::move(summary);
    return way;
  }

  Contribution best_of(const EscalationTable::Row& row, std::uint32_t id,
                       const std::vector<std::string>& services) {
    const Action action = context_.catalogue().actions()[id];
    const bool passes = action.full_name() == kPassRoleName;
    const bool of_target = action.service().prefix() == "iam" || !row.certain;
    Contribution best;
    Limit denied = Limit::kNone;
    for (const StatementGrant& grant : grants_) {
      if (!grant.never.empty() || !contains(grant.effective, id)) continue;
      if (passes && !services.empty() && !passes_to(grant, services)) continue;
      Limit limit = limit_of(*grant.statement, of_target);
      if (grant.is_deny()) {
        denied = std::max({denied, limit, Limit::kSome});
        continue;
      }
      if (!grant.is_allow() || grant.open) continue;
      if (of_target && !is_broad(*grant.statement, *row.path, action)) continue;
      if (grant.statement->not_resource) limit = std::max(limit, Limit::kSome);
      const bool guarded = passes && guards_passing(*grant.statement);
      const auto better = [](Limit a, bool a_guarded, Limit b, bool b_guarded) {
        return a != b ? a < b : a_guarded < b_guarded;
      };
      if (best.grant == nullptr || better(limit, guarded, best.limit, best.guarded))
        best = {&grant, limit, guarded};
    }
    if (best.grant != nullptr) best.limit = std::max(best.limit, denied);
    return best;
  }

  static bool passes_to(const StatementGrant& grant, const std::vector<std::string>& services) {
    return std::ranges::any_of(services, [&](const std::string& service) {
      Context asked(Context::Mode::kAsk);
      asked.set("iam:PassedToService", service);
      return conditions_of(*grant.compiled, asked) != Truth::kFalse;
    });
  }

  // Whether the statement is about every principal or policy, and not about those that it names.
  static bool is_broad(const Statement& statement, const EscalationPath& path,
                       const Action& action) {
    if (statement.not_resource) return true;
    if (!statement.resource) return false;
    return std::ranges::any_of(statement.resource->values, [&](const Text& entry) {
      if (entry.unresolved) return false;
      if (is_everything(entry.value)) return true;
      if (path.target == EscalationTarget::kSelfUser && is_own_user(entry.value)) return true;
      for (const ResourceUse use : action.resource_types()) {
        for (const std::string_view form : use.type().arn_forms()) {
          if (covers_form(entry.value, form)) return true;
        }
      }
      return false;
    });
  }

  RuleContext& context_;
  const EscalationTable& table_;
  std::shared_ptr<const PolicySet::Compiled> compiled_;
  std::vector<StatementGrant> grants_;
};

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

// The paths whose actions the policy all allows, whatever the resources and conditions: most
// policies have none, and that is found out with sets alone.
bool may_have_ways(RuleContext& context, const EscalationTable& table) {
  ActionRangesBuilder builder;
  for (const AllowGrant& grant : context.grants().allows()) builder.add(grant.actions);
  const ActionRanges allowed = builder.take();
  return std::ranges::any_of(table.rows, [&](const EscalationTable::Row& row) {
    return (row.certain || context.profile() == Profile::kStrict) &&
           std::ranges::all_of(row.actions,
                               [&](std::uint32_t action) { return contains(allowed, action); });
  });
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
  Weighing weighing(context, table);  // the ways point into it
  const std::vector<Way> ways = weighing.ways();
  // Those that start at one place are one finding, and many are one anyway.
  std::map<std::size_t, std::vector<const Way*>> by_start;
  for (const Way& way : ways) {
    const bool many = ways.size() > kMaxToldApart;
    by_start[many ? 0 : start_of(policy, way).span.begin].push_back(&way);
  }
  for (const auto& [start, together] : by_start) report(context, together);
}

}  // namespace iamcheck
