#include "lint/escalation_ways.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "analysis/escalation_grants.h"
#include "catalogue/action_ranges.h"
#include "evaluate/resource_form.h"
#include "lint/every_resource.h"
#include "match/overlap.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kPassRoleName = "iam:PassRole";

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

bool passes_to(const StatementGrant& grant, const std::vector<std::string>& services) {
  return std::ranges::any_of(services, [&](const std::string& service) {
    Context asked(Context::Mode::kAsk);
    asked.set("iam:PassedToService", service);
    return conditions_of(*grant.compiled, asked) != Truth::kFalse;
  });
}

// Whether the statement is about every principal or policy, and not about those that it names.
bool is_broad(const Statement& statement, const EscalationPath& path, const Action& action) {
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

// A way that needs all that another one needs, and more, is that one.
std::vector<Way> without_detours(std::vector<Way> ways) {
  std::vector<std::vector<std::uint32_t>> needs;
  for (const Way& way : ways) {
    std::vector<std::uint32_t>& actions = needs.emplace_back(way.row->actions);
    std::ranges::sort(actions);
  }
  std::vector<Way> shortest;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    bool detour = false;
    for (std::size_t j = 0; j < ways.size() && !detour; ++j) {
      detour = i != j && std::ranges::includes(needs[i], needs[j]) &&
               (needs[j].size() < needs[i].size() || j < i);
    }
    if (!detour) shortest.push_back(std::move(ways[i]));
  }
  return shortest;
}

}  // namespace

EscalationWays::EscalationWays(RuleContext& context, const EscalationTable& table)
    : context_(context), table_(table) {
  // Not owned: the policy outlives this object.
  compiled_ = compile_policy({.name = "",
                              .kind = context.kind(),
                              .policy = std::shared_ptr<const Policy>(
                                  std::shared_ptr<const Policy>(), &context.policy())});
  grants_ = grants_of(context.catalogue(), *compiled_, &table.actions);
}

std::vector<Way> EscalationWays::ways() {
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

std::optional<Way> EscalationWays::weigh(const EscalationTable::Row& row,
                                         EscalationSummary summary) {
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

Contribution EscalationWays::best_of(const EscalationTable::Row& row, std::uint32_t id,
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

// Some path has all of its actions allowed, whatever the resources and conditions.
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

}  // namespace iamcheck
