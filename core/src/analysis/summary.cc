#include "iamcheck/summary.h"

#include <algorithm>
#include <array>

#include "analysis/escalation_grants.h"
#include "analysis/statement_grant.h"
#include "analysis/statement_words.h"
#include "analysis/summary_sentence.h"
#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"

namespace iamcheck {
namespace {

constexpr std::array<AccessLevel, 5> kLevels = {
    AccessLevel::kList, AccessLevel::kRead, AccessLevel::kWrite,
    AccessLevel::kPermissionsManagement, AccessLevel::kTagging};

std::vector<std::string> names_of(const Catalogue& catalogue, const ActionRanges& ranges) {
  std::vector<std::string> names;
  for (const Action& action : actions_of(catalogue, ranges)) names.push_back(action.full_name());
  return names;
}

class Summarizer {
 public:
  Summarizer(const Policy& policy, const Catalogue& catalogue, const SummaryOptions& options)
      : catalogue_(catalogue), comparison_(policy.has_variables()) {
    summary_.source = policy.source;
    summary_.path = options.path;
    facts_.kind = options.kind ? *options.kind : detect_kind(policy);
    summary_.policy_type = info(facts_.kind).name;
    summary_.policy_title = info(facts_.kind).title;
    summary_.known = catalogue.actions().size();
    summary_.catalogue_date = catalogue.date();
    // Not owned: the policy outlives this object.
    compiled_ = compile_policy(
        {.name = "",
         .kind = facts_.kind,
         .policy = std::shared_ptr<const Policy>(std::shared_ptr<const Policy>(), &policy)});
    grants_ = grants_of(catalogue, *compiled_);
  }

  PolicySummary run() {
    add_up();
    for (const Service service : catalogue_.services()) add_service(service);
    for (const StatementGrant& grant : grants_) summary_.statements.push_back(describe(grant));
    if (facts_.kind == PolicyKind::kIdentity) {
      summary_.escalations_known = known_escalations(catalogue_);
      summary_.escalations = granted_escalations(catalogue_, facts_.kind, grants_);
    }
    summary_.sentence = summary_sentence(summary_, facts_);
    return std::move(summary_);
  }

 private:
  bool always(const StatementGrant& deny) const {
    return deny.is_deny() && deny.unlimited() &&
           for_every_principal(*deny.statement, facts_.kind) &&
           !(deny.open && deny.statement->not_action);
  }

  // What of the Allows the Deny speaks about, where both may be about one resource.
  ActionRanges touched_by(const StatementGrant& deny) {
    ActionRangesBuilder touched;
    for (const StatementGrant& allow : grants_) {
      if (!allow.is_allow()) continue;
      const ActionRanges both = intersect(allow.effective, deny.effective);
      if (!both.empty() && comparison_.meet(*deny.statement, *allow.statement)) touched.add(both);
    }
    return touched.take();
  }

  void add_up() {
    ActionRangesBuilder allowed, unlimited, denied, touched, spoken_of;
    touched_.resize(grants_.size());
    for (std::size_t i = 0; i < grants_.size(); ++i) {
      const StatementGrant& grant = grants_[i];
      if (grant.is_allow()) {
        allowed.add(grant.effective);
        if (grant.unlimited()) {
          unlimited.add(grant.effective);
          facts_.everyone |= info(facts_.kind).takes_principal &&
                             for_every_principal(*grant.statement, facts_.kind);
        }
      } else if (grant.is_deny()) {
        touched_[i] = touched_by(grant);
        (always(grant) ? denied : touched).add(touched_[i]);
        spoken_of.add(grant.effective);
      } else if (grant.never.empty()) {
        // Known only at deploy time: it may be a Deny.
        touched.add(grant.effective);
      }
    }
    const ActionRanges gone = denied.take();
    allowed_ = subtract(allowed.take(), gone);
    unlimited_ = subtract(subtract(unlimited.take(), gone), touched.take());
    summary_.allowed = count(allowed_);
    summary_.unlimited = count(unlimited_);
    facts_.denied = count(spoken_of.take());
  }

  void add_service(const Service& service) {
    ServiceSummary out;
    std::array<LevelSummary, kLevels.size()> levels;
    for (const Action action : service.actions()) {
      const bool allowed = contains(allowed_, action.id());
      const bool unlimited = contains(unlimited_, action.id());
      ++out.known;
      out.allowed += allowed ? 1 : 0;
      out.unlimited += unlimited ? 1 : 0;
      for (std::size_t i = 0; i < kLevels.size(); ++i) {
        if (!action.access_levels().has(kLevels[i])) continue;
        ++levels[i].known;
        if (allowed) levels[i].actions.emplace_back(action.name());
        levels[i].unlimited += unlimited ? 1 : 0;
      }
    }
    if (out.allowed == 0) return;
    out.prefix = service.prefix();
    out.name = service.name();
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
      if (levels[i].actions.empty()) continue;
      levels[i].level = kLevels[i];
      out.levels.push_back(std::move(levels[i]));
    }
    summary_.services.push_back(std::move(out));
  }

  StatementSummary describe(const StatementGrant& grant) {
    const Statement& statement = *grant.statement;
    StatementSummary out;
    out.index = statement.index;
    if (statement.sid) out.sid = statement.sid->value;
    out.span = statement.span;
    if (statement.effect)
      out.effect =
          *statement.effect == Effect::kAllow ? SummaryEffect::kAllow : SummaryEffect::kDeny;
    out.actions = action_words(statement);
    out.principals = principal_words(statement, facts_.kind);
    out.resources = resource_words(statement, facts_.kind);
    out.conditions = condition_words(statement);
    if (statement.condition_malformed && statement.effect == Effect::kDeny)
      out.conditions.emplace_back("its Condition, which cannot be read, holds");
    out.never = grant.never;
    out.action_count = count(grant.actions);
    out.unknown_actions = grant.unknown_actions;
    out.open = grant.open || statement.expression.has_value();
    if (grant.is_allow())
      out.idle_actions = names_of(catalogue_, subtract(grant.actions, grant.effective));
    if (grant.is_deny()) {
      out.taken = names_of(catalogue_, touched_[statement.index]);
      out.always = always(grant);
    }
    return out;
  }

  const Catalogue& catalogue_;
  ResourceComparison comparison_;
  std::shared_ptr<const PolicySet::Compiled> compiled_;
  std::vector<StatementGrant> grants_;
  std::vector<ActionRanges> touched_;  // by statement: what a Deny speaks about of the Allows
  ActionRanges allowed_, unlimited_;
  SentenceFacts facts_;
  PolicySummary summary_;
};

}  // namespace

Result<PolicySummary> summarize(const Policy& policy, const Catalogue& catalogue,
                                const SummaryOptions& options) {
  if (policy.statements.size() > kMaxSummaryStatements)
    return Error{ErrorCode::kLimitExceeded,
                 "more than " + std::to_string(kMaxSummaryStatements) + " statements in one policy",
                 "split the policy",
                 {}};
  if (auto error = check_entry_count(action_entry_count(policy), kMaxPolicyEntries))
    return *std::move(error);
  return Summarizer(policy, catalogue, options).run();
}

}  // namespace iamcheck
