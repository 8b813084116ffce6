// A path is open when each of its actions is. iam:PassRole is asked once for each service that the
// role could be passed to, with that service as iam:PassedToService: policies often name it.
#include "analysis/escalation_grants.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "catalogue/action_ranges.h"
#include "catalogue/escalation_paths.h"
#include "catalogue/statement_actions.h"

namespace iamcheck {
namespace {

enum class Grant : unsigned char { kNone, kLimited, kUnlimited };

std::string gain_of(EscalationTarget target) {
  switch (target) {
    case EscalationTarget::kSelfUser:
    case EscalationTarget::kSelfRole:
    case EscalationTarget::kSelfGroup:
    case EscalationTarget::kSelfPolicy:
      return "give itself every right";
    case EscalationTarget::kUser:
      return "become another user";
    case EscalationTarget::kRole:
      return "become another role";
    case EscalationTarget::kUserToAdministrator:
      return "make another user an administrator and become it";
    case EscalationTarget::kRoleToAdministrator:
    case EscalationTarget::kRolePolicy:
      return "make another role an administrator and become it";
    case EscalationTarget::kAssumableRole:
    case EscalationTarget::kAssumableRolePolicy:
      return "make a role that it can assume an administrator";
    case EscalationTarget::kNewPrincipal:
      return "make a new administrator";
    case EscalationTarget::kPassedRole:
      return "act with the rights of a role that it passes to a service";
    case EscalationTarget::kBuiltIn:
    case EscalationTarget::kNone:
      break;
  }
  return "act through what is there already, or remove what holds it back";
}

// Assuming a role is asked of that role too; it is no escalation by itself. A service that AWS has
// retired opens no way any more.
bool is_known(const Catalogue& catalogue, const EscalationPath& path) {
  return path.target != EscalationTarget::kBuiltIn &&
         std::ranges::all_of(path.actions, [&](const std::string& action) {
           return catalogue.find_action(action).has_value();
         });
}

class EscalationSearch {
 public:
  EscalationSearch(const Catalogue& catalogue, PolicyKind kind,
                   const std::vector<StatementGrant>& grants)
      : catalogue_(catalogue), kind_(kind), grants_(grants) {}

  std::vector<EscalationSummary> run() {
    std::vector<EscalationSummary> found;
    for (const EscalationPath& path : escalation_paths()) {
      if (!is_known(catalogue_, path)) continue;
      EscalationSummary summary;
      if (ask(path, summary)) found.push_back(std::move(summary));
    }
    return found;
  }

 private:
  bool ask(const EscalationPath& path, EscalationSummary& summary) {
    Grant worst = Grant::kUnlimited;
    for (const std::string& action : path.actions) {
      if (action == "iam:PassRole" && !path.services.empty()) continue;
      worst = std::min(worst, grant_of(action, ""));
      if (worst == Grant::kNone) return false;
    }
    Grant passing = path.services.empty() ? Grant::kUnlimited : Grant::kNone;
    for (const std::string& service : path.services) {
      const Grant one = grant_of("iam:PassRole", service);
      if (one != Grant::kNone) summary.services.push_back(service);
      passing = std::max(passing, one);
    }
    if (passing == Grant::kNone) return false;
    summary.path = path.name;
    summary.gain = gain_of(path.target);
    summary.actions = path.actions;
    summary.unlimited = std::min(worst, passing) == Grant::kUnlimited;
    return true;
  }

  Grant grant_of(const std::string& name, const std::string& service) {
    const auto [known, fresh] = known_.try_emplace(name + " " + service, Grant::kNone);
    if (fresh) {
      if (const auto action = catalogue_.find_action(name))
        known->second = find_grant(action->id(), service);
    }
    return known->second;
  }

  Grant find_grant(std::uint32_t action, const std::string& service) const {
    Context context(Context::Mode::kAsk);
    if (!service.empty()) context.set("iam:PassedToService", service);
    Grant best = Grant::kNone;
    bool touched = false;
    for (const StatementGrant& grant : grants_) {
      if (!grant.never.empty() || !contains(grant.effective, action)) continue;
      const Truth truth =
          service.empty() ? grant.conditions : conditions_of(*grant.compiled, context);
      if (truth == Truth::kFalse) continue;
      const bool whole = truth == Truth::kTrue && grant.everywhere;
      if (grant.is_allow()) {
        best = std::max(best, whole ? Grant::kUnlimited : Grant::kLimited);
      } else if (grant.is_deny()) {
        if (whole && for_every_principal(*grant.statement, kind_) &&
            !(grant.open && grant.statement->not_action))
          return Grant::kNone;
        touched = true;
      }
    }
    return touched ? std::min(best, Grant::kLimited) : best;
  }

  const Catalogue& catalogue_;
  PolicyKind kind_;
  const std::vector<StatementGrant>& grants_;
  std::map<std::string, Grant> known_;
};

}  // namespace

std::vector<EscalationSummary> granted_escalations(const Catalogue& catalogue, PolicyKind kind,
                                                   const std::vector<StatementGrant>& grants) {
  return EscalationSearch(catalogue, kind, grants).run();
}

std::size_t known_escalations(const Catalogue& catalogue) {
  return static_cast<std::size_t>(std::ranges::count_if(
      escalation_paths(), [&](const EscalationPath& path) { return is_known(catalogue, path); }));
}

}  // namespace iamcheck
